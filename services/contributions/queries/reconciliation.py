"""What the general ledger's lines probably are, what it lacks, and which months agree."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.periods.period import PeriodKind, month_of
from services.contributions.domain.reconciliation.position import Position
from services.contributions.repository.positions import POSITION

PROPOSED_AT_ONCE = 200
LISTED = 200
NEAR_DAYS = 31
FREE = """
    SELECT m.*, o.reference AS obligation_reference, g.grantee, g.reference AS grant_reference,
           (SELECT string_agg(y.voucher, ' ') FROM payment y
            WHERE y.application_id = m.application_id AND y.paid_on = m.happened_on AND m.kind = 'payment')
           AS voucher
    FROM cash_movement m JOIN pot p ON p.id = m.pot_id JOIN obligation o ON o.id = p.obligation_id
    LEFT JOIN grant_funding g ON g.application_id = m.application_id
    WHERE m.organisation = :organisation
      AND NOT EXISTS (SELECT FROM general_ledger_line l WHERE l.movement_id = m.movement_id)
"""
PROPOSALS = text(
    f"""
    WITH line AS (
        SELECT *, lower(reference || ' ' || description) AS words FROM general_ledger_line
        WHERE organisation = :organisation AND state = 'open'
    ), free AS ({FREE}), pair AS (
        SELECT l.id AS line_id, l.document, l.posted_on, l.reference, l.description, l.amount_pence,
               f.movement_id, f.kind, f.booked_on, f.happened_on, coalesce(f.party, f.grantee) AS party,
               f.obligation_reference, f.voucher,
               abs(l.posted_on - coalesce(f.happened_on, f.booked_on)) AS days,
               EXISTS (SELECT FROM unnest(ARRAY[f.party, f.obligation_reference, f.grant_reference,
                                                f.voucher]) AS told(word)
                       WHERE length(word) > 2 AND position(lower(word) IN l.words) > 0)
               AS by_reference
        FROM line l JOIN free f USING (amount_pence)
    ), ranked AS (
        SELECT *,
               row_number() OVER (PARTITION BY line_id
                                  ORDER BY by_reference DESC, days, movement_id) AS first,
               row_number() OVER (PARTITION BY movement_id
                                  ORDER BY by_reference DESC, days, line_id) AS last
        FROM pair WHERE by_reference OR days <= :near_days
    )
    SELECT line_id, document, posted_on, reference, description, amount_pence, movement_id, kind, booked_on,
           happened_on, party, obligation_reference, voucher, days, by_reference
    FROM ranked WHERE first = 1 AND last = 1 ORDER BY posted_on, line_id LIMIT :limit
    """  # noqa: S608 - only the words above
)
MISSING = text(
    f"""
    SELECT f.movement_id, f.kind, f.booked_on, f.happened_on, coalesce(f.party, f.grantee) AS party,
           f.obligation_reference, f.voucher, f.amount_pence, x.reason, x.explained_by
    FROM ({FREE}) f LEFT JOIN explained_movement x USING (movement_id)
    ORDER BY x.movement_id IS NOT NULL, f.booked_on, f.movement_id LIMIT :limit
    """  # noqa: S608 - only the words above
)
MONTHS = text(
    """
    SELECT first_on, general_ledger_pence, fund_pence, explained_pence, outstanding_pence, prepared_by,
           prepared_at, approved_by, approved_at
    FROM reconciliation WHERE organisation = :organisation ORDER BY first_on DESC
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A line and the movement that it probably is: of the same sum, by reference, or by day (days apart)."""

    line_id: UUID
    document: str
    posted_on: date
    reference: str
    description: str
    amount_pence: int
    movement_id: UUID
    kind: str
    booked_on: date
    happened_on: date | None
    party: str | None
    obligation_reference: str
    voucher: str | None
    days: int
    by_reference: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingMovement:
    """A movement of the fund that no line is matched to, in pence, and why, where somebody said so."""

    movement_id: UUID
    kind: str
    booked_on: date
    happened_on: date | None
    party: str | None
    obligation_reference: str
    voucher: str | None
    amount_pence: int
    reason: str | None
    explained_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedMonth:
    """A month that was prepared, and approved once `approved_by` is there; sums in pence."""

    first_on: date
    general_ledger_pence: int
    fund_pence: int
    explained_pence: int
    outstanding_pence: int
    prepared_by: str
    prepared_at: datetime
    approved_by: str | None
    approved_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionView:
    """Both ledgers at a month's end, in pence, what lies between them, and who signed, if anybody did."""

    first_on: date
    last_on: date
    general_ledger_pence: int
    fund_pence: int
    explained_pence: int
    outstanding_pence: int
    difference_pence: int
    open_lines: int
    disputed_lines: int
    unexplained_movements: int
    signed: SignedMonth | None


async def list_proposals(session: AsyncSession, organisation: str) -> list[Proposal]:
    """What open lines probably are, the oldest first, as many as a person can look through."""
    values = {"organisation": organisation, "limit": PROPOSED_AT_ONCE, "near_days": NEAR_DAYS}
    return [Proposal(**row) for row in (await session.execute(PROPOSALS, values)).mappings()]


async def list_missing(session: AsyncSession, organisation: str) -> list[MissingMovement]:
    """Movements that the general ledger lacks, those not explained first, then the oldest."""
    values = {"organisation": organisation, "limit": LISTED}
    return [MissingMovement(**row) for row in (await session.execute(MISSING, values)).mappings()]


async def list_months(session: AsyncSession, organisation: str) -> list[SignedMonth]:
    """The months that were prepared or approved, the newest first."""
    rows = (await session.execute(MONTHS, {"organisation": organisation})).mappings()
    return [SignedMonth(**row) for row in rows]


async def show_position(session: AsyncSession, organisation: str, day: date) -> PositionView:
    """The month that a day lies in, as it stands now."""
    month = month_of(day)
    values: dict[str, Any] = {"organisation": organisation, "last_on": month.last_on}
    row = (await session.execute(POSITION, values)).mappings().one()
    position = Position(**{name: int(pence) for name, pence in row.items()})
    signed = [each for each in await list_months(session, organisation) if each.first_on == month.first_on]
    assert month.kind is PeriodKind.MONTH
    return PositionView(
        first_on=month.first_on,
        last_on=month.last_on,
        difference_pence=position.difference_pence,
        signed=signed[0] if signed else None,
        **asdict(position),
    )
