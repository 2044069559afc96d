"""The steps of a pound's life, one function each, as the people of a fund take them over HTTP."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from deploy.local.demonstration.client import FundClient, Person
from services.portal.identity import people

SMALLEST_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """An application as its organisation fills it in; bodies are those of the applications service."""

    name: str
    applicant: Person
    organisation: str
    organisation_kind: str
    building: Mapping[str, Any]
    measures: Sequence[Mapping[str, Any]]
    energy: Sequence[Mapping[str, Any]]
    costs: Sequence[Mapping[str, Any]]
    match_funding: Sequence[Mapping[str, Any]]
    requested_pence: int
    submitted_on: date


def is_there(_answer: object) -> bool:
    """Whatever was answered: it is there."""
    return True


async def open_fund(fund: FundClient, terms: Mapping[str, Any], opens_on: date) -> UUID:
    """The officer opens the fund."""
    fund_id = fund.id("fund", terms["name"])
    body = {"fund_id": str(fund_id), "opens_on": opens_on.isoformat(), "terms": dict(terms)}
    await fund.post("applications", "/funds", people.OFFICER, body)
    return fund_id


async def draft(fund: FundClient, fund_id: UUID, application: Application) -> tuple[UUID, int]:
    """The organisation registers, starts, and saves every section; answers the id and the last version."""
    organisation_id = fund.id("organisation", application.organisation)
    organisation = {
        "organisation_id": str(organisation_id),
        "name": application.organisation,
        "kind": application.organisation_kind,
        "contact": {"name": "The secretary", "email": "secretary@example.org"},
    }
    await fund.post("applications", "/organisations", application.applicant, organisation)
    application_id = fund.id("application", application.name)
    start = {
        "application_id": str(application_id),
        "fund_id": str(fund_id),
        "organisation_id": str(organisation_id),
    }
    started = await fund.post("applications", "/applications", application.applicant, start)
    return application_id, await _save_sections(fund, application, application_id, started["version"])


async def _save_sections(
    fund: FundClient, application: Application, application_id: UUID, version: int
) -> int:
    sections: dict[str, dict[str, Any]] = {
        "who": {"legal_status": "Registered charity", "may_act": True},
        "building": dict(application.building),
        "measures": {"measures": [_measure(fund, application, line) for line in application.measures]},
        "energy": {"energy": list(application.energy)},
        "costs": {"costs": list(application.costs)},
        "match_funding": {
            "match_funding": list(application.match_funding),
            "requested_pence": application.requested_pence,
        },
    }
    for name, answers in sections.items():
        path = f"/applications/{application_id}/sections/{name}"
        body = {"version": version, **answers}
        version = (await fund.put("applications", path, application.applicant, body))["version"]
    return version


def _measure(fund: FundClient, application: Application, line: Mapping[str, Any]) -> dict[str, Any]:
    return {"measure_id": str(fund.id("measure", application.name, line["kind"])), **line}


async def submit(fund: FundClient, fund_id: UUID, application: Application) -> UUID:
    """The organisation fills everything in and sends it."""
    application_id, _ = await draft(fund, fund_id, application)
    body = {"submitted_on": application.submitted_on.isoformat()}
    await fund.post("applications", f"/applications/{application_id}/submit", application.applicant, body)
    await fund.until(
        lambda: fund.get("assessment", f"/assessments/{application_id}", people.DECISION_MAKER),
        is_there,
        f"{application.name} reaches assessment",
    )
    return application_id


async def score(fund: FundClient, application_id: UUID, person: Person, scores: Mapping[str, int]) -> None:
    """An assessor declares no interest, reads, and scores every criterion."""
    place = f"/assessments/{application_id}"
    await fund.post("assessment", f"{place}/interest", person, {"has_interest": False})
    await fund.until(
        lambda: fund.get("applications", f"/applications/{application_id}/for-assessment", person),
        is_there,
        "the declaration opens the application",
    )
    lines = [
        {
            "criterion": criterion,
            "score": points,
            "justification": f"Supported by the evidence: {points} of 5.",
        }
        for criterion, points in scores.items()
    ]
    await fund.put("assessment", f"{place}/scores", person, {"scores": lines})


async def award(
    fund: FundClient, application_id: UUID, amount_pence: int, decided_on: date, reasons: str
) -> UUID:
    """Somebody who did not score decides to award."""
    award_id = fund.id("award", application_id)
    body = {
        "award_id": str(award_id),
        "outcome": "award",
        "amount_pence": amount_pence,
        "decided_on": decided_on.isoformat(),
        "reasons": reasons,
    }
    await fund.post("assessment", f"/assessments/{application_id}/decision", people.DECISION_MAKER, body)
    return award_id


async def decline(
    fund: FundClient, application_id: UUID, decided_on: date, reasons: str, way_forward: str
) -> None:
    """Somebody who did not score decides against, with a way forward."""
    body = {
        "outcome": "decline",
        "decided_on": decided_on.isoformat(),
        "reasons": reasons,
        "way_forward": way_forward,
    }
    await fund.post("assessment", f"/assessments/{application_id}/decision", people.DECISION_MAKER, body)


async def status_becomes(fund: FundClient, application_id: UUID, applicant: Person, status: str) -> Any:
    """The applicant sees that the application has this status."""
    return await fund.until(
        lambda: fund.get("applications", f"/applications/{application_id}", applicant),
        lambda application: bool(application["status"] == status),
        f"the application is {status}",
    )


async def is_offered(fund: FundClient, application_id: UUID, applicant: Person) -> None:
    """The applicant sees that the grant is, or was, offered."""
    await fund.until(
        lambda: fund.get("applications", f"/applications/{application_id}", applicant),
        lambda application: application["offer"] is not None,
        "the grant is offered",
    )


async def accept(fund: FundClient, application_id: UUID, applicant: Person, accepted_on: date) -> None:
    """The organisation accepts its offer; its project starts and its money is committed."""
    await is_offered(fund, application_id, applicant)
    body = {"accepted_on": accepted_on.isoformat()}
    await fund.post("applications", f"/applications/{application_id}/accept", applicant, body)
    await fund.until(
        lambda: fund.get("monitoring", f"/projects/{application_id}", people.VERIFIER),
        is_there,
        "the project starts",
    )
    await fund.until(
        lambda: fund.get("contributions", f"/grant-fundings/{application_id}", people.PAYMENT_REQUESTER),
        lambda funding: funding["accepted_on"] is not None,
        "the reservation is committed",
    )


async def claim(
    fund: FundClient, application_id: UUID, applicant: Person, amount_pence: int, claimed_on: date
) -> UUID:
    """The organisation claims with evidence, and the claim reaches the team."""
    claim_id, evidence_id = fund.id("claim", application_id), fund.id("evidence", application_id)
    await fund.upload(
        "applications",
        f"/applications/{application_id}/evidence",
        applicant,
        {"file": ("invoice.pdf", SMALLEST_PDF)},
        {"evidence_id": str(evidence_id)},
    )
    body = {
        "claim_id": str(claim_id),
        "milestone": "Works completed",
        "amount_pence": amount_pence,
        "claimed_on": claimed_on.isoformat(),
        "evidence_ids": [str(evidence_id)],
    }
    await fund.post("applications", f"/applications/{application_id}/claims", applicant, body)
    await fund.until(
        lambda: fund.get("monitoring", f"/projects/{application_id}", people.VERIFIER),
        lambda project: any(line["claim_id"] == str(claim_id) for line in project["claims"]),
        "the claim reaches the team",
    )
    return claim_id


async def verify_claim(fund: FundClient, application_id: UUID, claim_id: UUID, verified_on: date) -> None:
    """The team sees that the works are done, and finance that the claim is payable."""
    body = {"verified_on": verified_on.isoformat(), "finding": "Seen on site: installed as claimed."}
    await fund.post(
        "monitoring", f"/projects/{application_id}/claims/{claim_id}/verify", people.VERIFIER, body
    )
    await fund.until(
        lambda: fund.get("contributions", f"/grant-fundings/{application_id}", people.PAYMENT_REQUESTER),
        lambda funding: any(line["claim_id"] == str(claim_id) for line in funding["claims"]),
        "the claim is payable",
    )


async def request_payment(
    fund: FundClient, application_id: UUID, claim_id: UUID, requested_on: date, *, after: UUID | None = None
) -> UUID:
    """One of finance asks for the claim to be paid, again where the payment `after` was refused."""
    payment_id = fund.id("payment", after or claim_id)
    body = {
        "payment_id": str(payment_id),
        "application_id": str(application_id),
        "claim_id": str(claim_id),
        "requested_on": requested_on.isoformat(),
    }
    await fund.post("contributions", "/payments", people.PAYMENT_REQUESTER, body)
    return payment_id


async def refuse_payment(fund: FundClient, payment_id: UUID, refused_on: date, reason: str) -> None:
    """Whoever asked takes the request back."""
    refusal = {"refused_on": refused_on.isoformat(), "reason": reason}
    await fund.post("contributions", f"/payments/{payment_id}/refuse", people.PAYMENT_REQUESTER, refusal)


async def approve_and_pay(fund: FundClient, payment_id: UUID, approved_on: date, paid_on: date) -> None:
    """Another of finance approves; the finance system pays, and its voucher and date are recorded."""
    place = f"/payments/{payment_id}"
    approved = {"approved_on": approved_on.isoformat()}
    await fund.post("contributions", f"{place}/approve", people.PAYMENT_APPROVER, approved)
    paid = {"voucher": f"V{payment_id.int % 1_000_000:06}", "paid_on": paid_on.isoformat()}
    await fund.post("contributions", f"{place}/paid", people.PAYMENT_REQUESTER, paid)
