"""The letter of a demand: it opens, everybody can read it, and it says the sums to the penny."""

import asyncio
import re
import shutil
import subprocess
import zlib
from pathlib import Path
from typing import Any

import pytest

from tests.support.contributions_service import a_due_obligation
from tests.support.demands import a_series, publish
from tests.support.events import an_id
from tests.support.people import OFFICER, PAYMENT_REQUESTER
from tests.support.services import ServiceUnderTest

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
VALUES = "2019-03,330,\n2019-04,331,\n2019-05,332,\n2019-06,340,yes"
LETTER = {
    "council_name": "Netherbourne Council",
    "council_address": "Civic Offices\n1 High Street",
    "addressee": "Homes #let x = 1 & Söhne Ltd",
    "addressee_address": "2 Mill Lane\nNetherbourne",
    "how_to_pay": "By bank transfer to the account on our website.",
}


async def a_letter(service: ServiceUnderTest, **changes: Any) -> bytes:
    await a_series(service)
    await publish(service, VALUES, "2019-07-02")
    path = await a_due_obligation(service, "one", amount_pence=88_596_00)
    terms = {
        "clause": "Schedule 2, paragraph 3",
        "indexation": {"basis": "index", "series_id": str(an_id("series"))},
        "days_to_pay": 14,
        "late_interest": {"bank": "Bank of England", "margin_percent": "4.00", "compounding": "simple"},
    }
    await service.post(f"{path}/payment-terms", OFFICER, terms)
    demand = {"demand_id": str(an_id("demand")), "issued_on": "2019-07-03", "letter": LETTER, **changes}
    await service.post(f"{path}/demands", OFFICER, demand)
    return await downloaded(service)


async def downloaded(service: ServiceUnderTest) -> bytes:
    answer = await service.request("GET", f"/demands/{an_id('demand')}/letter.pdf", PAYMENT_REQUESTER)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    return answer.content


def opened(pdf: bytes) -> bytes:
    """The objects of a PDF, with what is compressed unpacked."""
    return pdf + b"\n".join(unpacked(part) for part in STREAM.findall(pdf))


def unpacked(part: bytes) -> bytes:
    try:
        return zlib.decompress(part)
    except zlib.error:
        return b""


async def test_the_letter_is_tagged_and_names_its_title_and_language(contributions: ServiceUnderTest) -> None:
    objects = opened(await a_letter(contributions))

    assert objects.startswith(b"%PDF-")
    assert b"/MarkInfo" in objects
    assert b"/StructTreeRoot" in objects
    assert re.search(rb"/Lang\s*\(en-GB\)", objects)
    assert b"pdfuaid:part>1</pdfuaid:part" in objects
    assert b"Demand D2019-0001 for payment under a planning obligation" in objects
    assert {b"/H1", b"/H2", b"/TH", b"/Table"} <= set(re.findall(rb"/S\s*(/\w+)", objects))


async def test_the_same_demand_gives_the_same_bytes(contributions: ServiceUnderTest) -> None:
    assert await a_letter(contributions) == await downloaded(contributions)


async def test_the_letter_says_the_sums_to_the_penny_and_how_they_came_about(
    contributions: ServiceUnderTest, tmp_path: Path
) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(await a_letter(contributions))
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is missing: install poppler-utils to read the letter as its addressee does")

    command = [program, "-layout", str(file), "-"]
    text = await asyncio.to_thread(subprocess.check_output, command, text=True)

    said = " ".join(text.split())
    for part in (
        "Netherbourne Council",
        "Homes #let x = 1 & Söhne Ltd",
        "Under agreement agreement one-da dated 17 April 2019",
        "Sum in the deed £88,596.00",
        "Sum demanded £91,280.73",
        "To be paid by 17 July 2019",
        "340 (published 2 July 2019, provisional)",
        "£91,280.7272...",
        "Quote the reference D2019-0001",
        "The deed (Schedule 2, paragraph 3) asks interest",
        "4% a year above the base rate of Bank of England",
        "simple interest, on a year of 365 days",
    ):
        assert part in said


async def test_a_withdrawn_demands_letter_says_not_to_pay_it(contributions: ServiceUnderTest) -> None:
    before = await a_letter(contributions)
    said = {"reason": "The deed was varied.", "withdrawn_on": "2019-07-04"}
    await contributions.post(f"/demands/{an_id('demand')}/withdrawal", OFFICER, said)

    assert await downloaded(contributions) != before


async def test_a_letter_without_addresses_and_terms_is_written_too(contributions: ServiceUnderTest) -> None:
    path = await a_due_obligation(contributions, "one")
    demand = {"demand_id": str(an_id("demand")), "issued_on": "2019-07-03"}
    await contributions.post(f"{path}/demands", OFFICER, demand)

    assert (await downloaded(contributions)).startswith(b"%PDF-")
