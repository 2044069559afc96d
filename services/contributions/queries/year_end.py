"""What a financial year of an organisation ended with, each figure with the list behind it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.ledger.accounts import Account
from services.contributions.domain.periods.period import year_of

TRIAL = text(
    """
    SELECT e.account, sum(e.amount_pence) AS total_pence,
           coalesce(sum(e.amount_pence) FILTER (WHERE e.booked_on < :first_on), 0) AS before_pence
    FROM ledger_entry e JOIN pot p ON p.id = e.pot_id
    WHERE p.organisation = :organisation AND e.booked_on <= :last_on GROUP BY e.account ORDER BY e.account
    """
)
IN_ADVANCE = text(
    """
    SELECT p.id AS pot_id, o.reference, p.received_on, p.spend_by_on,
           -sum(e.amount_pence) FILTER (WHERE e.account IN ('received', 'opening_balance', 'interest_earned'))
           AS received_pence,
           coalesce(sum(e.amount_pence) FILTER (WHERE e.account IN ('paid', 'returned')), 0) AS gone_pence,
           -sum(e.amount_pence) FILTER (WHERE e.account IN ('received', 'opening_balance', 'interest_earned',
                                                            'paid', 'returned')) AS amount_pence
    FROM ledger_entry e JOIN pot p ON p.id = e.pot_id JOIN obligation o ON o.id = p.obligation_id
    WHERE p.organisation = :organisation AND e.booked_on <= :last_on
    GROUP BY p.id, o.reference
    HAVING sum(e.amount_pence) FILTER (WHERE e.account IN ('received', 'opening_balance', 'interest_earned',
                                                           'paid', 'returned')) <> 0
    ORDER BY p.spend_by_on NULLS LAST, o.reference, p.id
    """
)
ACCRUED = text(
    """
    WITH came AS (
        SELECT p.obligation_id, -sum(e.amount_pence) AS pence
        FROM ledger_entry e JOIN pot p ON p.id = e.pot_id
        WHERE p.organisation = :organisation AND p.opened_by = 'receipt' AND e.account = 'received'
          AND e.booked_on <= :last_on GROUP BY 1
    )    , owed AS (
        SELECT a.id AS agreement_id, o.id AS obligation_id, a.reference AS agreement_reference, o.reference,
               o.trigger_met_on, coalesce(d.demanded_pence, o.amount_pence) AS secured_pence,
               coalesce(c.pence, 0) + coalesce(r.received_pence, 0) AS received_pence
        FROM obligation o JOIN agreement a ON a.id = o.agreement_id
        LEFT JOIN LATERAL (
            SELECT demanded_pence FROM demand WHERE obligation_id = o.id AND issued_on <= :last_on
              AND (withdrawn_on IS NULL OR withdrawn_on > :last_on)
            ORDER BY issued_on DESC, issued_at DESC LIMIT 1) d ON true
        LEFT JOIN came c ON c.obligation_id = o.id LEFT JOIN reported_position r ON r.obligation_id = o.id
        WHERE a.organisation = :organisation AND o.trigger_met_on <= :last_on
    )
    SELECT *, secured_pence - received_pence AS amount_pence FROM owed
    WHERE secured_pence > received_pence ORDER BY trigger_met_on, reference, obligation_id
    """
)
HELD = text(
    """
    SELECT e.application_id, g.reference, g.grantee,
           coalesce(sum(e.amount_pence) FILTER (WHERE e.account = 'reserved'), 0) AS reserved_pence,
           coalesce(sum(e.amount_pence) FILTER (WHERE e.account = 'committed'), 0) AS committed_pence,
           coalesce(sum(e.amount_pence) FILTER (
               WHERE e.account IN ('payment_requested', 'payment_approved')), 0) AS on_the_way_pence
    FROM ledger_entry e JOIN pot p ON p.id = e.pot_id
    LEFT JOIN grant_funding g ON g.application_id = e.application_id
    WHERE p.organisation = :organisation AND e.booked_on <= :last_on AND e.application_id IS NOT NULL
    GROUP BY e.application_id, g.reference, g.grantee
    HAVING sum(e.amount_pence) FILTER (
        WHERE e.account IN ('reserved', 'committed', 'payment_requested', 'payment_approved')) <> 0
    ORDER BY g.reference NULLS LAST, e.application_id
    """
)
RETURNED = text(
    """
    SELECT e.pot_id, o.reference, e.booked_on, e.party, e.amount_pence
    FROM ledger_entry e JOIN pot p ON p.id = e.pot_id JOIN obligation o ON o.id = p.obligation_id
    WHERE p.organisation = :organisation AND e.account = 'returned'
      AND e.booked_on BETWEEN :first_on AND :last_on ORDER BY e.booked_on, e.position
    """
)
CLOSED = text(
    """
    SELECT closed_by, closed_at FROM closed_period
    WHERE organisation = :organisation AND kind = 'year' AND first_on = :first_on
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialLine:
    """An account in pence, debits above zero and credits below: before the year, in it, and at its end."""

    account: Account
    before_pence: int
    year_pence: int
    total_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InAdvance:
    """A pot whose money was received (with interest) and neither paid nor returned by the year's end."""

    pot_id: UUID
    reference: str
    received_on: date | None
    spend_by_on: date | None
    received_pence: int
    gone_pence: int
    amount_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Accrued:
    """An obligation whose trigger was met by the year's end, and what of its sum had not come by then.

    The sum is what the demand in force demanded (indexed), or else the deed's.
    """

    agreement_id: UUID
    obligation_id: UUID
    agreement_reference: str
    reference: str
    trigger_met_on: date
    secured_pence: int
    received_pence: int
    amount_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldForGrant:
    """What was held for a grant at the year's end: reserved, committed, and in payments on their way."""

    application_id: UUID
    reference: str | None
    grantee: str | None
    reserved_pence: int
    committed_pence: int
    on_the_way_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """Money that went back to a developer in the year."""

    pot_id: UUID
    reference: str
    booked_on: date
    party: str | None
    amount_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearEnd:
    """A financial year (April to March): trial balance, which adds up to zero, and the lists behind it.

    `accrued` stands outside the trial balance: it is owed to the fund and not yet its money.
    """

    organisation: str
    first_on: date
    last_on: date
    closed_by: str | None
    total_pence: int
    trial_balance: list[TrialLine]
    in_advance_pence: int
    in_advance: list[InAdvance]
    accrued_pence: int
    accrued: list[Accrued]
    reserved_pence: int
    committed_pence: int
    on_the_way_pence: int
    grants: list[HeldForGrant]
    returned_pence: int
    returned: list[Returned]


async def year_end(session: AsyncSession, organisation: str, day: date) -> YearEnd:
    """The financial year that a day lies in, as the entries booked up to its end say."""
    year = year_of(day)
    values = {"organisation": organisation, "first_on": year.first_on, "last_on": year.last_on}

    async def listed(statement: Any, kind: type[Any]) -> list[Any]:
        return [kind(**_whole(row)) for row in (await session.execute(statement, values)).mappings()]

    trial = [_trial(row) for row in await session.execute(TRIAL, values)]
    in_advance = await listed(IN_ADVANCE, InAdvance)
    accrued = await listed(ACCRUED, Accrued)
    grants = await listed(HELD, HeldForGrant)
    returned = await listed(RETURNED, Returned)
    return YearEnd(
        organisation=organisation,
        first_on=year.first_on,
        last_on=year.last_on,
        closed_by=await _closed_by(session, values),
        total_pence=sum(line.total_pence for line in trial),
        trial_balance=trial,
        in_advance_pence=sum(each.amount_pence for each in in_advance),
        in_advance=in_advance,
        accrued_pence=sum(each.amount_pence for each in accrued),
        accrued=accrued,
        reserved_pence=sum(each.reserved_pence for each in grants),
        committed_pence=sum(each.committed_pence for each in grants),
        on_the_way_pence=sum(each.on_the_way_pence for each in grants),
        grants=grants,
        returned_pence=sum(each.amount_pence for each in returned),
        returned=returned,
    )


async def _closed_by(session: AsyncSession, values: dict[str, Any]) -> str | None:
    row = (await session.execute(CLOSED, values)).one_or_none()
    return row.closed_by if row else None


def _trial(row: Any) -> TrialLine:
    before, total = int(row.before_pence), int(row.total_pence)
    return TrialLine(
        account=Account(row.account), before_pence=before, year_pence=total - before, total_pence=total
    )


def _whole(row: Any) -> dict[str, Any]:
    """Sums come as decimals; pence are whole."""
    return {name: int(value) if name.endswith("_pence") else value for name, value in row.items()}
