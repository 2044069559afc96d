"""Agreements, obligations and triggers on officers' pages."""

from typing import Any

import pytest

from services.portal.identity.people import HALL_SECRETARY
from tests.support.council import Council
from tests.support.events import fund_opened
from tests.support.officer import (
    AGREEMENT_PAGE,
    OBLIGATION_PAGE,
    click_twice,
    record_agreement,
    record_obligation,
    signed_in,
)
from tests.support.portal import OWN_ORIGIN, Browser, hidden_fields, words

NEW = "/officer/agreements/new"
ANSWERS = {
    "reference": "P2018/2269/FUL-da",
    "name": "Old Street <Yard>",
    "planning_application": "P2018/2269/FUL",
    "kind": "section_106",
    "deed_on-day": "17",
    "deed_on-month": "4",
    "deed_on-year": "2019",
    "organisation": "local-authority-eng:ISL",
    "document_url": "",
}
OBLIGATION = {
    "reference": "P2018/2269/FUL-COCM",
    "purpose": "green-infrastructure",
    "amount_pence": "88,596.00",
    "trigger": "First occupation",
    "trigger_kind": "first_occupation",
    "spend_by_months": "60",
    "wards": "",
}


async def test_an_officer_records_an_agreement_and_sees_it(officer: Browser) -> None:
    answer = await officer.send(NEW, ANSWERS)

    assert answer.status_code == 303
    page = await officer.read(answer.headers["location"])
    assert "The agreement is recorded." in page
    assert "Old Street <Yard>" in page
    assert "Nothing in this agreement is recorded as owed yet." in page


async def test_a_second_click_records_one_agreement(officer: Browser, council: Council) -> None:
    answers = await click_twice(officer, NEW, ANSWERS)

    assert answers.first.headers["location"] == answers.second.headers["location"]
    assert len(await council.contributions.rows("SELECT id FROM agreement")) == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"deed_on-year": "2126"}, "Date of the deed must be today or in the past"),
        ({"deed_on-month": "13"}, "Date of the deed must be a real date"),
        ({"reference": " "}, "Enter the agreement's reference"),
        ({"kind": "treaty"}, "Select what kind of agreement this is"),
        ({"organisation": "Islington"}, "Give the organisation's code with its prefix"),
        ({"document_url": "javascript:alert(1)"}, "Give a web address that begins with https://."),
    ],
)
async def test_a_wrong_answer_is_said_beside_its_field_and_all_that_was_typed_is_kept(
    officer: Browser, council: Council, wrong: dict[str, str], said: str
) -> None:
    answer = await officer.send(NEW, {**ANSWERS, **wrong})

    assert answer.status_code == 422
    page = words(answer)
    assert "There is a problem" in page
    assert page.count(said) == 2
    assert 'value="P2018/2269/FUL"' in answer.text
    assert "Old Street &lt;Yard&gt;" in answer.text
    assert await council.contributions.rows("SELECT id FROM agreement") == []


async def test_a_reference_that_is_taken_is_said_beside_it(officer: Browser, council: Council) -> None:
    await record_agreement(council)

    answer = await officer.send(NEW, ANSWERS)

    assert answer.status_code == 422
    assert words(answer).count("is recorded already. Open that one instead.") == 2


async def test_agreements_are_found_by_a_part_of_their_reference(officer: Browser, council: Council) -> None:
    assert "No agreement is recorded yet." in await officer.read("/officer/agreements")
    await record_agreement(council)

    assert "Old Street Yard" in await officer.read("/officer/agreements?search=2269")
    nothing = await officer.read("/officer/agreements?search=%25%3Cb%3E")

    assert "No agreement matches." in nothing
    assert "Old Street Yard" not in nothing


async def test_the_list_goes_on_where_its_first_page_ends(officer: Browser, council: Council) -> None:
    for number in range(51):
        await record_agreement(
            council, agreement_id=f"00000000-0000-4000-8000-{number:012}", reference=f"R{number:03}"
        )

    first = await officer.open("/officer/agreements?search=R0")
    cursor = first.text.split("cursor=")[1].split('"')[0]

    assert "R049" in first.text
    assert "R050" not in first.text
    assert "R050" in await officer.read(f"/officer/agreements?search=R0&cursor={cursor}")


async def test_an_obligation_is_added_and_its_trigger_met(officer: Browser, council: Council) -> None:
    await record_agreement(council)

    added = await officer.send(f"{AGREEMENT_PAGE}/obligations/new", OBLIGATION)

    page = await officer.read(added.headers["location"])
    assert "The obligation is recorded." in page
    assert "Trigger met Not yet" in page
    rows = await council.contributions.rows("SELECT id FROM obligation")
    trigger = f"{AGREEMENT_PAGE}/obligations/{rows[0]['id']}/trigger"
    met = await officer.send(trigger, _day("trigger_met_on", 30, 8, 2019))
    assert "Trigger met 30 August 2019" in await officer.read(met.headers["location"])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"amount_pence": "1.005"}, "Amount owed must be in pounds and whole pence, like 1234.50"),
        ({"amount_pence": "-5"}, "Amount owed must be more than £0"),
        ({"amount_pence": "0"}, "Amount owed must be more than £0"),
        ({"amount_pence": "=1+1"}, "Amount owed must be a number, like 1234.50"),
        ({"purpose": ""}, "Select what the money may be spent on"),
        ({"spend_by_months": "1.5"}, "Months to spend the money in must be a whole number, like 60"),
        ({"wards": "E05013699\nE99999999"}, "E99999999 is not a ward of this council."),
    ],
)
async def test_a_wrong_obligation_is_refused_by_field(
    officer: Browser, council: Council, wrong: dict[str, str], said: str
) -> None:
    await record_agreement(council)
    await council.contributions.give(fund_opened())

    answer = await officer.send(f"{AGREEMENT_PAGE}/obligations/new", {**OBLIGATION, **wrong})

    assert answer.status_code == 422
    assert words(answer).count(said) == 2
    assert "P2018/2269/FUL-COCM" in answer.text
    assert await council.contributions.rows("SELECT id FROM obligation") == []


async def test_a_trigger_is_not_met_before_the_deed_nor_twice(officer: Browser, council: Council) -> None:
    await record_obligation(council, met_on=None)

    early = await officer.send(f"{OBLIGATION_PAGE}/trigger", _day("trigger_met_on", 1, 3, 2019))
    await officer.send(f"{OBLIGATION_PAGE}/trigger", _day("trigger_met_on", 30, 8, 2019))

    assert words(early).count("before the deed of 17 April 2019. Check the date.") == 2
    assert "This is recorded already" in await officer.read(f"{OBLIGATION_PAGE}/trigger")


async def test_a_second_tab_that_records_the_trigger_too_is_told_so(
    officer: Browser, council: Council
) -> None:
    await record_obligation(council, met_on=None)
    page = f"{OBLIGATION_PAGE}/trigger"
    other_tab = {**hidden_fields(await officer.open(page)), **_day("trigger_met_on", 31, 8, 2019)}

    await officer.send(page, _day("trigger_met_on", 30, 8, 2019))
    stale = await officer.client.post(page, data=other_tab, headers=OWN_ORIGIN)

    assert stale.status_code == 422
    assert "was met on 30 August 2019. There is nothing more to record." in words(stale)


async def test_an_applicant_may_not_see_officers_pages(council: Council) -> None:
    async with signed_in(council, HALL_SECRETARY) as applicant:
        for path in ("/officer", "/officer/agreements", NEW, "/officer/imports", "/officer/funds/new"):
            answer = await applicant.open(path)
            assert answer.status_code == 403, path
            assert "Only a person with the role" in words(answer)
            assert "officer" in words(answer)


async def test_a_form_without_its_token_records_nothing(officer: Browser, council: Council) -> None:
    answer = await officer.client.post(NEW, data=ANSWERS, headers=OWN_ORIGIN)

    assert answer.status_code == 403
    assert "Go back, reload it and try again." in words(answer)
    assert await council.contributions.rows("SELECT id FROM agreement") == []


async def test_an_unknown_agreement_or_obligation_is_a_page_that_says_so(
    officer: Browser, council: Council
) -> None:
    await record_agreement(council)

    missing = await officer.open("/officer/agreements/00000000-0000-4000-8000-000000000000")
    obligation = await officer.open(
        f"{AGREEMENT_PAGE}/obligations/{'0' * 8}-0000-4000-8000-{'0' * 12}/trigger"
    )

    assert missing.status_code == obligation.status_code == 404
    assert "There is no such agreement." in words(missing)
    assert "has no such obligation" in words(obligation)


def _day(name: str, day: int, month: int, year: int) -> dict[str, Any]:
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}
