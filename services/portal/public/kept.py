"""Public pages kept as they were made, for as long as nothing at all changes in the database.

The state of the database is PostgreSQL's own snapshot, asked for in the transaction that the page is read in:
it names every transaction that the reader sees, so two readers of one snapshot see the same, whoever wrote.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from services.portal.public.rows import rows

STATE = "SELECT pg_current_snapshot()::text AS state"
LARGEST_BYTES = 32 << 20
LARGEST_PART = 4
FINE, UNCHANGED = 200, 304


@dataclass(frozen=True, slots=True)
class KeptPage:
    """The bytes of a page, and the tag by which a browser says that it has them."""

    body: bytes
    media_type: str
    tag: str


@dataclass(slots=True)
class KeptPages:
    """The pages of one state, those asked for last, up to so many bytes; another state begins anew."""

    largest_bytes: int = LARGEST_BYTES
    _state: str = ""
    _pages: OrderedDict[str, KeptPage] = field(default_factory=OrderedDict)
    _bytes: int = 0

    def find(self, state: str, place: str) -> KeptPage | None:
        """The page of this address as it was made from the same state."""
        if state != self._state:
            self._state, self._bytes = state, 0
            self._pages.clear()
        page = self._pages.get(place)
        if page is not None:
            self._pages.move_to_end(place)
        return page

    def keep(self, state: str, place: str, page: KeptPage) -> None:
        """Keep a page, unless the state has changed since or it would fill a quarter of the place."""
        is_small = len(page.body) <= self.largest_bytes // LARGEST_PART
        if state != self._state or place in self._pages or not is_small:
            return
        self._pages[place] = page
        self._bytes += len(page.body)
        while self._bytes > self.largest_bytes:
            _, oldest = self._pages.popitem(last=False)
            self._bytes -= len(oldest.body)


async def kept(request: Request, session: AsyncSession, make: Callable[[], Awaitable[Response]]) -> Response:
    """The page that `make` makes, or its like from the same state; a visitor's browser that has it keeps it.

    A signed-in person's page is made each time and kept nowhere.
    """
    if getattr(request.state, "session_id", None):
        return await make()
    pages: KeptPages = request.app.state.kept_pages
    place = f"{request.url.path}?{request.url.query}"
    state = str((await rows(session, STATE))[0]["state"])
    page = pages.find(state, place)
    if page is None:
        made = await make()
        if made.status_code != FINE:
            return made
        page = _kept_page(made)
        pages.keep(state, place, page)
    return _answer(request, page)


def _kept_page(made: Response) -> KeptPage:
    body = bytes(made.body)
    return KeptPage(body, made.headers["content-type"], f'"{hashlib.sha256(body).hexdigest()[:32]}"')


def _answer(request: Request, page: KeptPage) -> Response:
    headers = {"etag": page.tag, "cache-control": "no-cache", "vary": "Cookie"}
    if page.tag in request.headers.get("if-none-match", ""):
        return Response(status_code=UNCHANGED, headers=headers)
    return Response(page.body, headers={**headers, "content-type": page.media_type})
