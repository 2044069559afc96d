"""Pots with their balances, and the statement of one, like a bank's."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.queries.refunds import RefundLine, refunds_of_pot
from services.contributions.repository.accounts import COLUMNS
from shared.errors import NotFound

BALANCES = ", ".join(f"p.{name}" for name in COLUMNS)
POT = f"""
    SELECT p.id AS pot_id, p.organisation, o.reference, p.obligation_id, o.agreement_id, p.purpose, p.wards,
           p.received_on, p.spend_by_on, p.opened_by, r.reversed_on, o.spend_by_counts,
           o.refund_with_interest, p.recipients, {BALANCES}
    FROM pot p JOIN obligation o ON o.id = p.obligation_id LEFT JOIN receipt_reversal r ON r.pot_id = p.id
"""  # noqa: S608 - only names of columns
LIST = text(
    POT
    + """ WHERE CAST(:organisation AS text) IS NULL OR p.organisation = :organisation
    ORDER BY p.spend_by_on NULLS LAST, p.id"""
)
ONE = text(POT + " WHERE p.id = :id")
REVERSAL = text(
    "SELECT amount_pence, reversed_on, reason, reversed_by FROM receipt_reversal WHERE pot_id = :id"
)
EXTENSIONS = text(
    """
    SELECT spend_by_before, spend_by_on, deed_on, document_url, extended_by FROM spend_by_extension
    WHERE pot_id = :id ORDER BY sequence
    """
)
STATEMENT = text(
    """
    WITH movement AS (
        SELECT movement_id, min(position) AS position, min(kind) AS kind, min(happened_on) AS happened_on,
               min(recorded_at) AS recorded_at, min(cause) AS cause, min(CAST(cause_id AS text)) AS cause_id,
               min(actor) AS actor, min(CAST(application_id AS text)) AS application_id, min(party) AS party,
               min(account) FILTER (WHERE amount_pence < 0) AS from_account,
               min(account) FILTER (WHERE amount_pence > 0) AS to_account,
               sum(amount_pence) FILTER (WHERE amount_pence > 0) AS amount_pence,
               coalesce(sum(amount_pence) FILTER (WHERE account = 'available'), 0) AS available,
               coalesce(sum(amount_pence) FILTER (WHERE account = 'paid'), 0) AS paid,
               coalesce(sum(amount_pence) FILTER (WHERE account = 'returned'), 0) AS returned,
               coalesce(sum(amount_pence) FILTER (WHERE account IN
                   ('reserved', 'committed', 'payment_requested', 'payment_approved',
                    'refund_requested', 'refund_approved')), 0) AS held
        FROM ledger_entry WHERE pot_id = :id GROUP BY movement_id
    )
    SELECT position, happened_on, recorded_at, kind, from_account, to_account, amount_pence, party,
           CAST(application_id AS uuid) AS application_id, cause, CAST(cause_id AS uuid) AS cause_id, actor,
           sum(available) OVER (ORDER BY position) AS available_pence,
           sum(held) OVER (ORDER BY position) AS held_pence,
           sum(paid) OVER (ORDER BY position) AS paid_pence,
           sum(returned) OVER (ORDER BY position) AS returned_pence
    FROM movement ORDER BY position
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PotView:
    """A pot, its limits and where its money is, in pence; what came in equals the sum of the others.

    Nothing counts as received where the receipt was reversed.
    """

    pot_id: UUID
    organisation: str
    reference: str
    obligation_id: UUID
    agreement_id: UUID
    purpose: str | None
    wards: list[str]
    received_on: date | None
    spend_by_on: date | None
    opened_by: str
    reversed_on: date | None
    spend_by_counts: str | None
    refund_with_interest: bool | None
    recipients: list[str]
    received_pence: int
    interest_pence: int
    available_pence: int
    reserved_pence: int
    committed_pence: int
    payment_requested_pence: int
    payment_approved_pence: int
    paid_pence: int
    refund_requested_pence: int
    refund_approved_pence: int
    returned_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PotTotals:
    """The sums over all listed pots, in pence."""

    pots: int
    received_pence: int
    interest_pence: int
    available_pence: int
    reserved_pence: int
    committed_pence: int
    payment_requested_pence: int
    payment_approved_pence: int
    paid_pence: int
    refund_requested_pence: int
    refund_approved_pence: int
    returned_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PotList:
    """Pots, earliest spend-by first and those without a date last, with their totals."""

    pots: list[PotView]
    totals: PotTotals


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One movement and what was available, held, paid and returned after it, in pence.

    The cause is an event's id, or the correlation of a person's command.
    """

    position: int
    happened_on: date | None
    recorded_at: datetime
    kind: str
    from_account: str
    to_account: str
    amount_pence: int
    party: str | None
    application_id: UUID | None
    cause: str
    cause_id: UUID
    actor: str
    available_pence: int
    held_pence: int
    paid_pence: int
    returned_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReversalView:
    """When, why and by whom a receipt was taken back, in pence; the person is an opaque id."""

    amount_pence: int
    reversed_on: date
    reason: str
    reversed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionView:
    """A later spend-by date and the deed of variation that gave it; the person is an opaque id."""

    spend_by_before: date
    spend_by_on: date
    deed_on: date
    document_url: str | None
    extended_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PotStatement:
    """One pot with all that ever moved in it, in order."""

    pot: PotView
    entries: list[StatementLine]
    reversal: ReversalView | None
    refunds: list[RefundLine]
    extensions: list[ExtensionView]


async def list_pots(session: AsyncSession, organisation: str | None) -> PotList:
    """All pots, or those of one organisation."""
    rows = (await session.execute(LIST, {"organisation": organisation})).mappings()
    pots = [PotView(**row) for row in rows]
    sums = {
        name: sum(getattr(pot, name) for pot in pots)
        for name in PotTotals.__dataclass_fields__
        if name != "pots"
    }
    return PotList(pots=pots, totals=PotTotals(pots=len(pots), **sums))


async def show_pot(session: AsyncSession, pot_id: UUID) -> PotStatement:
    """One pot's statement, or NotFound."""
    row = (await session.execute(ONE, {"id": pot_id})).mappings().one_or_none()
    if row is None:
        raise NotFound("pot.not_found", "There is no such pot. Choose one from the list.")
    lines = (await session.execute(STATEMENT, {"id": pot_id})).mappings()
    extensions = (await session.execute(EXTENSIONS, {"id": pot_id})).mappings()
    reversal = (await session.execute(REVERSAL, {"id": pot_id})).mappings().one_or_none()
    return PotStatement(
        pot=PotView(**row),
        entries=[_line(dict(line)) for line in lines],
        reversal=ReversalView(**reversal) if reversal else None,
        refunds=await refunds_of_pot(session, pot_id),
        extensions=[ExtensionView(**each) for each in extensions],
    )


def _line(row: dict[str, Any]) -> StatementLine:
    sums = ("amount_pence", "available_pence", "held_pence", "paid_pence", "returned_pence")
    return StatementLine(**{**row, **{name: int(row[name]) for name in sums}})
