"""Evidence is sent first, then the claim that rests on it; never more is claimed than was granted."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from shared.events.applications import ClaimSubmitted
from tests.support.applications import (
    EVIDENCE_ID,
    HERE,
    PDF,
    PNG,
    accepted,
    claim_body,
    offered,
    send_file,
)
from tests.support.events import an_id, payment_made
from tests.support.people import APPLICANT, OFFICER, OTHER_APPLICANT, VERIFIER
from tests.support.services import ServiceUnderTest


async def refused_claim(service: ServiceUnderTest, status: int = 422, **changes: Any) -> dict[str, Any]:
    body = claim_body(**changes)
    return await service.refused(status, "POST", f"{HERE}/claims", APPLICANT, json=body)


async def test_a_file_is_given_back_as_it_was_to_be_saved_and_never_shown(
    applications: ServiceUnderTest,
) -> None:
    await accepted(applications)
    await send_file(applications, PDF, "../..\\evil\u202e name.html")

    path = f"{HERE}/evidence/{EVIDENCE_ID}"
    answer = await applications.request("GET", path, VERIFIER)
    listed = (await applications.get(HERE, APPLICANT))["evidence"]

    assert answer.content == PDF
    assert answer.headers["content-type"] == "application/pdf"
    file_name = f"COF-2019-0001-{str(EVIDENCE_ID)[:8]}.pdf"
    assert answer.headers["content-disposition"] == f'attachment; filename="{file_name}"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert [file["display_name"] for file in listed] == ["evil name.html"]


async def test_a_file_lies_under_its_digest_alone(applications: ServiceUnderTest) -> None:
    await accepted(applications)

    kept = (await send_file(applications, PNG, "../../../outside.png")).json()

    folder = applications.service.settings.files
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert [path.name for path in files] == [kept["sha256"]]
    assert files[0].read_bytes() == PNG
    assert not (folder.parent / "outside.png").exists()


async def test_a_file_that_cannot_be_taken_is_refused_and_not_kept(applications: ServiceUnderTest) -> None:
    await accepted(applications)
    cases = [
        (b"<html><script>alert(1)</script></html>", "evidence.type"),
        (b"", "file.empty"),
        (PDF + b"\0" * (10 * 1024 * 1024), "file.too_large"),
    ]
    for content, code in cases:
        answer = await send_file(applications, content, "invoice.pdf")

        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert answer.json()["problems"][0]["field"] == "file"
    assert [path for path in applications.service.settings.files.rglob("*") if path.is_file()] == []


async def test_a_file_sent_again_by_a_second_click_is_kept_once(applications: ServiceUnderTest) -> None:
    await accepted(applications)
    headers = {"Idempotency-Key": str(uuid4())}

    first = await send_file(applications, headers=headers)
    second = await send_file(applications, headers=headers)
    other = await send_file(applications, PNG, headers=headers)
    anew = await send_file(applications)

    assert (first.status_code, second.json()) == (201, first.json())
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key.reused")
    assert (anew.status_code, anew.json()["code"]) == (409, "evidence.exists")


async def test_files_are_seen_by_the_own_people_and_the_team_alone(applications: ServiceUnderTest) -> None:
    await accepted(applications)
    await send_file(applications)
    path = f"{HERE}/evidence/{EVIDENCE_ID}"

    assert (await applications.request("GET", path, APPLICANT)).status_code == 200
    await applications.refused(404, "GET", path, OTHER_APPLICANT)
    await applications.refused(403, "GET", path, OFFICER)
    await applications.refused(401, "GET", path, None)


async def test_evidence_is_sent_once_the_grant_is_accepted(applications: ServiceUnderTest) -> None:
    await offered(applications)

    answer = await send_file(applications)

    assert (answer.status_code, answer.json()["code"]) == (409, "grant.not_accepted")


async def test_a_claim_says_how_many_files_stand_behind_it(applications: ServiceUnderTest) -> None:
    await accepted(applications)
    await send_file(applications)

    await applications.post(f"{HERE}/claims", APPLICANT, json=claim_body())

    event = (await applications.recorded())[-1]
    assert isinstance(event, ClaimSubmitted)
    assert (event.claimant_id, event.amount_pence, event.evidence_count) == (APPLICANT.id, 10_000_00, 1)


async def test_a_claim_above_what_is_left_names_what_is_left(applications: ServiceUnderTest) -> None:
    await accepted(applications)
    await send_file(applications)
    await applications.post(f"{HERE}/claims", APPLICANT, json=claim_body(29_000_00))

    problem = await refused_claim(applications, amount_pence=1_000_01, claim_id=str(an_id("second claim")))

    assert problem["code"] == "claim.above_grant"
    assert "only £1,000.00 is left" in problem["detail"]


async def test_a_claim_that_cannot_stand_is_refused_by_field(applications: ServiceUnderTest) -> None:
    await accepted(applications)
    await send_file(applications)
    cases: list[tuple[dict[str, Any], str]] = [
        ({"amount_pence": 0}, "amount_pence"),
        ({"claimed_on": "2019-12-01"}, "claimed_on"),
        ({"claimed_on": "2099-01-01"}, "claimed_on"),
        ({"evidence_ids": []}, "evidence_ids"),
        ({"evidence_ids": [str(an_id("nobody's file"))]}, "evidence_ids.0"),
        ({"milestone": ""}, "milestone"),
    ]
    for changes, field in cases:
        problem = await refused_claim(applications, **changes)

        assert [item["field"] for item in problem["problems"]] == [field]
    assert await applications.get(f"{HERE}/claims", APPLICANT) == []


async def test_a_claim_of_the_same_id_counts_once(applications: ServiceUnderTest) -> None:
    await accepted(applications)
    await send_file(applications)
    await applications.post(f"{HERE}/claims", APPLICANT, json=claim_body())

    problem = await refused_claim(applications, 409)

    assert problem["code"] == "claim.exists"
    assert (await applications.get(HERE, APPLICANT))["offer"]["claimed_pence"] == 10_000_00


async def test_two_claims_at_the_same_moment_do_not_exceed_the_grant(applications: ServiceUnderTest) -> None:
    await accepted(applications)
    await send_file(applications)
    bodies = [claim_body(20_000_00, claim_id=str(an_id(name))) for name in ("one", "two")]

    answers = await asyncio.gather(
        *(applications.request("POST", f"{HERE}/claims", APPLICANT, json=body) for body in bodies)
    )

    assert sorted(answer.status_code for answer in answers) == [201, 422]


async def test_the_database_itself_holds_claims_below_the_grant(applications: ServiceUnderTest) -> None:
    await accepted(applications)

    with pytest.raises(IntegrityError, match="offer_check"):
        async with applications.service.sessions.begin() as session:
            await session.execute(text("UPDATE offer SET claimed_pence = amount_pence + 1"))


async def test_a_payment_told_before_its_verification_is_shown(applications: ServiceUnderTest) -> None:
    await accepted(applications)
    await send_file(applications)
    await applications.post(f"{HERE}/claims", APPLICANT, json=claim_body(30_000_00))

    await applications.give(payment_made())

    claim = (await applications.get(f"{HERE}/claims", APPLICANT))[0]
    assert (claim["status"], claim["verified_on"]) == ("paid", None)
    assert claim["voucher"] == payment_made().voucher


async def test_the_answer_that_is_remembered_does_not_name_who_the_file_names(
    applications: ServiceUnderTest,
) -> None:
    await accepted(applications)

    await send_file(applications, name="Invoice for Margaret Tilley.pdf")

    answers = await applications.rows("SELECT answer FROM answered_command")
    assert not any("Margaret" in row["answer"] for row in answers)
