"""The service on a real database beside a plain model: after every act both say the same.

`OFFSET_FUND_EXAMPLES=500` looks at more lives of a fund than the few of every test run.
"""

import asyncio
import os
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from services.contributions.domain.receipts.receipt import spend_by
from tests.support.contributions_service import (
    DEED_ON,
    agreement_body,
    assert_books_balance,
    obligation_body,
    payment_body,
    receipt_body,
)
from tests.support.events import (
    BUNHILL,
    HILLRISE,
    ISLINGTON,
    an_id,
    awarded,
    milestone_verified,
    offer_accepted,
)
from tests.support.events.applications import offer_declined
from tests.support.people import OFFICER, PAYMENT_APPROVER, PAYMENT_REQUESTER
from tests.support.plain_fund import PlainFund, PlainGrant, PlainPot
from tests.support.services import ServiceUnderTest, service_under_test

EXAMPLES = int(os.environ.get("OFFSET_FUND_EXAMPLES", "5"))
STEPS = 20
OBLIGATIONS: dict[str, dict[str, Any]] = {
    "lapsed": {"spend_by_months": 1},
    "bunhill": {"spend_by_months": 60, "wards": [BUNHILL]},
    "everywhere": {"spend_by_months": 66},
    "undated": {"spend_by_months": None},
    "roads": {"spend_by_months": 60, "purpose": "highways"},
}
DECIDED_ON = date(2019, 11, 14)
PENCE = st.integers(1, 900_00)
ANY = st.integers(0, 10_000)
AWARDS = st.lists(
    st.tuples(st.integers(1, 5), PENCE, st.sampled_from([BUNHILL, HILLRISE])), min_size=1, max_size=4
)
BALANCES = """
    SELECT id, received_pence AS received, available_pence AS available, reserved_pence AS reserved,
           committed_pence AS committed, payment_requested_pence AS payment_requested,
           payment_approved_pence AS payment_approved, paid_pence AS paid, interest_pence AS interest,
           refund_requested_pence AS refund_requested, refund_approved_pence AS refund_approved,
           returned_pence AS returned FROM pot
"""
SHARES = """
    SELECT g.application_id, s.pot_id, s.amount_pence - s.released_pence AS pence
    FROM grant_funding g JOIN award_share s USING (award_id)
    WHERE s.amount_pence > s.released_pence ORDER BY s.number
"""
OVERPAID = """
    SELECT a.id FROM award a JOIN payment p ON p.award_id = a.id JOIN payment_share s ON s.payment_id = p.id
    GROUP BY a.id HAVING sum(s.amount_pence) > a.requested_pence
"""
GAPS = "SELECT topic, key FROM event_log GROUP BY topic, key HAVING max(sequence) <> count(*)"


class FundOfManyActs(RuleBasedStateMachine):
    """Receipts, reversals, interest, refunds, awards, claims and payments, in any order that can happen."""

    def __init__(self, postgres_url: str, files: Path) -> None:
        super().__init__()
        self.runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)
        self.stack, self.fund, self.count = AsyncExitStack(), PlainFund(), 0
        self.refunds: dict[UUID, UUID] = {}
        entering = self.stack.enter_async_context(service_under_test(postgres_url, "contributions", files))
        self.service: ServiceUnderTest = self.runner.run(entering)

    def teardown(self) -> None:
        self.runner.run(self.stack.aclose())
        self.runner.close()

    @initialize()
    def a_deed_of_several_obligations(self) -> None:
        self.path = f"/agreements/{an_id('agreement')}/obligations"
        self._post("/agreements", OFFICER, agreement_body())
        for name, limits in OBLIGATIONS.items():
            self._post(self.path, OFFICER, obligation_body(name, amount_pence=10_000_000_00, **limits))
            trigger = {"trigger_met_on": DEED_ON.isoformat()}
            self._post(f"{self.path}/{an_id(name)}/trigger", OFFICER, trigger)
        self.receive("everywhere", 900_00, 0)
        self.award_some_at_once([(1, 700_00, BUNHILL)])
        self.accept(0)

    @rule(name=st.sampled_from(sorted(OBLIGATIONS)), pence=PENCE, days=st.integers(0, 190))
    def receive(self, name: str, pence: int, days: int) -> None:
        received_on, pot = DEED_ON + timedelta(days=days), f"pot {self._next()}"
        body = receipt_body(pot, amount_pence=pence, received_on=received_on.isoformat())
        self._post(f"{self.path}/{an_id(name)}/receipts", OFFICER, body)
        ends_on = spend_by(received_on, OBLIGATIONS[name]["spend_by_months"])
        ward = BUNHILL if name == "bunhill" else None
        lawful = name != "roads" and (ends_on is None or ends_on >= DECIDED_ON)
        self.fund.pots[an_id(pot)] = PlainPot(pence, ends_on, ward, lawful)

    @rule(awards=AWARDS)
    def award_some_at_once(self, awards: Sequence[tuple[int, int, str]]) -> None:
        told = []
        for number, pence, ward in awards:
            grant = self.fund.grants.setdefault(number, PlainGrant())
            if grant.state in {"new", "refused", "released"} and not grant.payments:
                grant.awards += 1
                self.fund.award(number, pence, ward)
                told.append(awarded(**self._ids(number), amount_pence=pence, ward=ward))
        self._give(*told)

    @precondition(lambda self: self._in("reserved"))
    @rule(pick=ANY)
    def accept(self, pick: int) -> None:
        number, grant = self._pick(pick, "reserved")
        grant.state = "committed"
        self._give(offer_accepted(**self._ids(number)))

    @precondition(lambda self: self._in("reserved"))
    @rule(pick=ANY)
    def decline(self, pick: int) -> None:
        number, grant = self._pick(pick, "reserved")
        self.fund.give_back(grant)
        self._give(offer_declined(**self._ids(number)))

    @precondition(lambda self: self._in("committed"))
    @rule(pick=ANY, some=PENCE, kind=st.sampled_from(["some", "all that is left", "a penny more"]))
    def verify_a_claim(self, pick: int, some: int, kind: str) -> None:
        number, grant = self._pick(pick, "committed")
        left = grant.rest.total() - sum(grant.payable.values())
        pence = {"some": some, "all that is left": max(left, 1), "a penny more": left + 1}[kind]
        claim_id = an_id(f"claim {self._next()}")
        payable = self.fund.claim(grant, claim_id, pence)
        self._give(
            milestone_verified(
                application_id=self._ids(number)["application_id"], claim_id=claim_id, amount_pence=pence
            )
        )
        (row,) = self._rows("SELECT state FROM claim WHERE id = :id", id=claim_id)
        assert row["state"] == ("payable" if payable else "disputed")

    @precondition(lambda self: self._claims())
    @rule(pick=ANY)
    def request_a_payment(self, pick: int) -> None:
        claims = self._claims()
        number, claim_id = claims[pick % len(claims)]
        self.fund.request(self.fund.grants[number], claim_id)
        application_id = str(self._ids(number)["application_id"])
        ids = {"payment_id": str(claim_id), "application_id": application_id, "claim_id": str(claim_id)}
        self._post("/payments", PAYMENT_REQUESTER, payment_body(**ids))

    @precondition(lambda self: self._payments("payment_requested"))
    @rule(pick=ANY, too_early=st.booleans())
    def approve_a_payment(self, pick: int, *, too_early: bool) -> None:
        payments = self._payments("payment_requested")
        grant, claim_id = payments[pick % len(payments)]
        if too_early:
            self._pay(claim_id, status=409)
        self._post(f"/payments/{claim_id}/approve", PAYMENT_APPROVER, {"approved_on": "2021-04-06"})
        grant.payments[claim_id].state = "payment_approved"

    @precondition(lambda self: self._payments("payment_approved"))
    @rule(pick=ANY)
    def make_a_payment(self, pick: int) -> None:
        payments = self._payments("payment_approved")
        grant, claim_id = payments[pick % len(payments)]
        self._pay(claim_id, status=201)
        grant.payments[claim_id].state = "paid"
        if not grant.rest and {payment.state for payment in grant.payments.values()} == {"paid"}:
            grant.state = "paid"

    @rule(pick=ANY)
    def reverse_a_receipt(self, pick: int) -> None:
        pot_id = self._pot(pick)
        can = self.fund.may_reverse(pot_id)
        body = {"reversed_on": "2021-05-04", "reason": "Posted to the wrong agreement."}
        self._try(f"/pots/{pot_id}/reversal", OFFICER, body, status=201 if can else 409)
        self.fund.pots[pot_id].is_reversed |= can

    @rule(pence=PENCE)
    def share_interest(self, pence: int) -> None:
        number = self._next()
        body = {
            "interest_id": str(an_id(f"interest {number}")),
            "organisation": ISLINGTON,
            "period_start": f"{1 + number // 12 + 2021}-{number % 12 + 1:02}-01",
            "period_end": f"{1 + number // 12 + 2021}-{number % 12 + 1:02}-28",
            "amount_pence": pence,
        }
        shared = self.fund.share_interest(pence)
        self._try("/interest", PAYMENT_REQUESTER, body, status=201 if shared else 422)

    @rule(pick=ANY, pence=PENCE)
    def ask_for_a_refund(self, pick: int, pence: int) -> None:
        pot_id = self._pot(pick)
        pot, refund_id = self.fund.pots[pot_id], an_id(f"refund {self._next()}")
        within = pence <= self.fund.available(pot_id)
        body = {
            "refund_id": str(refund_id),
            "pot_id": str(pot_id),
            "amount_pence": pence,
            "payee": "Somebody named in the deed",
            "reason": "Unspent.",
            "requested_on": "2021-05-04",
        }
        status = 422 if not within else 409 if pot.refund else 201
        self._try("/refunds", PAYMENT_REQUESTER, body, status=status)
        if status == 201:
            pot.refund, self.refunds[pot_id] = ("refund_requested", pence), refund_id

    @precondition(lambda self: self._refunds())
    @rule(pick=ANY, act=st.sampled_from(["approve", "refuse", "returned"]))
    def take_a_refund_further(self, pick: int, act: str) -> None:
        refunds = self._refunds()
        pot_id = refunds[pick % len(refunds)]
        pot = self.fund.pots[pot_id]
        assert pot.refund is not None
        state, pence = pot.refund
        can = act == "refuse" or (act == "approve") is (state == "refund_requested")
        body = {
            "approve": {"approved_on": "2021-05-05"},
            "refuse": {"refused_on": "2021-05-06", "reason": "Another payee."},
            "returned": {"voucher": "V-2021-0099", "returned_on": "2021-05-06"},
        }[act]
        path = f"/refunds/{self.refunds[pot_id]}/{act}"
        self._try(path, PAYMENT_APPROVER, body, status=201 if can else 409)
        if can:
            pot.refund = ("refund_approved", pence) if act == "approve" else None
            pot.returned += pence if act == "returned" else 0

    @invariant()
    def every_pot_holds_what_the_model_says(self) -> None:
        found = {
            row.pop("id"): {name: pence for name, pence in row.items() if pence}
            for row in self._rows(BALANCES)
        }
        assert found == self.fund.balances()
        self.runner.run(assert_books_balance(self.service))

    @invariant()
    def every_grant_is_borne_by_the_shares_the_model_says(self) -> None:
        found: dict[UUID, list[tuple[UUID, int]]] = {}
        for row in self._rows(SHARES):
            found.setdefault(row["application_id"], []).append((row["pot_id"], row["pence"]))
        grants = {self._ids(number)["application_id"]: each for number, each in self.fund.grants.items()}
        assert found == {place: list(each.shares.items()) for place, each in grants.items() if each.shares}
        states = Counter(
            row["state"] for row in self._rows("SELECT state FROM award WHERE state <> 'refused'")
        )
        live = Counter(grant.state for grant in grants.values())
        assert all(states[name] == live[name] for name in ("reserved", "committed", "paid"))

    @invariant()
    def nothing_is_parked_overpaid_or_missing_from_the_log(self) -> None:
        for query in (OVERPAID, GAPS, "SELECT reason FROM parked_event"):
            assert self._rows(query) == []

    def _pot(self, pick: int) -> UUID:
        return list(self.fund.pots)[pick % len(self.fund.pots)]

    def _refunds(self) -> list[UUID]:
        return [pot_id for pot_id, pot in self.fund.pots.items() if pot.refund]

    def _try(self, path: str, person: Any, body: dict[str, Any], *, status: int) -> None:
        answer = self.runner.run(self.service.request("POST", path, person, json=body))
        assert answer.status_code == status, answer.text

    def _next(self) -> int:
        self.count += 1
        return self.count

    def _ids(self, number: int) -> dict[str, UUID]:
        award = f"award {number}, {self.fund.grants[number].awards}"
        return {"application_id": an_id(f"application {number}"), "award_id": an_id(award)}

    def _in(self, state: str) -> list[tuple[int, PlainGrant]]:
        return [(number, grant) for number, grant in self.fund.grants.items() if grant.state == state]

    def _pick(self, pick: int, state: str) -> tuple[int, PlainGrant]:
        grants = self._in(state)
        return grants[pick % len(grants)]

    def _claims(self) -> list[tuple[int, UUID]]:
        return [(number, claim) for number, grant in self._in("committed") for claim in grant.payable]

    def _payments(self, state: str) -> list[tuple[PlainGrant, UUID]]:
        return [
            (grant, claim)
            for grant in self.fund.grants.values()
            for claim, payment in grant.payments.items()
            if payment.state == state
        ]

    def _pay(self, payment_id: UUID, *, status: int) -> None:
        body = {"voucher": f"V-{payment_id}", "paid_on": date(2021, 4, 9).isoformat()}
        path = f"/payments/{payment_id}/paid"
        answer = self.runner.run(self.service.request("POST", path, PAYMENT_REQUESTER, json=body))
        assert answer.status_code == status, answer.text

    def _post(self, path: str, person: Any, body: dict[str, Any]) -> None:
        self.runner.run(self.service.post(path, person, body))

    def _give(self, *events: Any) -> None:
        self.runner.run(self.service.give(*events))

    def _rows(self, sql: str, **parameters: Any) -> list[dict[str, Any]]:
        return self.runner.run(self.service.rows(sql, **parameters))


def test_the_ledger_says_what_a_plain_model_of_the_fund_says(postgres_url: str, tmp_path: Path) -> None:
    run_state_machine_as_test(
        lambda: FundOfManyActs(postgres_url, tmp_path),
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
