"""Interest on a demand that is paid late, worked out from what is in the books."""

from datetime import date
from itertools import accumulate
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.demands.demand import Demand
from services.contributions.domain.demands.late_interest import LateInterest, PaidPart, late_interest
from services.contributions.repository.base_rates import BaseRates
from services.contributions.repository.payment_terms import AllPaymentTerms

PAID = text(
    """
    SELECT received_on, received_pence AS amount_pence FROM pot
    WHERE obligation_id = :obligation_id AND opened_by = 'receipt' AND received_pence > 0
    ORDER BY received_on, id
    """
)
REPORTED = text("SELECT received_pence FROM reported_position WHERE obligation_id = :obligation_id")


async def late_interest_on(session: AsyncSession, demand: Demand, on: date) -> LateInterest | None:
    """Interest up to a day, or to the day of the last payment; None where the deed asks none.

    Receipts that came with imported files have no day: they count as paid in time. Invalid where the base
    rate of a day is not recorded.
    """
    terms = await AllPaymentTerms(session).get(demand.obligation_id, demand.terms_number)
    if terms.late_interest is None:
        return None
    paid = await _paid(session, demand.obligation_id)
    reported = (await session.execute(REPORTED, {"obligation_id": demand.obligation_id})).scalar()
    owed_pence = max(0, demand.demanded_pence - int(reported or 0))
    rates = await BaseRates(session).of(terms.late_interest.bank)
    until = min(on, _paid_off_on(paid, owed_pence) or on)
    return late_interest(owed_pence, terms.late_interest, rates, due_on=demand.due_on, until=until, paid=paid)


async def _paid(session: AsyncSession, obligation_id: UUID) -> list[PaidPart]:
    rows = (await session.execute(PAID, {"obligation_id": obligation_id})).mappings()
    return [PaidPart(**row) for row in rows]


def _paid_off_on(paid: list[PaidPart], owed_pence: int) -> date | None:
    """The day on which nothing of the demand was owed any more."""
    sums = accumulate(part.amount_pence for part in paid)
    return next((part.received_on for part, sum_ in zip(paid, sums, strict=True) if sum_ >= owed_pence), None)
