"""A kept page is always what would be made anew, and lists are cut without losing or doubling a row."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from services.portal.identity.people import OFFICER
from services.portal.public.kept import kept
from services.portal.public.register import PAGE_SIZE
from shared.database import transaction
from tests.support import events as told
from tests.support.one_grant import whole_life

if TYPE_CHECKING:
    from starlette.types import Message

    from tests.support.portal import PortalUnderTest

POT, PROJECT = f"/trace/pots/{told.POT_ID}", f"/trace/projects/{told.APPLICATION_ID}"
KEPT = ("/", "/pots", "/register", POT, PROJECT)


async def test_after_every_event_the_very_next_page_is_what_would_be_made_anew(
    portal: PortalUnderTest,
) -> None:
    changes = 0
    before: dict[str, str] = {}

    for number, event in enumerate(whole_life()):
        await portal.give(event)
        for path in KEPT:
            asked, anew = await portal.client.get(path), await portal.client.get(f"{path}?again={number}")
            assert (asked.status_code, asked.text) == (anew.status_code, anew.text)
            changes += before.get(path) != anew.text
            before[path] = anew.text

    assert changes > len(whole_life())


async def test_a_page_is_made_once_for_one_state_of_the_database(portal: PortalUnderTest) -> None:
    made: list[int] = []

    async def make() -> Response:
        made.append(len(made))
        return Response(f"page {len(made)}", media_type="text/plain")

    async with transaction(portal.service.sessions, timeout_seconds=5, read_only=True) as session:
        visitor = _request(portal, "/register")
        answers = [await kept(visitor, session, make) for _ in range(2)]
        await kept(_request(portal, "/register", session_id="a session"), session, make)

    assert [bytes(answer.body) for answer in answers] == [b"page 1", b"page 1"]
    assert len(made) == 2, "a signed-in person's page is made anew"


async def test_a_browser_that_has_the_page_is_not_sent_it_again(portal: PortalUnderTest) -> None:
    first = await portal.client.get("/pots")
    has_it = {"If-None-Match": first.headers["etag"]}

    again = await portal.client.get("/pots", headers=has_it)
    await portal.give(told.pot_opened())
    changed = await portal.client.get("/pots", headers=has_it)

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200
    assert changed.headers["cache-control"] == "no-cache"


async def test_a_signed_in_persons_page_is_kept_nowhere(portal: PortalUnderTest) -> None:
    visitors = await portal.client.get("/pots")
    officer = await portal.signed_in(OFFICER)

    own = await officer.open("/pots", headers={"If-None-Match": visitors.headers["etag"]})

    assert own.status_code == 200
    assert own.headers["cache-control"] == "no-store"
    assert OFFICER.name in own.text
    assert OFFICER.name not in (await portal.client.get("/pots")).text


async def test_the_pages_of_a_list_hold_every_row_once_and_end_where_it_ends(portal: PortalUnderTest) -> None:
    days = (None, date(2030, 1, 1), date(2031, 1, 1))
    ids = [told.an_id(f"pot {number}") for number in range(2 * PAGE_SIZE)]
    await portal.give(
        *(told.pot_opened(pot_id=pot, spend_by_on=days[place % 3]) for place, pot in enumerate(ids))
    )

    pages = [
        (await portal.client.get(f"/api/pots?size={PAGE_SIZE}&page={page}")).json() for page in (1, 2, 3)
    ]

    assert [(page["page"], page["pages"], page["in_all"]) for page in pages] == [
        (number, 2, len(ids)) for number in (1, 2, 3)
    ]
    assert sorted(pot["pot_id"] for page in pages for pot in page["pots"]) == sorted(map(str, ids))
    assert pages[2]["pots"] == []
    assert (await portal.client.get("/pots?page=2")).status_code == 200
    assert (await portal.client.get("/pots?page=3")).status_code == 404
    assert (await portal.client.get("/register?page=2")).status_code == 404
    assert (await portal.client.get("/register?page=1")).status_code == 200


async def test_a_browser_does_not_choose_the_correlation_of_its_request(portal: PortalUnderTest) -> None:
    chosen = told.an_id("chosen by a browser")
    request = _request(portal, "/help")
    request.scope["headers"] = [(b"x-correlation-id", str(chosen).encode())]

    await portal.app(request.scope, _nothing_sent, _answered)

    assert isinstance(request.state.correlation_id, UUID)
    assert request.state.correlation_id != chosen


async def _nothing_sent() -> Message:
    return {"type": "http.request"}


async def _answered(_message: Message) -> None:
    return None


def _request(portal: PortalUnderTest, path: str, **state: object) -> Request:
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}
    server = {"app": portal.app, "state": state, "server": ("test", 80), "scheme": "http"}
    return Request({**scope, **server})
