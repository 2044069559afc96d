"""What an applicant sends in tests: a village hall that asks for 30,000.00 pounds, complete and right."""

import copy
from typing import Any

from tests.support.events import (
    APPLICATION_ID,
    BUNHILL,
    FUND_ID,
    MEASURE_ID,
    ORGANISATION_ID,
    an_id,
    awarded,
    funds_reserved,
    terms,
)
from tests.support.people import APPLICANT, OFFICER, Person
from tests.support.services import ServiceUnderTest

HERE = f"/applications/{APPLICATION_ID}"
EVIDENCE_ID = an_id("evidence")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 20

WHO = {"legal_status": "registered charity", "may_act": True}
BUILDING = {
    "name": "Old Street Community Hall",
    "address": "1 Invented Street, London",
    "ward": BUNHILL,
    "use": "Lunch club, nursery and dance classes, six days a week.",
    "uprn": "100021234567",
    "tenure": "leased",
    "lease_years_left": 40,
}
MEASURES = {
    "measures": [
        {
            "measure_id": str(MEASURE_ID),
            "kind": "insulation",
            "fuel": "natural_gas",
            "saving_percent": "25",
            "source": "Quote of A. Builder, page 3",
            "lifetime_years": 30,
        },
        {
            "kind": "lighting",
            "fuel": "electricity",
            "saved_kwh": "1500",
            "source": "Lamp schedule",
            "lifetime_years": 15,
        },
    ]
}
ENERGY = {
    "energy": [
        {"fuel": "natural_gas", "period_start": "2018-09-01", "period_end": "2019-09-01", "kwh": "48000"},
        {"fuel": "electricity", "period_start": "2018-09-01", "period_end": "2019-09-01", "kwh": "9000"},
    ]
}
COSTS = {
    "costs": [
        {
            "description": "Loft and wall insulation",
            "net_pence": 50_000_00,
            "vat_pence": 10_000_00,
            "vat_recoverable": False,
            "eligible": True,
            "quote_supplier": "A. Builder",
            "quote_reference": "Q1",
        },
        {
            "description": "Painting",
            "net_pence": 4_000_00,
            "vat_pence": 800_00,
            "vat_recoverable": True,
            "eligible": False,
        },
    ]
}
MATCH_FUNDING = {
    "match_funding": [{"source": "Reserves", "amount_pence": 30_000_00, "confirmed": True}],
    "requested_pence": 30_000_00,
}
SECTIONS: dict[str, dict[str, Any]] = {
    "who": WHO,
    "building": BUILDING,
    "measures": MEASURES,
    "energy": ENERGY,
    "costs": COSTS,
    "match_funding": MATCH_FUNDING,
}


def fund_body(**changes: Any) -> dict[str, Any]:
    """The fund as an officer opens it; changes are of its terms."""
    fund_terms = terms().model_dump(mode="json")
    del fund_terms["fund_id"]
    return {"fund_id": str(FUND_ID), "opens_on": "2019-01-01", "terms": {**fund_terms, **changes}}


def organisation_body(**changes: Any) -> dict[str, Any]:
    """The applicant's organisation."""
    return {
        "organisation_id": str(ORGANISATION_ID),
        "name": "Old Street Community Association",
        "kind": "charity",
        "charity_number": "1098765",
        "contact": {"name": "Ann Other", "email": "ann@example.org", "telephone": "01632 960 001"},
        **changes,
    }


def start_body(**changes: Any) -> dict[str, Any]:
    """A draft of that organisation for that fund."""
    return {
        "application_id": str(APPLICATION_ID),
        "fund_id": str(FUND_ID),
        "organisation_id": str(ORGANISATION_ID),
        **changes,
    }


def claim_body(amount_pence: int = 10_000_00, **changes: Any) -> dict[str, Any]:
    """A claim for works that are done, with one file."""
    return {
        "claim_id": str(an_id("claim")),
        "milestone": "Roof insulated",
        "amount_pence": amount_pence,
        "claimed_on": "2021-03-08",
        "evidence_ids": [str(EVIDENCE_ID)],
        **changes,
    }


def changed(section: str, **changes: Any) -> dict[str, Any]:
    """A section's answers with some of them different."""
    return {**copy.deepcopy(SECTIONS[section]), **changes}


async def draft(service: ServiceUnderTest) -> None:
    """A fund, an organisation and an empty draft."""
    await service.post("/funds", OFFICER, json=fund_body())
    await service.post("/organisations", APPLICANT, json=organisation_body())
    await service.post("/applications", APPLICANT, json=start_body())


async def version(service: ServiceUnderTest, person: Person = APPLICANT) -> int:
    """The draft's version now."""
    found: int = (await service.get(HERE, person))["version"]
    return found


async def save(
    service: ServiceUnderTest, section: str, answers: dict[str, Any], on_version: int | None = None
) -> Any:
    """Save a section on the draft as it is now, or as it was at the version given."""
    body = {"version": await version(service) if on_version is None else on_version, **answers}
    answer = await service.request("PUT", f"{HERE}/sections/{section}", APPLICANT, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def refused_save(
    service: ServiceUnderTest, section: str, answers: dict[str, Any], status: int = 422
) -> dict[str, Any]:
    """Save a section that must be refused; answers the problem."""
    body = {"version": await version(service), **answers}
    return await service.refused(status, "PUT", f"{HERE}/sections/{section}", APPLICANT, json=body)


async def complete(service: ServiceUnderTest) -> None:
    """A draft with every section answered."""
    await draft(service)
    for on_version, (section, answers) in enumerate(SECTIONS.items()):
        await save(service, section, answers, on_version)


async def submitted(service: ServiceUnderTest) -> None:
    """An application that was sent on 1 October 2019."""
    await complete(service)
    await service.post(f"{HERE}/submit", APPLICANT, json={"submitted_on": "2019-10-01"})


async def offered(service: ServiceUnderTest) -> None:
    """An application with a grant of 30,000.00 offered on 14 November 2019."""
    await submitted(service)
    await service.give(awarded(), funds_reserved())


async def accepted(service: ServiceUnderTest) -> None:
    """An application whose grant was accepted on 2 December 2019."""
    await offered(service)
    await service.post(f"{HERE}/accept", APPLICANT, json={"accepted_on": "2019-12-02"})


async def send_file(
    service: ServiceUnderTest, content: bytes = PDF, name: str = "invoice.pdf", **kwargs: Any
) -> Any:
    """Send a file of evidence."""
    kwargs.setdefault("data", {"evidence_id": str(EVIDENCE_ID)})
    files = {"file": (name, content, "application/octet-stream")}
    return await service.request("POST", f"{HERE}/evidence", APPLICANT, files=files, **kwargs)
