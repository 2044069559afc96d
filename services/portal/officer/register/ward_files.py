"""Reading wards from a file or from what was typed: a code and a name on each line."""

import csv
import io

CODE_ENDS, NAME_ENDS = ("cd", "code"), ("nm", "name")
"""How headings of codes and names end: WD22CD and WD22NM in the files of the ONS."""


def read_wards(content: bytes) -> list[dict[str, str]]:
    """Each ward's code and name; headings may stand above them, and say which columns they are in.

    Commas, semicolons or tabs stand between; a line without a name is kept, to be refused by its number.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    rows = [
        row for row in csv.reader(io.StringIO(text), delimiter=_delimiter(text)) if any(map(str.strip, row))
    ]
    place = _places(rows[0]) if rows else None
    if place is not None:
        code, name = place
        return [_ward(_cell(row, code), _cell(row, name)) for row in rows[1:]]
    return [_ward(row[0], ", ".join(cell.strip() for cell in row[1:])) for row in rows]


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _places(headings: list[str]) -> tuple[int, int] | None:
    said = [heading.strip().lower() for heading in headings]
    code = next((place for place, words in enumerate(said) if words.endswith(CODE_ENDS)), None)
    name = next((place for place, words in enumerate(said) if words.endswith(NAME_ENDS)), None)
    return None if code is None or name is None else (code, name)


def _cell(row: list[str], place: int) -> str:
    return row[place] if place < len(row) else ""


def _ward(code: str, name: str) -> dict[str, str]:
    return {"code": code.strip(), "name": name.strip()}
