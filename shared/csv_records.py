"""Cells of a CSV file, read so that no file can cost more than its useful size: each record is bounded."""

import csv
import io
from collections.abc import Iterator

LONGEST_RECORD_CHARACTERS = 300_000
MOST_COLUMNS = 200
MOST_COMMAS = 4_000_000
"""Two hundred thousand rows of twenty columns; a line of 30 million commas once cost 44 seconds."""


class TooWideError(ValueError):
    """A record is longer, or has more cells, than any table that people keep; says where."""


class BrokenQuotesError(ValueError):
    """From a line on the file cannot be divided into cells; says from which, and why."""


def read_records(text: str, *, strict: bool = False, delimiter: str = ",") -> Iterator[list[str]]:
    """Each record's cells; raises TooWideError beyond the bounds, else BrokenQuotesError."""
    if text.count(delimiter) > MOST_COMMAS:
        raise TooWideError("the file")
    lines = _Lines(text)
    reader = csv.reader(lines, strict=strict, delimiter=delimiter)
    try:
        for cells in reader:
            if len(cells) > MOST_COLUMNS:
                raise TooWideError(f"line {reader.line_num}")
            lines.characters = 0
            yield cells
    except csv.Error as error:
        raise BrokenQuotesError(f"line {reader.line_num}: {error}") from error


class _Lines:
    """The lines of a text, counted in characters until the record that they make is complete."""

    def __init__(self, text: str) -> None:
        self.characters = 0
        self.number = 0
        self._lines = io.StringIO(text, newline="")

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.number += 1
            self.characters += len(line)
            if self.characters > LONGEST_RECORD_CHARACTERS:
                raise TooWideError(f"line {self.number}")
            yield line
