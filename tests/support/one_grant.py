"""One grant's whole life as the portal hears of it, borne by two pots, measured in two periods."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from shared.events.contributions import Share
from tests.support import events as told

if TYPE_CHECKING:
    from shared.events import Event

SECOND_POT = told.an_id("second pot")
WITHDRAWN_DEMAND = told.an_id("withdrawn demand")
SECOND_SAVING = told.an_id("second saving")
FIRST_SHARE, SECOND_SHARE = 20_000_01, 9_999_99
SHARES = (
    Share(pot_id=told.POT_ID, amount_pence=FIRST_SHARE),
    Share(pot_id=SECOND_POT, amount_pence=SECOND_SHARE, undated=True),
)


def by_owner() -> dict[str, list[Event]]:
    """The events of each owner, in the order of each key."""
    return {
        "contributions": [
            told.agreement_recorded(),
            told.obligation_recorded(),
            told.obligation_secured(),
            told.pot_opened(),
            told.pot_opened(pot_id=SECOND_POT, received_pence=9_999_99, spend_by_on=None),
            told.funds_reserved(shares=SHARES),
            told.funds_committed(shares=SHARES),
            told.claim_payable(),
            told.payment_requested(),
            told.payment_approved(),
            told.payment_made(shares=SHARES),
            told.demand_issued(demand_id=WITHDRAWN_DEMAND, reference="D2019-0001"),
            told.demand_withdrawn(demand_id=WITHDRAWN_DEMAND),
            told.demand_issued(reference="D2019-0002"),
        ],
        "applications": [
            told.fund_opened(),
            told.submitted(),
            told.offer_made(),
            told.offer_accepted(),
            told.claim_submitted(),
        ],
        "assessment": [told.screened(), told.interest_declared(), told.scored(), told.awarded()],
        "monitoring": [
            told.project_started(),
            told.milestone_verified(),
            told.works_completed(),
            told.boundary_declared(),
            told.baseline_frozen(),
            told.savings_verified(),
            told.savings_verified(
                saving_id=SECOND_SAVING,
                period_start=date(2022, 4, 2),
                period_end=date(2023, 4, 2),
                saved_kg_co2e=Decimal("100.0001"),
                distinguishable=False,
            ),
        ],
    }


def whole_life() -> list[Event]:
    """All of it, owner after owner."""
    return [event for events in by_owner().values() for event in events]
