"""The portal asks the services with the person's own token, and says plainly what they answer."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID, uuid4

import httpx2
import pytest
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from services.portal.clients import Clients, PersonsService, ServiceAway, ServiceProblem
from services.portal.identity.pages_rule import Page, SentForm, form_page, page
from services.portal.identity.people import HALL_SECRETARY, OFFICER
from services.portal.settings import PortalSettings
from shared.errors import Problem
from shared.settings import DEMONSTRATION_PUBLIC_KEY
from shared.web.roles import Role
from shared.web.tokens import check
from tests.support.portal import OWN_ORIGIN, PortalUnderTest, portal_on, words

CORRELATION = uuid4()


def far_service() -> FastAPI:
    """Answers what it was sent, or in the ways that a service refuses and fails."""
    app = FastAPI()

    @app.api_route("/echo", methods=["GET", "POST", "PUT"])
    async def echo(request: Request) -> dict[str, Any]:
        return {
            "headers": dict(request.headers),
            "query": dict(request.query_params),
            "body": (await request.body()).decode(),
        }

    @app.post("/refuses")
    async def refuse() -> Response:
        problems = [{"field": "received_on", "message": "Check the date."}]
        return JSONResponse(
            {
                "code": "receipt.before_deed",
                "detail": "The receipt is before the deed.",
                "problems": problems,
            },
            422,
        )

    @app.get("/fails")
    async def fail() -> Response:
        return Response("<html>", 500)

    @app.get("/drips")
    async def drip() -> Response:
        await asyncio.Event().wait()
        raise AssertionError

    @app.get("/file")
    async def file() -> Response:
        return Response(
            b"%PDF",
            headers={"content-type": "application/pdf", "set-cookie": "a=b", "content-disposition": "x"},
        )

    return app


@pytest.fixture
async def contributions() -> AsyncIterator[PersonsService]:
    settings = PortalSettings(
        database_url="postgresql+asyncpg://x", kafka_bootstrap_servers="x", port=1, demonstration=True
    )
    transport = httpx2.ASGITransport(app=far_service())
    async with Clients(settings, {"contributions": transport}) as clients:
        yield clients.on_behalf_of(OFFICER.caller, CORRELATION).contributions


async def test_a_call_carries_a_token_of_the_person_for_that_service_only(
    contributions: PersonsService,
) -> None:
    sent = await contributions.get("/echo", organisation="a b", cursor=None)

    token = sent["headers"]["authorization"].removeprefix("Bearer ")
    caller = check(token, audience="contributions", public_key=DEMONSTRATION_PUBLIC_KEY)
    assert caller == OFFICER.caller
    assert sent["query"] == {"organisation": "a b"}
    assert UUID(sent["headers"]["x-correlation-id"]) == CORRELATION


async def test_a_command_carries_the_key_of_its_form(contributions: PersonsService) -> None:
    for send in (contributions.post, contributions.put):
        sent = await send("/echo", {"amount_pence": 1}, key="the form's")

        assert sent["headers"]["idempotency-key"] == "the form's"
        assert sent["body"] == '{"amount_pence":1}'


async def test_a_file_is_sent_on_with_its_fields(contributions: PersonsService) -> None:
    file = ("upload.csv", b"a,b", "text/csv")

    sent = await contributions.upload("/echo", {"file": file}, {"import_id": "1"}, key="k")

    assert sent["headers"]["content-type"].startswith("multipart/form-data")
    assert 'name="import_id"' in sent["body"]
    assert 'filename="upload.csv"' in sent["body"]


async def test_a_downloaded_file_brings_only_the_headers_that_are_about_it(
    contributions: PersonsService,
) -> None:
    file = await contributions.download("/file")

    assert file.content == b"%PDF"
    assert set(file.headers) == {"content-type", "content-disposition"}


async def test_a_refusal_comes_back_with_its_fields(contributions: PersonsService) -> None:
    with pytest.raises(ServiceProblem) as refused:
        await contributions.post("/refuses", {}, key="k")

    assert (refused.value.status, refused.value.code) == (422, "receipt.before_deed")
    assert refused.value.for_form == (Problem("received_on", "Check the date."),)


async def test_a_refusal_without_fields_is_for_the_whole_form(contributions: PersonsService) -> None:
    with pytest.raises(ServiceProblem) as refused:
        await contributions.get("/nowhere")

    assert refused.value.status == 404
    assert [problem.field for problem in refused.value.for_form] == [""]


async def test_a_call_ends_with_the_time_of_its_page(contributions: PersonsService) -> None:
    now = asyncio.get_running_loop().time()

    with pytest.raises(ServiceAway):
        await replace(contributions, until=now + 0.02).get("/drips")


async def test_a_service_that_fails_is_away(contributions: PersonsService) -> None:
    with pytest.raises(ServiceAway):
        await contributions.get("/fails")


@pytest.fixture
async def lonely(portal: PortalUnderTest, tmp_path: Path) -> AsyncIterator[PortalUnderTest]:
    """A portal whose services are away, with a page and a form of the test's own."""
    database_url = portal.service.settings.database_url
    async with portal_on(database_url, tmp_path, contributions_url="http://127.0.0.1:1") as lonely:

        @lonely.app.get("/probe")
        async def probe(page: Annotated[Page, page(Role.OFFICER)]) -> Response:
            return JSONResponse(await page.services.contributions.get("/pots"))

        @lonely.app.post("/probe")
        async def probe_form(sent: Annotated[SentForm, form_page(Role.OFFICER)]) -> Response:
            return JSONResponse({"key": sent.idempotency_key, "id": str(sent.id_for("agreement"))})

        yield lonely


async def test_a_page_whose_service_is_away_says_that_nothing_was_lost(lonely: PortalUnderTest) -> None:
    browser = await lonely.signed_in(OFFICER)

    answer = await browser.open("/probe")

    assert answer.status_code == 503
    assert "agreements, pots and payments cannot be reached just now. Nothing was lost." in words(answer)


async def test_a_second_click_names_the_same_record(lonely: PortalUnderTest) -> None:
    browser = await lonely.signed_in(OFFICER)

    first, second, third = [
        (await browser.send("/sign-in", {"idempotency_key": key}, to="/probe")).json()["id"]
        for key in ("one", "one", "two")
    ]

    assert first == second != third


async def test_a_form_needs_its_role_too(lonely: PortalUnderTest) -> None:
    browser = await lonely.signed_in(HALL_SECRETARY)

    answer = await browser.send("/sign-in", {}, to="/probe")

    assert answer.status_code == 403
    assert [row["method"] for row in await lonely.rows("SELECT method FROM refused_attempt")] == ["POST"]


async def test_a_form_sent_after_the_session_ended_leads_back_to_the_page_it_was_on(
    lonely: PortalUnderTest,
) -> None:
    answer = await lonely.browser().client.post(
        "/probe", data={}, headers={**OWN_ORIGIN, "Referer": "http://test/officer/agreements?page=2"}
    )

    assert answer.status_code == 401
    assert 'href="/sign-in?next=%2Fofficer%2Fagreements%3Fpage%3D2"' in answer.text


@pytest.mark.parametrize("key", ["", "clé", "a\r\nX-Other: b", "a" * 101], ids=ascii)
async def test_a_form_without_a_key_of_ours_says_to_reload(lonely: PortalUnderTest, key: str) -> None:
    browser = await lonely.signed_in(OFFICER)

    answer = await browser.send("/sign-in", {"idempotency_key": key}, to="/probe")

    assert answer.status_code == 422
    assert "reload it and try again" in words(answer)
