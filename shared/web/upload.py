"""Uploaded files: bounded in size, and their name is never trusted."""

from fastapi import UploadFile

from shared.errors import Invalid

CHUNK = 1 << 16


async def read_upload(file: UploadFile, *, limit_bytes: int, field: str = "file") -> bytes:
    """The content of an uploaded file; refuses an empty one and one above the limit."""
    content = bytearray()
    while chunk := await file.read(CHUNK):
        content += chunk
        if len(content) > limit_bytes:
            limit = limit_bytes // (1 << 20)
            raise Invalid(
                "file.too_large", f"The file is larger than {limit} MB. Send a smaller one.", field=field
            )
    if not content:
        raise Invalid("file.empty", "The file is empty. Choose the file again.", field=field)
    return bytes(content)
