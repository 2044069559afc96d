"""No request may send more than the service can hold, or take for ever: bodies are read before any rule."""

import asyncio

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BYTES = 2 << 20
LARGEST_FILES_BYTES = 100 << 20
"""Three files of 30 MB with the fields beside them."""
PATIENCE_SECONDS = 15.0
SLOWEST_BYTES_PER_SECOND = 16 << 10
"""A telephone on a poor line sends ten times as much."""
TOO_SLOW, TOO_LARGE = 408, 413


class BodyLimit:
    """Stops to read a body at its limit: 100 MB where it carries files, 2 MB for all others.

    A body that comes drop by drop is cut: `patience_seconds`, and one second more for each 16 KB that came.
    """

    def __init__(self, app: ASGIApp, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self.app = app
        self.patience_seconds = patience_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body counted, as it is announced and as it comes."""
        if scope["type"] == "http":
            receive = _Body(scope, receive, self.patience_seconds).receive
        await self.app(scope, receive, send)


class _Body:
    """One body, on its way."""

    def __init__(self, scope: Scope, receive: Receive, patience_seconds: float) -> None:
        headers = Headers(scope=scope)
        with_files = headers.get("content-type", "").lower().startswith("multipart/form-data")
        announced = headers.get("content-length", "0")
        self._receive = receive
        self._patience_seconds = patience_seconds
        self._limit_bytes = LARGEST_FILES_BYTES if with_files else LARGEST_BYTES
        self._announced_bytes = int(announced) if announced.isdecimal() and len(announced) < 20 else 0  # noqa: PLR2004 - more digits than any length has
        self._read_bytes = 0
        self._began: float | None = None
        self._complete = False

    async def receive(self) -> Message:
        """The next piece, within the limits; when all has come, whatever comes after without any."""
        if self._complete:
            return await self._receive()
        self._refuse_too_large()
        message = await self._in_time()
        self._read_bytes += len(message.get("body", b""))
        self._refuse_too_large()
        self._complete = not message.get("more_body", False)
        return message

    async def _in_time(self) -> Message:
        now = asyncio.get_running_loop().time()
        self._began = now if self._began is None else self._began
        until = self._began + self._patience_seconds + self._read_bytes / SLOWEST_BYTES_PER_SECOND
        try:
            async with asyncio.timeout_at(until):
                return await self._receive()
        except TimeoutError as error:
            sentence = "What was sent came too slowly and was given up. Try again on a better connection."
            raise HTTPException(TOO_SLOW, sentence, headers={"Connection": "close"}) from error

    def _refuse_too_large(self) -> None:
        if max(self._read_bytes, self._announced_bytes) > self._limit_bytes:
            sentence = f"What was sent is larger than {self._limit_bytes >> 20} MB. Send less at once."
            raise HTTPException(TOO_LARGE, sentence)
