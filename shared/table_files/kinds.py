"""What a file is, told by its first bytes: the ending of its name is the sender's word only."""

from enum import StrEnum


class FileKind(StrEnum):
    """Kinds that people send where a table is asked for; the first two are tables."""

    TEXT = "text"
    EXCEL_WORKBOOK = "Excel workbook"
    OLD_EXCEL_WORKBOOK = "old Excel workbook (.xls) or another Office file"
    OPEN_DOCUMENT = "OpenDocument file"
    WORD_DOCUMENT = "Word document"
    ZIP = "zip archive"
    PDF = "PDF"
    IMAGE = "picture"
    WEB_PAGE = "web page"
    UNKNOWN = "file of a kind that holds no table"


_BEGINNINGS = (
    (b"%PDF", FileKind.PDF),
    (b"\x89PNG", FileKind.IMAGE),
    (b"\xff\xd8\xff", FileKind.IMAGE),
    (b"GIF8", FileKind.IMAGE),
    (b"\xd0\xcf\x11\xe0", FileKind.OLD_EXCEL_WORKBOOK),
    (b"7z\xbc\xaf", FileKind.ZIP),
    (b"Rar!", FileKind.ZIP),
    (b"\x1f\x8b", FileKind.ZIP),
)
_WEB_PAGES = (b"<!doctype html", b"<html", b"<?xml", b"<table")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def kind_of(data: bytes) -> FileKind:
    """What these bytes are; a zip archive is told apart by the parts that its list names."""
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_archive(data)
    start = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(_WEB_PAGES):
        return FileKind.WEB_PAGE
    if b"\x00" in data and not data.startswith(_UTF_16) and not looks_like_utf_16(data):
        return FileKind.UNKNOWN
    return FileKind.TEXT


def looks_like_utf_16(data: bytes) -> str | None:
    """The byte order of UTF-16 without its mark: of English text every other byte is zero."""
    start = data[:1000]
    pairs = len(start) // 2
    if pairs and start[1::2].count(0) > pairs * 0.9 and not start[0::2].count(0):
        return "utf-16-le"
    if pairs and start[0::2].count(0) > pairs * 0.9 and not start[1::2].count(0):
        return "utf-16-be"
    return None


def _kind_of_archive(data: bytes) -> FileKind:
    if b"xl/workbook" in data:
        return FileKind.EXCEL_WORKBOOK
    if b"application/vnd.oasis.opendocument" in data[:200]:
        return FileKind.OPEN_DOCUMENT
    return FileKind.WORD_DOCUMENT if b"word/document" in data else FileKind.ZIP
