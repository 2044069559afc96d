"""The terms on which obligations are demanded."""

from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.demands.terms import Compounding, LateInterestTerms, PaymentTerms
from services.contributions.domain.indexation.rule import (
    Basis,
    EndDay,
    IndexationRule,
    IndexMonth,
    Rounding,
)
from services.contributions.repository.rows import add_row
from services.contributions.tables import PaymentTermsRow
from shared.errors import Conflict
from shared.messaging import UnitOfWork

OF_OBLIGATION = text(
    """
    SELECT * FROM payment_terms
    WHERE obligation_id = :obligation_id AND number = coalesce(CAST(:number AS integer), number)
    ORDER BY number DESC LIMIT 1
    """
)


class AllPaymentTerms:
    """The terms of obligations in one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, obligation_id: UUID, number: int | None = None) -> PaymentTerms:
        """The terms of that number, or those that hold; the usual ones where none are recorded."""
        if number == 0:
            return PaymentTerms()
        wanted = {"obligation_id": obligation_id, "number": number}
        row = (await self._session.execute(OF_OBLIGATION, wanted)).one_or_none()
        return PaymentTerms() if row is None else terms_of(row)

    async def add(self, obligation_id: UUID, terms: PaymentTerms, uow: UnitOfWork) -> None:
        """Enter terms under their number."""
        taken = Conflict("changed_meanwhile", "Somebody else changed the terms just now. Look again.")
        rule, late = terms.indexation, terms.late_interest
        row = PaymentTermsRow(
            obligation_id=obligation_id,
            number=terms.number,
            clause=terms.clause,
            basis=rule.basis,
            series_id=rule.series_id,
            yearly_percent=rule.yearly_percent,
            compounds=rule.compounds,
            base_on=rule.base_on,
            base_month=rule.base_month,
            end_day=rule.end_day,
            end_month=rule.end_month,
            floor=rule.floor,
            rounding=rule.rounding,
            days_to_pay=terms.days_to_pay,
            late_bank=None if late is None else late.bank,
            late_margin_percent=None if late is None else late.margin_percent,
            late_compounding=None if late is None else late.compounding,
            recorded_by=uow.cause.actor,
            recorded_at=uow.now,
        )
        await add_row(self._session, row, taken)


def terms_of(row: Any) -> PaymentTerms:
    """The terms that a row of `payment_terms` holds."""
    return PaymentTerms(
        number=row.number,
        clause=row.clause,
        indexation=_rule(row),
        days_to_pay=row.days_to_pay,
        late_interest=None if row.late_bank is None else _late_interest(row),
    )


def _rule(row: Any) -> IndexationRule:
    return IndexationRule(
        basis=Basis(row.basis),
        series_id=row.series_id,
        yearly_percent=row.yearly_percent,
        compounds=row.compounds,
        base_on=row.base_on,
        base_month=IndexMonth(row.base_month),
        end_day=EndDay(row.end_day),
        end_month=IndexMonth(row.end_month),
        floor=row.floor,
        rounding=Rounding(row.rounding),
    )


def _late_interest(row: Any) -> LateInterestTerms:
    return LateInterestTerms(
        bank=row.late_bank,
        margin_percent=row.late_margin_percent,
        compounding=Compounding(row.late_compounding),
    )
