"""Corrections, deeds of variation, payees and wards of a deed, through the service and its database."""

from typing import Any

import pytest

from tests.support.contributions_service import (
    a_due_obligation,
    agreement_body,
    obligation_body,
    receipt_body,
)
from tests.support.events import BUNHILL, HILLRISE, ISLINGTON, an_id
from tests.support.open_data import Files, a_contribution_row, an_agreement_row, files
from tests.support.people import AUDITOR, FUND_MANAGER, OFFICER
from tests.support.services import ServiceUnderTest

AGREEMENT = f"/agreements/{an_id('agreement')}"
OBLIGATION = f"{AGREEMENT}/obligations/{an_id('obligation')}"
LATER = "E05099999"


def edition_body(name: str, valid_from: str, *codes: str) -> dict[str, Any]:
    return {
        "edition_id": str(an_id(name)),
        "organisation": ISLINGTON,
        "name": name,
        "valid_from": valid_from,
        "source": "An order of the Local Government Boundary Commission",
        "wards": [{"code": code, "name": f"Ward {code[-2:]}"} for code in codes],
    }


def variation_body(**changes: Any) -> dict[str, Any]:
    return {
        "variation_id": str(an_id("variation")),
        "deed_on": "2022-05-03",
        "document_url": "https://planning.example/variation.pdf",
        "summary": "The sum is lower, and may be spent within ten years.",
        **changes,
    }


def sent(content: Files) -> dict[str, Any]:
    """The three files as a form sends them."""
    named = {"agreements": content.agreements, "contributions": content.contributions}
    uploads = {**named, "transactions": content.transactions}
    return {
        "data": {"import_id": str(an_id("import"))},
        "files": {name: (f"{name}.csv", file) for name, file in uploads.items()},
    }


async def a_recorded_deed(service: ServiceUnderTest, **changes: Any) -> None:
    """An agreement with one obligation of £88,596 to be spent within five years."""
    await service.post("/agreements", OFFICER, agreement_body(**changes))
    await service.post(f"{AGREEMENT}/obligations", OFFICER, obligation_body(spend_by_months=60))


async def test_a_deed_of_variation_makes_a_version_and_keeps_the_one_before(
    contributions: ServiceUnderTest,
) -> None:
    await a_recorded_deed(contributions)
    varied = {"obligation_id": str(an_id("obligation")), "spend_by_months": 120, "amount_pence": 80_000_00}

    answer = await contributions.post(
        f"{AGREEMENT}/variations",
        OFFICER,
        variation_body(agreement={"name": "The Yard"}, obligations=[varied]),
    )

    assert answer == {"id": str(an_id("variation")), "sequence": 4}
    first = await contributions.get(f"{AGREEMENT}/versions/1", AUDITOR)
    second = await contributions.get(f"{AGREEMENT}/versions/2", AUDITOR)
    assert (first["began_on"], first["ended_on"], first["summary"]) == ("2019-04-17", "2022-05-02", None)
    assert (second["began_on"], second["ended_on"]) == ("2022-05-03", None)
    assert (first["terms"]["name"], second["terms"]["name"]) == ("P2018/2269/FUL", "The Yard")
    terms = [
        (each["obligations"][0]["spend_by_months"], each["obligations"][0]["amount_pence"])
        for each in (first, second)
    ]
    assert terms == [(60, 88_596_00), (120, 80_000_00)]


async def test_a_clause_that_a_variation_leaves_as_it_is_does_not_count_as_varied(
    contributions: ServiceUnderTest,
) -> None:
    await a_recorded_deed(contributions)
    same = {"obligation_id": str(an_id("obligation")), "spend_by_months": 60, "wards": []}

    answer = await contributions.post(
        f"{AGREEMENT}/variations", OFFICER, variation_body(obligations=[same], seen_sequence=2)
    )

    assert answer["sequence"] == 3
    assert await contributions.rows("SELECT 1 FROM earlier_obligation") == []


async def test_what_was_decided_by_an_older_look_is_refused(contributions: ServiceUnderTest) -> None:
    await a_recorded_deed(contributions)
    correction = {"correction_id": str(an_id("c")), "reason": "Mistyped.", "name": "Yard", "seen_sequence": 1}

    refused = await contributions.refused(409, "POST", f"{AGREEMENT}/corrections", OFFICER, correction)

    assert refused["code"] == "agreement.changed_meanwhile"


async def test_an_obligation_added_after_a_variation_is_not_in_the_version_before(
    contributions: ServiceUnderTest,
) -> None:
    await a_recorded_deed(contributions)
    await contributions.post(f"{AGREEMENT}/variations", OFFICER, variation_body())
    await contributions.post(f"{AGREEMENT}/obligations", OFFICER, obligation_body("second"))

    numbers = [
        len((await contributions.get(f"{AGREEMENT}/versions/{version}", OFFICER))["obligations"])
        for version in (1, 2)
    ]

    assert numbers == [1, 2]
    await contributions.refused(404, "GET", f"{AGREEMENT}/versions/3", OFFICER)


async def test_money_received_before_a_variation_keeps_its_limits(contributions: ServiceUnderTest) -> None:
    path = await a_due_obligation(contributions, "one", spend_by_months=60)
    agreement = path.partition("/obligations")[0]
    await contributions.post(f"{path}/receipts", OFFICER, receipt_body(amount_pence=50_000_00))
    varied = {"obligation_id": str(an_id("one")), "spend_by_months": 120}
    await contributions.post(f"{agreement}/variations", OFFICER, variation_body(obligations=[varied]))
    later = receipt_body("later", amount_pence=30_000_00, received_on="2022-06-01")
    await contributions.post(f"{path}/receipts", OFFICER, later)

    days = [
        (await contributions.get(f"/pots/{an_id(name)}", OFFICER))["pot"]["spend_by_on"]
        for name in ("receipt", "later")
    ]

    assert days == ["2024-08-30", "2032-06-01"]


async def test_the_history_says_who_changed_what_from_what_to_what(contributions: ServiceUnderTest) -> None:
    await a_recorded_deed(contributions)
    correction = {"correction_id": str(an_id("c")), "reason": "A digit was wrong.", "amount_pence": 88_569_00}
    await contributions.post(f"{OBLIGATION}/corrections", OFFICER, correction)
    await contributions.post(f"{OBLIGATION}/trigger", OFFICER, {"trigger_met_on": "2019-08-01"})
    varied = {"obligation_id": str(an_id("obligation")), "spend_by_months": None}
    await contributions.post(f"{AGREEMENT}/variations", OFFICER, variation_body(obligations=[varied]))
    await contributions.post(
        f"{OBLIGATION}/receipts", OFFICER, receipt_body(amount_pence=10_00, received_on="2022-06-01")
    )

    history = await contributions.get(f"{AGREEMENT}/history", AUDITOR)

    told = [
        (line["event"], [(one["field"], one["before"], one["after"]) for one in line["changes"]])
        for line in history["lines"][2:]
    ]
    assert told == [
        ("obligation.corrected.v1", [("amount_pence", 88_596_00, 88_569_00)]),
        ("obligation.secured.v1", [("trigger_met_on", None, "2019-08-01")]),
        ("agreement.varied.v1", []),
        ("obligation.varied.v1", [("spend_by_months", 60, None)]),
        (
            "pot.opened.v1",
            [
                ("received_pence", None, 10_00),
                ("received_on", None, "2022-06-01"),
                ("opened_by", None, "receipt"),
            ],
        ),
    ]
    assert {line["actor"] for line in history["lines"]} == {str(OFFICER.id)}
    reasons = [line["reason"] for line in history["lines"][2:5]]
    assert reasons == ["A digit was wrong.", None, variation_body()["summary"]]
    first = {one["field"]: one["after"] for one in history["lines"][1]["changes"]}
    assert (first["amount_pence"], first["reference"]) == (88_596_00, "obligation")


async def test_a_correction_stands_against_money_a_taken_reference_and_a_repeat(
    contributions: ServiceUnderTest,
) -> None:
    path = await a_due_obligation(contributions, "one")
    agreement = path.partition("/obligations")[0]
    await contributions.post("/agreements", OFFICER, agreement_body("other"))
    correction = {"correction_id": str(an_id("c")), "reason": "Mistyped."}
    taken = await contributions.refused(
        409, "POST", f"{agreement}/corrections", OFFICER, {**correction, "reference": "other-da"}
    )
    await contributions.post(f"{path}/receipts", OFFICER, receipt_body())

    moved = await contributions.refused(
        409, "POST", f"{path}/corrections", OFFICER, {**correction, "amount_pence": 1}
    )
    date_stands = await contributions.refused(
        422, "POST", f"{agreement}/corrections", OFFICER, {**correction, "deed_on": "2019-04-01"}
    )

    assert (taken["code"], taken["problems"][0]["field"]) == ("agreement.reference_taken", "reference")
    assert moved["code"] == "obligation.money_moved"
    assert date_stands["code"] == "agreement.money_moved"


async def test_a_reference_that_files_told_is_not_corrected_here(contributions: ServiceUnderTest) -> None:
    content = files([an_agreement_row()], [a_contribution_row()], [])
    await contributions.post("/imports", OFFICER, **sent(content))
    agreement = (await contributions.get("/agreements", OFFICER))["agreements"][0]
    correction = {"correction_id": str(an_id("c")), "reason": "Mistyped.", "reference": "mine"}

    refused = await contributions.refused(
        422, "POST", f"/agreements/{agreement['agreement_id']}/corrections", OFFICER, correction
    )

    assert (refused["code"], refused["problems"][0]["field"]) == ("reference.reported", "reference")


async def test_a_deed_names_the_wards_of_the_edition_it_was_signed_under(
    contributions: ServiceUnderTest,
) -> None:
    for edition in (edition_body("old", "2014-05-22", BUNHILL), edition_body("new", "2022-05-05", LATER)):
        await contributions.post("/ward-editions", FUND_MANAGER, edition)

    refused = await contributions.refused(
        422, "POST", "/agreements", OFFICER, agreement_body(ward=LATER, deed_on="2019-04-17")
    )
    await a_recorded_deed(contributions, ward=BUNHILL)
    of_obligation = await contributions.refused(
        422, "POST", f"{AGREEMENT}/obligations", OFFICER, obligation_body("second", wards=[LATER])
    )
    await contributions.post(
        f"{AGREEMENT}/variations",
        OFFICER,
        variation_body(deed_on="2023-01-09", agreement={"ward": LATER}),
    )

    assert f"{LATER} is not a ward of old" in refused["detail"]
    assert of_obligation["code"] == "ward.unknown"
    agreement = await contributions.get(AGREEMENT, OFFICER)
    assert (agreement["ward"], agreement["ward_name"], agreement["ward_edition"]) == (LATER, "Ward 99", "new")
    before = await contributions.get(f"{AGREEMENT}/versions/1", OFFICER)
    assert (before["terms"]["ward"], before["ward_edition"]) == (BUNHILL, "old")
    listed = await contributions.get("/ward-editions", AUDITOR)
    assert [(each["name"], each["valid_until"], each["wards"]) for each in listed] == [
        ("new", None, 1),
        ("old", "2022-05-05", 1),
    ]


async def test_an_edition_is_recorded_once_for_a_day(contributions: ServiceUnderTest) -> None:
    await contributions.post("/ward-editions", OFFICER, edition_body("one", "2022-05-05", BUNHILL))

    again = await contributions.refused(
        409, "POST", "/ward-editions", OFFICER, edition_body("two", "2022-05-05", HILLRISE)
    )

    assert (again["code"], again["problems"][0]["field"]) == ("ward_edition.recorded_before", "valid_from")


async def test_a_persons_name_stays_here_and_can_be_erased(contributions: ServiceUnderTest) -> None:
    person, company = {"name": "Jo Nobody"}, {"name": "Yard Ltd", "is_organisation": True}
    await a_recorded_deed(contributions, developer=person)
    await contributions.post(
        f"{AGREEMENT}/variations", OFFICER, variation_body(agreement={"developer": company})
    )
    for name in ("Jo Nobody", "Yard Ltd"):
        body = {"payee_id": str(an_id(name)), "name": name, "reference": "SUP-1"}
        await contributions.post(f"{AGREEMENT}/payees", OFFICER, body)
    await contributions.post(f"{AGREEMENT}/payees/{an_id('Jo Nobody')}/remove", OFFICER)

    await contributions.post(f"{AGREEMENT}/erase-people", OFFICER)

    kept = await contributions.rows(
        "SELECT (SELECT string_agg(payload, '') FROM event_log) || (SELECT string_agg(terms::text, '') "
        "FROM earlier_agreement) || (SELECT string_agg(concat(name, reference), '') FROM payee) AS everything"
    )
    assert "Nobody" not in kept[0]["everything"]
    agreement = await contributions.get(AGREEMENT, OFFICER)
    assert agreement["developer"] == "Yard Ltd"
    assert [(payee["name"], payee["erased_at"] is None) for payee in agreement["payees"]] == [
        ("Yard Ltd", True),
        (None, False),
    ]
    again = await contributions.refused(
        409, "POST", f"{AGREEMENT}/payees/{an_id('Jo Nobody')}/remove", OFFICER
    )
    assert again["code"] == "payee.removed_before"


@pytest.mark.parametrize("path", ["corrections", "variations", "payees", "erase-people"])
async def test_who_only_reads_the_register_changes_nothing(
    contributions: ServiceUnderTest, path: str
) -> None:
    await a_recorded_deed(contributions)

    await contributions.refused(403, "POST", f"{AGREEMENT}/{path}", AUDITOR, {})


async def test_the_database_keeps_no_ward_of_another_edition_and_no_variation_before_its_deed(
    contributions: ServiceUnderTest,
) -> None:
    await contributions.post("/ward-editions", OFFICER, edition_body("old", "2014-05-22", BUNHILL))
    await a_recorded_deed(contributions, ward=BUNHILL)

    for change in ("ward = 'elsewhere'", "deed_version = 2, varied_on = deed_on", "deed_version = 2"):
        with pytest.raises(Exception, match="violates"):
            await contributions.rows(f"UPDATE agreement SET {change} RETURNING 1")  # noqa: S608 - words above
