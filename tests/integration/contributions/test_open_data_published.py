"""Publishing the open-data files: what they say, who may, and what an empty service makes of them."""

import csv
import io
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.integration.contributions.test_imports import import_files
from tests.support.contributions_service import a_pot, agreement_body, pay
from tests.support.events import awarded, milestone_verified, offer_accepted
from tests.support.open_data import COUNCIL, Files, faulty_files
from tests.support.people import APPLICANT, AUDITOR, FUND_MANAGER, OFFICER
from tests.support.services import ServiceUnderTest, service_under_test

DATASETS = ("developer-agreement", "developer-agreement-contribution", "developer-agreement-transaction")


async def publish(service: ServiceUnderTest) -> UUID:
    edition_id = uuid4()
    await service.post("/open-data/editions", OFFICER, {"edition_id": str(edition_id)})
    return edition_id


async def published(service: ServiceUnderTest, form: str = "2026") -> Files:
    """The three files as everybody can download them."""
    edition = await publish(service)
    paths = [f"/open-data/editions/{edition}/{form}/{dataset}.csv" for dataset in DATASETS]
    return Files(*[(await service.request("GET", path, None)).content for path in paths])


async def sums(service: ServiceUnderTest) -> list[dict[str, Any]]:
    """What the register says of each obligation: sums, days, and what is left of the money."""
    return await service.rows(
        "SELECT a.reference, a.deed_on, a.document_url, o.reference AS obligation, o.purpose, "
        "o.amount_pence, o.trigger_met_on, "
        "coalesce(sum(p.available_pence + p.reserved_pence + p.committed_pence), 0) AS held "
        "FROM agreement a JOIN obligation o ON o.agreement_id = a.id "
        "LEFT JOIN pot p ON p.obligation_id = o.id GROUP BY a.id, o.id ORDER BY 1, 4"
    )


async def a_fund_in_the_midst_of_its_life(service: ServiceUnderTest) -> None:
    """Two pots, one of which bore a grant that was paid, and an agreement whose trigger is not met."""
    await a_pot(service, "one", 60_000_00)
    await a_pot(service, "two", 333_33, received_on="2020-04-06")
    await service.give(awarded(), offer_accepted(), milestone_verified())
    await pay(service)
    await service.post("/agreements", OFFICER, agreement_body("waiting"))


@pytest.mark.parametrize("form", ["2026", "2019"])
async def test_an_empty_service_that_imports_the_files_has_the_same_register(
    contributions: ServiceUnderTest, postgres_url: str, tmp_path: Path, form: str
) -> None:
    await a_fund_in_the_midst_of_its_life(contributions)
    files = await published(contributions, form)

    async with service_under_test(postgres_url, "contributions", tmp_path) as empty:
        report = await import_files(empty, files)
        there = await sums(empty)

    assert there == await sums(contributions)
    assert report["summary"]["outcomes"]["refused"] == 0
    assert report["summary"]["agreements"] == 3


async def test_the_files_say_what_became_of_the_money_to_the_penny(contributions: ServiceUnderTest) -> None:
    await a_fund_in_the_midst_of_its_life(contributions)

    text = (await published(contributions)).transactions.decode()

    lines = {tuple(line.split(",")[1:4]) for line in text.splitlines()[1:]}
    assert {("one", "received", "60000.00"), ("two", "received", "333.33")} <= lines
    assert {status for _, status, _ in lines} == {"secured", "received", "allocated", "spent"}


async def test_reported_rows_are_published_as_they_counted_and_only_once(
    contributions: ServiceUnderTest, postgres_url: str, tmp_path: Path
) -> None:
    await import_files(contributions, faulty_files())
    files = await published(contributions)

    assert b"T2,A1-C1,spent,1000.01,," in files.transactions
    assert b"T1,A1-C1,received,5000.00,,,local-authority-eng:XMP,2020-12-22,2019-04-16" in files.transactions
    assert len(files.transactions.splitlines()) == 1 + 10
    async with service_under_test(postgres_url, "contributions", tmp_path) as empty:
        await import_files(empty, files)
        assert await sums(empty) == await sums(contributions)


async def test_a_deed_of_variation_is_a_row_of_its_own_and_ends_the_one_before(
    contributions: ServiceUnderTest,
) -> None:
    body = agreement_body("one", document_url="https://planning.example/deed.pdf")
    await contributions.post("/agreements", OFFICER, body)
    for number, deed_on in enumerate(("2020-05-03", "2021-06-04")):
        variation = {
            "variation_id": str(uuid4()),
            "deed_on": deed_on,
            "document_url": f"https://planning.example/variation{number}.pdf",
            "summary": "The money may be spent within ten years.",
        }
        await contributions.post(f"/agreements/{body['agreement_id']}/variations", OFFICER, variation)

    files = await published(contributions)

    rows = list(csv.DictReader(io.StringIO(files.agreements.decode())))
    assert [(row["reference"], row["start-date"], row["end-date"]) for row in rows] == [
        ("one-da", "2019-04-17", "2020-05-02"),
        ("one-da-variation-1", "2020-05-03", "2021-06-03"),
        ("one-da-variation-2", "2021-06-04", ""),
    ]
    assert rows[0]["document-url"] == "https://planning.example/deed.pdf"
    assert rows[2]["notes"] == "Deed of variation of one-da. The money may be spent within ten years."


async def test_a_file_that_breaks_the_specification_is_not_offered(contributions: ServiceUnderTest) -> None:
    wrong = agreement_body("one", planning_application="ends\x0bhere")
    problem = await contributions.refused(422, "POST", "/agreements", OFFICER, wrong)
    assert problem["code"] == "planning_application.control_character"
    body = {"organisation": COUNCIL, "published_as": "Ouzel Valley", "carbon_purpose": "other"}
    problem = await contributions.refused(
        422, "POST", "/open-data/publishing", FUND_MANAGER, {**body, "lists_returned": True}
    )

    assert problem["problems"][0]["field"] == "published_as"
    assert (await contributions.get("/open-data/check", AUDITOR))["may_be_published"] is True


async def test_the_fund_manager_decides_the_code_and_the_purpose_of_carbon_money(
    contributions: ServiceUnderTest,
) -> None:
    await a_pot(contributions, "carbon", 100_00, organisation=COUNCIL, purpose="carbon-offset")
    decision = {
        "organisation": COUNCIL,
        "published_as": "local-authority:XMP",
        "carbon_purpose": "green-infrastructure",
        "lists_returned": False,
    }
    before = (await published(contributions)).contributions
    await contributions.refused(403, "POST", "/open-data/publishing", OFFICER, decision)
    await contributions.post("/open-data/publishing", FUND_MANAGER, decision)

    after = (await published(contributions)).contributions
    assert b",other,100.00,," in before
    assert b",green-infrastructure,100.00,,Carbon offset.,local-authority:XMP" in after
    assert await contributions.get("/open-data/publishing", AUDITOR) == [decision]


async def test_editions_stand_as_they_were_published_and_only_officers_publish(
    contributions: ServiceUnderTest,
) -> None:
    await contributions.post("/agreements", OFFICER, agreement_body("one"))
    first = await publish(contributions)
    await contributions.post("/agreements", OFFICER, agreement_body("two"))
    second = await publish(contributions)

    editions = await contributions.get("/open-data/editions")
    assert [edition["edition_id"] for edition in editions] == [str(second), str(first)]
    assert [edition["agreements"] for edition in editions] == [2, 1]
    path = "/open-data/editions/{}/2026/developer-agreement.csv"
    assert b"two-da" not in (await contributions.request("GET", path.format(first), None)).content
    assert (await contributions.request("GET", path.format(uuid4()), None)).status_code == 404
    for person in (APPLICANT, AUDITOR):
        body = {"edition_id": str(uuid4())}
        await contributions.refused(403, "POST", "/open-data/editions", person, body)
    twice = {"edition_id": str(first)}
    problem = await contributions.refused(409, "POST", "/open-data/editions", OFFICER, twice)
    assert problem["code"] == "edition.published_before"
