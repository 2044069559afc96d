"""No request may send more than the service can hold, signed in or not: bodies are read before any rule."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BYTES = 2 << 20
LARGEST_FILES_BYTES = 100 << 20
"""Three files of 30 MB with the fields beside them."""
TOO_LARGE = 413


class BodyLimit:
    """Stops to read a body at its limit: 100 MB where it carries files, 2 MB for all others."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body counted, as it is announced and as it comes."""
        await self.app(scope, _counted(scope, receive) if scope["type"] == "http" else receive, send)


def _counted(scope: Scope, receive: Receive) -> Receive:
    headers = Headers(scope=scope)
    with_files = headers.get("content-type", "").lower().startswith("multipart/form-data")
    limit_bytes = LARGEST_FILES_BYTES if with_files else LARGEST_BYTES
    announced = headers.get("content-length", "0")
    announced_bytes = int(announced) if announced.isdecimal() else 0
    read_bytes = 0

    async def receive_within_limit() -> Message:
        nonlocal read_bytes
        message = await receive() if announced_bytes <= limit_bytes else {}
        read_bytes += len(message.get("body", b""))
        if max(read_bytes, announced_bytes) > limit_bytes:
            sentence = f"What was sent is larger than {limit_bytes >> 20} MB. Send less at once."
            raise HTTPException(TOO_LARGE, sentence)
        return message

    return receive_within_limit
