"""Evidence files: what they are is read from their own first bytes; their name is only ever shown."""

import hashlib
import unicodedata
from dataclasses import dataclass
from uuid import UUID

from shared.errors import Invalid

LARGEST_BYTES = 10 * 1024 * 1024
LONGEST_NAME = 100

SIGNATURES = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
SUFFIXES = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One file that shows works were done or paid for, known by the digest of its content."""

    id: UUID
    application_id: UUID
    sha256: str
    content_type: str
    size_bytes: int
    display_name: str


def examine(evidence_id: UUID, application_id: UUID, content: bytes, client_name: str) -> Evidence:
    """The evidence that these bytes are; refuses what is no PDF, PNG or JPEG, whatever its name says."""
    return Evidence(
        id=evidence_id,
        application_id=application_id,
        sha256=hashlib.sha256(content).hexdigest(),
        content_type=content_type(content),
        size_bytes=len(content),
        display_name=display_name(client_name),
    )


def content_type(content: bytes) -> str:
    """The type that the first bytes tell, one of the three we take."""
    for signature, found in SIGNATURES.items():
        if content.startswith(signature):
            return found
    message = "This is not a PDF, PNG or JPEG file. Save or photograph it as one of these and send it again."
    raise Invalid("evidence.type", message, field="file")


def display_name(client_name: str) -> str:
    """The client's name of a file made harmless to show: no folders, no invisible or reordering marks."""
    last = client_name.replace("\\", "/").rpartition("/")[2]
    visible = "".join(mark for mark in last if not unicodedata.category(mark).startswith("C"))
    return " ".join(visible.split())[:LONGEST_NAME] or "file without a name"
