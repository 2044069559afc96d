"""What the fund's own people do to an application between an applicant's pages, by HTTP."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import text

from tests.support import people
from tests.support.events import GREEN, ISLINGTON, savings_verified

if TYPE_CHECKING:
    from tests.support.council import Council

REASONS = "Saves much carbon for the money and keeps a well-used hall warm."
DECLINED = "The quotes do not cover the works that are described."
WAY_FORWARD = "Ask the installers for quotes of the same works and apply again."
PATIENCE = 50
RECEIVED_PENCE = 88_596_00
KEEP_SAVING = text(
    """
    INSERT INTO saving (saving_id, application_id, period_start, period_end, verified_on, verifier_id,
                        avoided_kwh, saved_kg_co2e, verdict, published)
    VALUES (:saving_id, :application_id, :period_start, :period_end, :verified_on, :verifier_id,
            :avoided_kwh, :saved_kg_co2e, :verdict, CAST(:published AS jsonb))
    """
)


@dataclass(frozen=True)
class FundStaff:
    """Officer, assessors, decision-maker, verifier and finance, for one application."""

    council: Council
    application_id: str

    async def receive(self, amount_pence: int = RECEIVED_PENCE) -> None:
        """A developer's payment that the fund may spend."""
        agreement, obligation = uuid4(), uuid4()
        here = f"/agreements/{agreement}/obligations/{obligation}"
        deed = {
            "agreement_id": str(agreement),
            "organisation": ISLINGTON,
            "reference": f"P2018/2269/FUL-{str(agreement)[:8]}",
            "planning_application": "P2018/2269/FUL",
            "kind": "section_106",
            "deed_on": "2019-03-12",
        }
        clause = {
            "obligation_id": str(obligation),
            "reference": "P2018/2269/FUL-COCM",
            "purpose": GREEN,
            "amount_pence": amount_pence,
            "trigger": "Before the first occupation of any flat",
        }
        receipt = {"receipt_id": str(uuid4()), "amount_pence": amount_pence, "received_on": "2019-06-03"}
        await self._officer("/agreements", deed)
        await self._officer(f"/agreements/{agreement}/obligations", clause)
        await self._officer(f"{here}/trigger", {"trigger_met_on": "2019-05-01"})
        await self._officer(f"{here}/receipts", receipt)
        await self.council.settle()

    async def award(self, amount_pence: int = 30_000_00) -> None:
        """Scored by two without an interest, awarded on 14 November 2019."""
        award = {"award_id": str(uuid4()), "outcome": "award", "amount_pence": amount_pence}
        await self._decide({**award, "reasons": REASONS})

    async def decline(self) -> None:
        """Scored by two, declined on 14 November 2019."""
        await self._decide({"outcome": "decline", "reasons": DECLINED, "way_forward": WAY_FORWARD})

    async def verify_and_pay(self) -> None:
        """The first claim: verified by the team, paid by two people."""
        [claim] = await self.council.applications.rows(
            "SELECT id FROM claim WHERE application_id = CAST(:id AS uuid) LIMIT 1", id=self.application_id
        )
        await self._do(
            "monitoring",
            f"/projects/{self.application_id}/claims/{claim['id']}/verify",
            people.VERIFIER,
            {"verified_on": "2021-03-15", "finding": "The roof is insulated as quoted."},
        )
        await self.council.settle()
        await self._pay(claim["id"])
        await self.council.settle()

    async def measure(self, **changes: Any) -> None:
        """A verified saving as monitoring keeps it: how it is found is for monitoring's own tests."""
        told = savings_verified(application_id=UUID(self.application_id), saving_id=uuid4(), **changes)
        row = {
            **told.model_dump(include=COLUMNS),
            "verdict": "The saving is larger than the band, so it can be told from no change.",
            "published": json.dumps(told.model_dump(mode="json")),
        }
        async with self.council.monitoring.service.sessions.begin() as session:
            await session.execute(KEEP_SAVING, row)

    async def _officer(self, path: str, body: dict[str, Any]) -> None:
        await self._do("contributions", path, people.OFFICER, body)

    async def _do(
        self, service: str, path: str, person: people.Person, body: dict[str, Any], method: str = "POST"
    ) -> None:
        """Act; where a browser test carries the events meanwhile, wait until the service has heard of it."""
        for _ in range(PATIENCE):
            key = {"Idempotency-Key": str(uuid4())}
            answer = await self.council.services[service].request(
                method, path, person, json=body, headers=key
            )
            if answer.status_code in {200, 201}:
                return
            await self.council.settle()
            await asyncio.sleep(0.1)
        raise AssertionError(answer.text)

    async def _decide(self, decision: dict[str, Any]) -> None:
        await self.council.settle()
        for assessor in (people.FIRST_ASSESSOR, people.SECOND_ASSESSOR):
            await self._score(assessor)
        path = f"/assessments/{self.application_id}/decision"
        body = {"decided_on": date(2019, 11, 14).isoformat(), **decision}
        await self._do("assessment", path, people.DECISION_MAKER, body)
        await self.council.settle()

    async def _score(self, assessor: people.Person) -> None:
        path = f"/assessments/{self.application_id}"
        await self._do("assessment", f"{path}/interest", assessor, {"has_interest": False})
        scores = [
            {"criterion": code, "score": 4, "justification": "Shown by the quotes and by the bills."}
            for code in ("carbon", "community", "delivery")
        ]
        await self._do("assessment", f"{path}/scores", assessor, {"scores": scores}, "PUT")

    async def _pay(self, claim_id: UUID) -> None:
        payment_id = str(uuid4())
        request = {
            "payment_id": payment_id,
            "application_id": self.application_id,
            "claim_id": str(claim_id),
            "requested_on": "2021-03-16",
        }
        paid = {"voucher": f"V-{payment_id}", "paid_on": "2021-03-24"}
        here = f"/payments/{payment_id}"
        await self._do("contributions", "/payments", people.PAYMENT_REQUESTER, request)
        await self._do(
            "contributions", f"{here}/approve", people.PAYMENT_APPROVER, {"approved_on": "2021-03-17"}
        )
        await self._do("contributions", f"{here}/paid", people.PAYMENT_REQUESTER, paid)


COLUMNS = {
    "saving_id",
    "application_id",
    "period_start",
    "period_end",
    "verified_on",
    "verifier_id",
    "avoided_kwh",
    "saved_kg_co2e",
}
