"""Who is signed in, for how long, and what pages demand."""

from pathlib import Path
from typing import Any

import pytest

from services.portal.identity.people import FIRST_ASSESSOR, HALL_SECRETARY, OFFICER
from services.portal.layout.security import SECURITY_HEADERS
from shared.web.rates import Rates
from tests.support.portal import OWN_ORIGIN, PortalUnderTest, hidden_fields, portal_on, words


async def test_a_person_of_the_demonstration_signs_in_and_is_named_on_every_page(
    portal: PortalUnderTest,
) -> None:
    browser = portal.browser()

    answer = await browser.sign_in(OFFICER)

    assert answer.headers["location"] == "/officer"
    assert "Signed in as Priya Shah, planning officer" in await browser.read("/")


async def test_the_sign_in_page_names_every_person_and_what_they_may_do(portal: PortalUnderTest) -> None:
    page = await portal.browser().read("/sign-in")

    assert "Margaret Tilley Secretary of Swan Hill Village Hall." in page
    assert "Anita Rao Finance manager." in page


async def test_a_page_for_signed_in_people_leads_to_the_sign_in_and_back(portal: PortalUnderTest) -> None:
    browser = portal.browser()

    away = await browser.open("/officer/agreements?search=a%20b")

    assert away.status_code == 303
    assert away.headers["location"] == "/sign-in?next=%2Fofficer%2Fagreements%3Fsearch%3Da%2520b"
    goal = hidden_fields(await browser.open(away.headers["location"]))["next"]
    assert (await browser.sign_in(OFFICER, then=goal)).headers[
        "location"
    ] == "/officer/agreements?search=a%20b"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: x",
    ],
)
async def test_the_sign_in_never_leads_to_another_site(portal: PortalUnderTest, elsewhere: str) -> None:
    answer = await portal.browser().sign_in(OFFICER, then=elsewhere)

    assert answer.headers["location"] == "/officer"


async def test_without_a_choice_the_sign_in_says_what_to_do(portal: PortalUnderTest) -> None:
    answer = await portal.browser().send("/sign-in", {})

    assert answer.status_code == 422
    assert "There is a problem" in words(answer)


async def test_a_role_that_is_missing_is_a_page_of_its_own_and_recorded(portal: PortalUnderTest) -> None:
    browser = await portal.signed_in(HALL_SECRETARY)

    answer = await browser.open("/officer/agreements/new")

    assert answer.status_code == 403
    assert "Only a person with the role officer may do this." in words(answer)
    assert await portal.rows("SELECT actor, method, path, code FROM refused_attempt") == [
        {
            "actor": str(HALL_SECRETARY.id),
            "method": "GET",
            "path": "/officer/agreements/new",
            "code": "role.missing",
        }
    ]


async def test_signing_out_ends_the_session_wherever_its_cookie_was_copied_to(
    portal: PortalUnderTest,
) -> None:
    browser = await portal.signed_in(OFFICER)
    copied = portal.browser()
    copied.client.cookies.update(browser.client.cookies)

    answer = await browser.send("/officer/agreements", {}, to="/sign-out")

    assert answer.status_code == 303
    assert (await copied.open("/officer/agreements")).status_code == 303


async def test_a_forged_cookie_is_nobody(portal: PortalUnderTest) -> None:
    browser = portal.browser()
    browser.client.cookies.set("session", "forged")

    assert (await browser.open("/officer/agreements")).status_code == 303


async def test_the_table_holds_no_token_that_a_cookie_could_be_made_of(portal: PortalUnderTest) -> None:
    browser = await portal.signed_in(OFFICER)

    rows = await portal.rows("SELECT token_hash FROM sign_in_session")
    thief = portal.browser()
    thief.client.cookies.set("session", rows[0]["token_hash"])

    assert browser.client.cookies["session"] != rows[0]["token_hash"]
    assert (await thief.open("/officer/agreements")).status_code == 303


@pytest.mark.parametrize(
    "passed",
    [
        "last_seen_at = now() - interval '61 minutes'",
        "started_at = now() - interval '13 hours', expires_at = now() - interval '1 second'",
    ],
)
async def test_a_session_ends_when_it_was_idle_or_is_too_old(portal: PortalUnderTest, passed: str) -> None:
    browser = await portal.signed_in(OFFICER)
    async with portal.service.sessions.begin() as session:
        await (await session.connection()).exec_driver_sql(
            f"UPDATE sign_in_session SET {passed}"  # noqa: S608 - our own words above
        )

    assert (await browser.open("/officer/agreements")).status_code == 303


async def test_a_request_keeps_the_session_from_being_idle(portal: PortalUnderTest) -> None:
    browser = await portal.signed_in(OFFICER)
    async with portal.service.sessions.begin() as session:
        await (await session.connection()).exec_driver_sql(
            "UPDATE sign_in_session SET last_seen_at = now() - interval '50 minutes'"
        )

    await browser.open("/officer/agreements")

    rows = await portal.rows(
        "SELECT last_seen_at > now() - interval '1 minute' AS fresh FROM sign_in_session"
    )
    assert rows == [{"fresh": True}]


async def test_signing_in_again_ends_the_former_session_of_the_browser(portal: PortalUnderTest) -> None:
    browser = await portal.signed_in(OFFICER)

    await browser.sign_in(FIRST_ASSESSOR)

    rows = await portal.rows("SELECT person_id, revoked_at IS NULL AS open FROM sign_in_session")
    assert {row["person_id"]: row["open"] for row in rows} == {OFFICER.id: False, FIRST_ASSESSOR.id: True}


async def test_a_form_without_the_token_of_its_session_is_refused(portal: PortalUnderTest) -> None:
    browser = await portal.signed_in(OFFICER)

    answer = await browser.client.post("/sign-out", data={}, headers=OWN_ORIGIN)

    assert answer.status_code == 403
    assert "open too long" in words(answer)
    assert "Signed in as Priya Shah" in await browser.read("/")


async def test_a_form_from_another_site_is_refused(portal: PortalUnderTest) -> None:
    answer = await portal.browser().client.post(
        "/sign-in", data={"person": str(OFFICER.id)}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert answer.status_code == 403


async def test_the_cookie_is_hidden_from_scripts_and_from_other_sites(portal: PortalUnderTest) -> None:
    answer = await portal.browser().sign_in(OFFICER)

    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


async def test_outside_a_demonstration_there_is_no_sign_in_of_the_demonstration(
    portal: PortalUnderTest, tmp_path: Path
) -> None:
    real: dict[str, Any] = {
        "demonstration": False,
        "token_public_key": "an invented public key",
        "token_private_key": "an invented private key",
        "session_secret": "an invented secret that is long enough for it",
    }
    database_url = portal.service.settings.database_url
    async with portal_on(database_url, tmp_path, **real) as portal_of_a_council:
        browser = portal_of_a_council.browser()

        shown = await browser.open("/sign-in")
        sent = await browser.client.post("/sign-in", data={"person": str(OFFICER.id)}, headers=OWN_ORIGIN)

        assert (shown.status_code, sent.status_code) == (404, 404)
        assert portal_of_a_council.app.state.session_cookie.name == "__Host-session"


async def test_who_signs_in_too_often_is_told_on_a_page_how_long_to_wait(portal: PortalUnderTest) -> None:
    former, limit = portal.service.rates, "2 per 5 minutes"
    portal.service.rates = Rates.told(sign_in=limit, uploads=limit, refusals=limit, clock=lambda: 0.0)
    browser = portal.browser()
    try:
        answers = [await browser.send("/sign-in", {}) for _ in range(3)]
        still_shown = await browser.open("/sign-in")
    finally:
        portal.service.rates = former

    assert [answer.status_code for answer in answers] == [422, 422, 429]
    assert answers[2].headers["retry-after"] == "300"
    assert "You have tried too many times in a short time. Wait 5 minutes, then try again." in words(
        answers[2]
    )
    assert SECURITY_HEADERS.items() <= answers[2].headers.items()
    assert still_shown.status_code == 200
