"""An invented fund of 200 pots and 1,000 grants, as the four services would tell the portal of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from shared.events.contributions import Share
from tests.support import events as told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from shared.events import Event

POTS = [told.an_id(f"benchmark pot {number}") for number in range(200)]
APPLICATIONS = [told.an_id(f"benchmark application {number}") for number in range(1000)]
FIRST_SHARE, SECOND_SHARE = 2_000_01, 999_99
AMOUNT_PENCE = FIRST_SHARE + SECOND_SHARE
DECIDED_ON = date(2019, 11, 14)


def fund_life() -> list[Event]:
    """Every pot's clause and receipt, and every grant's life from application to two verified savings."""
    return [
        told.fund_opened(),
        *(event for number, pot_id in enumerate(POTS) for event in _pot(number, pot_id)),
        *(
            event
            for number, application_id in enumerate(APPLICATIONS)
            for event in _grant(number, application_id)
        ),
    ]


def _pot(number: int, pot_id: UUID) -> Iterator[Event]:
    ids = {"agreement_id": told.an_id(f"benchmark agreement {number}")}
    clause = {**ids, "obligation_id": told.an_id(f"benchmark obligation {number}")}
    yield told.agreement_recorded(**ids, reference=f"P2018/{number}/FUL-da")
    yield told.obligation_recorded(**clause, reference=f"P2018/{number}/FUL-COCM")
    yield told.obligation_secured(**clause)
    spend_by_on = date(2030, 1, 1) + timedelta(days=number)
    yield told.pot_opened(**clause, pot_id=pot_id, spend_by_on=spend_by_on, reference=f"P2018/{number}")


def _grant(number: int, application_id: UUID) -> Iterator[Event]:
    its = {"application_id": application_id}
    award = {**its, "award_id": told.an_id(f"benchmark award {number}"), "amount_pence": AMOUNT_PENCE}
    claim = {**its, "claim_id": told.an_id(f"benchmark claim {number}"), "amount_pence": AMOUNT_PENCE}
    shares = _shares(number)
    decided_on = DECIDED_ON + timedelta(days=number)
    yield told.submitted(**its, reference=f"COF-2019-{number:04}")
    yield told.screened(**its)
    yield told.awarded(**award, decided_on=decided_on)
    yield told.funds_reserved(**award, decided_on=decided_on, shares=shares)
    yield told.offer_made(**award, decided_on=decided_on)
    yield told.offer_accepted(**its, award_id=award["award_id"])
    yield told.funds_committed(**its, amount_pence=AMOUNT_PENCE, shares=shares)
    yield told.project_started(**its)
    yield told.claim_submitted(**claim)
    yield told.milestone_verified(**claim)
    yield told.claim_payable(**claim)
    payment = {**claim, "payment_id": told.an_id(f"benchmark payment {number}")}
    yield told.payment_requested(**payment)
    yield told.payment_made(**payment, shares=shares)
    yield told.works_completed(**its)
    yield told.boundary_declared(**its)
    yield told.baseline_frozen(**its)
    for year in range(2):
        yield told.savings_verified(**its, saving_id=told.an_id(f"benchmark saving {number}, {year}"))


def _shares(number: int) -> tuple[Share, ...]:
    first, second = POTS[number % len(POTS)], POTS[(number + 1) % len(POTS)]
    return (
        Share(pot_id=first, amount_pence=FIRST_SHARE),
        Share(pot_id=second, amount_pence=SECOND_SHARE, undated=False),
    )
