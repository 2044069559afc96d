"""An officer corrects and varies deeds, names payees and enters wards; who reads the register sees it all."""

from typing import Any

from services.portal.identity import people
from tests.support.council import Council
from tests.support.events import BUNHILL, HILLRISE
from tests.support.officer import (
    AGREEMENT_PAGE,
    OBLIGATION_PAGE,
    click_twice,
    receive,
    record_obligation,
    signed_in,
)
from tests.support.portal import Browser, words

VARY = f"{AGREEMENT_PAGE}/vary"
TERMS = {
    "0-purpose": "green-infrastructure",
    "0-amount_pence": "88,596.00",
    "0-trigger": "Before the first occupation of any flat",
    "0-spend_by_months": "60",
    "0-wards": "",
}
DEED = {
    "deed_on-day": "3",
    "deed_on-month": "5",
    "deed_on-year": "2022",
    "document_url": "https://planning.example/variation.pdf",
    "summary": "The sum may be spent within ten years.",
    "name": "Old Street Yard",
    "planning_application": "P2018/2269/FUL",
    **TERMS,
}


async def test_a_deed_of_variation_is_recorded_once_and_both_versions_are_shown(
    council: Council, officer: Browser
) -> None:
    await record_obligation(council)

    sent = await click_twice(officer, VARY, {**DEED, "0-spend_by_months": "120"})

    assert {sent.first.headers["location"], sent.second.headers["location"]} == {
        f"{AGREEMENT_PAGE}?done=variation"
    }
    page = words(await officer.open(f"{AGREEMENT_PAGE}?done=variation"))
    assert "This is the version in force now" in page
    assert "Version 2, in force 3 May 2022 The sum may be spent within ten years." in page
    assert "120 months of receipt" in page
    before = words(await officer.open(f"{AGREEMENT_PAGE}/versions/1"))
    assert "This version ended on 2 May 2022." in before
    assert "60 months of receipt" in before


async def test_what_is_wrong_with_a_variation_stands_beside_its_box(
    council: Council, officer: Browser
) -> None:
    await record_obligation(council)
    wrong = {**DEED, "deed_on-year": "2018", "0-amount_pence": "12.345", "document_url": "deed.pdf"}

    typed = await officer.send(VARY, wrong)
    refused = await officer.send(VARY, {**wrong, "0-amount_pence": "1"})
    of_obligation = await officer.send(VARY, {**DEED, "0-trigger": "a\x07b"})

    assert "Amount of P2018/2269/FUL-COCM must be in pounds and whole pence" in words(typed)
    assert "The deed of variation is dated 3 May 2018" in words(refused)
    assert "Give a web address that begins with https://." in words(refused)
    assert 'href="#0-trigger"' in of_obligation.text
    assert [each.status_code for each in (typed, refused, of_obligation)] == [422, 422, 422]


async def test_a_correction_says_why_and_the_history_from_what_to_what(
    council: Council, officer: Browser
) -> None:
    await record_obligation(council)
    as_it_is = {name.removeprefix("0-"): value for name, value in TERMS.items()}
    right = {**as_it_is, "reference": "P2018/2269/FUL-COCM", "amount_pence": "88569"}

    unexplained = await officer.send(f"{OBLIGATION_PAGE}/correct", right)
    sent = await click_twice(
        officer, f"{OBLIGATION_PAGE}/correct", {**right, "reason": "Two digits swapped."}
    )

    assert "Enter why this is corrected" in words(unexplained)
    assert sent.first.status_code == sent.second.status_code == 303
    history = words(await officer.open(f"{AGREEMENT_PAGE}/history"))
    assert "Obligation corrected: P2018/2269/FUL-COCM Two digits swapped." in history
    assert "Amount: from £88,596.00 to £88,569.00" in history
    file = (await officer.open(f"{AGREEMENT_PAGE}/history.csv")).text
    assert 'Two digits swapped.,Amount,"£88,596.00","£88,569.00"' in file


async def test_an_obligation_that_money_came_under_is_not_corrected(
    council: Council, officer: Browser
) -> None:
    await receive(council)
    as_it_is = {name.removeprefix("0-"): value for name, value in TERMS.items()}
    answers = {**as_it_is, "reference": "P2018/2269/FUL-COCM", "amount_pence": "1", "reason": "Wrong."}

    assert "Correct a mistake in obligation" not in words(await officer.open(AGREEMENT_PAGE))
    refused = await officer.send(f"{OBLIGATION_PAGE}/correct", answers)

    assert refused.status_code == 422
    assert "If the deed was changed, record the deed of variation." in words(refused)


async def test_the_agreement_itself_is_corrected_with_its_developer(
    council: Council, officer: Browser
) -> None:
    await record_obligation(council)
    as_it_is = {
        "reference": "P2018/2269/FUL-da",
        "planning_application": "P2018/2269/FUL",
        "kind": "section_106",
        "deed_on-day": "17",
        "deed_on-month": "4",
        "deed_on-year": "2019",
        "document_url": "https://planning.example/00505112.pdf",
        "reason": "The developer was not recorded.",
    }
    right = {**as_it_is, "name": "Old Street Yard", "developer": "Yard Ltd"}

    unsaid = await officer.send(f"{AGREEMENT_PAGE}/correct", right)
    await click_twice(officer, f"{AGREEMENT_PAGE}/correct", {**right, "developer_kind": "organisation"})

    assert "Select whether the developer is an organisation or a person" in words(unsaid)
    await council.settle()
    assert "Developer Yard Ltd" in words(await officer.open(AGREEMENT_PAGE))


async def test_payees_are_added_removed_and_erased(council: Council, officer: Browser) -> None:
    await record_obligation(council)
    payees = f"{AGREEMENT_PAGE}/payees"

    empty = await officer.send(payees, {"name": ""})
    await click_twice(officer, payees, {"name": "Jo Nobody", "reference": "SUP-1"})
    shown = words(await officer.open(AGREEMENT_PAGE))
    [payee] = await council.contributions.rows("SELECT id FROM payee")
    await click_twice(officer, payees, {}, to=f"{payees}/{payee['id']}/remove")
    again = await officer.send(payees, {}, to=f"{payees}/{payee['id']}/remove")
    await click_twice(officer, payees, {}, to=f"{payees}/erase")

    assert "Enter who is to be refunded" in words(empty)
    assert "Payees Jo Nobody" in shown
    assert "This payee is removed already." in words(again)
    assert "Jo Nobody" not in words(await officer.open(payees))


async def test_wards_are_entered_from_a_file_and_refused_by_their_number(officer: Browser) -> None:
    edition: dict[str, Any] = {
        "organisation": "local-authority-eng:ISL",
        "name": "Wards of May 2022",
        "valid_from-day": "5",
        "valid_from-month": "5",
        "valid_from-year": "2022",
        "source": "An order",
    }

    nothing = await officer.send("/officer/wards/new", edition)
    wrong = await officer.send("/officer/wards/new", {**edition, "wards": f"{BUNHILL}, Bunhill\nE 05, Hill"})
    content = f"WD22CD;WD22NM\r\n{BUNHILL};Bunhill\r\n{HILLRISE};Hillrise\r\n".encode("utf-8-sig")
    made = await officer.send(
        "/officer/wards/new", edition, files={"file": ("wards.csv", content, "text/csv")}
    )

    assert "Select a CSV file of wards, or type them into the box" in words(nothing)
    assert "Ward 2: “E 05” is no code" in words(wrong)
    assert made.status_code == 303
    assert "Bunhill E05013699 Hillrise E05013704" in words(await officer.open(made.headers["location"]))
    assert "Wards of May 2022 local-authority-eng:ISL 5 May 2022" in words(
        await officer.open("/officer/wards")
    )


async def test_agreements_are_filtered_and_the_list_is_a_file(council: Council, officer: Browser) -> None:
    await receive(council)
    start = "/officer/agreements"

    found = words(
        await officer.open(f"{start}?search=old+yard&state=received_in_full&purpose=green-infrastructure")
    )
    none = words(await officer.open(f"{start}?state=secured"))
    wrong = await officer.open(f"{start}?deed_from-day=31&deed_from-month=2&deed_from-year=2020")
    file = (await officer.open(f"{start}.csv?search=old")).text

    assert "Agreements that match “old yard”" in found
    assert "P2018/2269/FUL-da Old Street Yard" in found
    assert "No agreement matches. Check the spelling, or ask for less at once." in none
    assert wrong.status_code == 422
    assert "Earliest date of the deed must be a real date" in words(wrong)
    assert "P2018/2269/FUL-da,Old Street Yard" in file
    assert "88596.00,88596.00" in file


async def test_an_auditor_reads_versions_and_history_and_changes_nothing(council: Council) -> None:
    await record_obligation(council)
    async with signed_in(council, people.AUDITOR) as auditor:
        read = [
            (await auditor.open(f"{AGREEMENT_PAGE}{path}")).status_code
            for path in ("", "/history", "/versions/1")
        ]
        refused = [
            (await auditor.open(f"{AGREEMENT_PAGE}/{path}")).status_code
            for path in ("correct", "vary", "payees")
        ]
        page = words(await auditor.open(AGREEMENT_PAGE))

    assert read == [200, 200, 200]
    assert refused == [403, 403, 403]
    assert "Record a deed of variation" not in page
