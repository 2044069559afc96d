"""What a file is, is read from its bytes; its name is only shown."""

import pytest

from services.applications.domain.evidence import content_type, display_name, examine
from shared.errors import Invalid
from tests.support.applications import JPEG, PDF, PNG
from tests.support.events import APPLICATION_ID, an_id


@pytest.mark.parametrize(
    ("content", "expected"), [(PDF, "application/pdf"), (PNG, "image/png"), (JPEG, "image/jpeg")]
)
def test_the_first_bytes_tell_what_a_file_is(content: bytes, expected: str) -> None:
    assert content_type(content) == expected


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00",
        b"<html><script>alert(1)</script>",
        b"GIF89a",
        b"PK\x03\x04",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b" %PDF-1.7",
    ],
)
def test_what_is_no_pdf_png_or_jpeg_is_refused_whatever_its_name_says(content: bytes) -> None:
    with pytest.raises(Invalid, match="not a PDF, PNG or JPEG") as refusal:
        examine(an_id("evidence"), APPLICATION_ID, content, "invoice.pdf")

    assert refusal.value.problems[0].field == "file"


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("invoice.pdf", "invoice.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ann\\scan 1.pdf", "scan 1.pdf"),
        ("in\x00voice\n.pdf", "invoice.pdf"),
        ("photo\u202efdp.exe", "photofdp.exe"),
        ("   ", "file without a name"),
        ("", "file without a name"),
        ("<b>x</b>.pdf", "b>.pdf"),
        ("=1+1.pdf", "=1+1.pdf"),
        ("x" * 300, "x" * 100),
    ],
)
def test_a_name_is_cleaned_before_it_is_shown(sent: str, shown: str) -> None:
    assert display_name(sent) == shown
