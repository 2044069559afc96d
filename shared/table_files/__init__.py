"""Tables that people send as files, whoever made them: CSV of any sensible kind, and Excel workbooks.

`read_table_file(data)` tells what kind of file it is by its first bytes (never by its name), and answers
its rows as plain text: encodings, delimiters, sheets and Excel's own numbers and days are dealt with here
and nowhere else. What cannot be read is refused (`Invalid`, codes `table_file...`) with what it is and what
to do.
What the columns mean is for the caller.
"""

from shared.table_files.reading import TableFile, TableFileRow, read_table_file

__all__ = ["TableFile", "TableFileRow", "read_table_file"]
