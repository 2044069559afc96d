"""Refunds, and the pots whose unspent money their deeds send back."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.errors import NotFound

REFUND = """
    SELECT r.id AS refund_id, r.pot_id, o.reference, a.reference AS agreement, r.amount_pence, r.payee,
           r.payee_reference, r.reason, r.state, r.requested_by, r.requested_on, r.approved_by, r.approved_on,
           r.refused_by, r.refused_on, r.refusal_reason, r.voucher, r.returned_on, p.version AS sequence
    FROM refund r JOIN pot p ON p.id = r.pot_id JOIN obligation o ON o.id = p.obligation_id
    JOIN agreement a ON a.id = o.agreement_id
"""
LIST = text(REFUND + " ORDER BY r.requested_on, r.id")
OF_POT = text(
    """
    SELECT id AS refund_id, amount_pence, state, requested_on FROM refund WHERE pot_id = :id
    ORDER BY requested_on, id
    """
)
ONE = text(REFUND + " WHERE r.id = :id")
DUE = text(
    """
    SELECT p.id AS pot_id, o.reference, a.reference AS agreement, p.spend_by_on, p.available_pence,
           p.interest_pence, o.refund_with_interest,
           CASE WHEN o.refund_with_interest IS FALSE
                THEN greatest(p.available_pence - p.interest_pence, 0) ELSE p.available_pence END
           AS refundable_pence,
           CASE WHEN o.spend_by_counts = 'committed' THEN p.reserved_pence
                ELSE p.reserved_pence + p.committed_pence + p.payment_requested_pence
                     + p.payment_approved_pence END AS held_unspent_pence
    FROM pot p JOIN obligation o ON o.id = p.obligation_id JOIN agreement a ON a.id = o.agreement_id
    WHERE p.spend_by_on < :today AND p.available_pence > 0
    ORDER BY p.spend_by_on, p.id
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundView:
    """A refund, how far it has come and who did what; people are opaque ids."""

    refund_id: UUID
    pot_id: UUID
    reference: str
    agreement: str
    amount_pence: int
    payee: str
    payee_reference: str | None
    reason: str
    state: str
    requested_by: str
    requested_on: date
    approved_by: str | None
    approved_on: date | None
    refused_by: str | None
    refused_on: date | None
    refusal_reason: str | None
    voucher: str | None
    returned_on: date | None
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundLine:
    """A refund as everybody sees it who sees its pot: without the payee."""

    refund_id: UUID
    amount_pence: int
    state: str
    requested_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePot:
    """A pot past its spend-by date with money that no grant holds, in pence.

    `refundable_pence` leaves out interest where the deed lets the council keep it; `held_unspent_pence` is
    what grants still hold and the deed does not count as spent; `refund_with_interest` is None where nobody
    has said what the deed says.
    """

    pot_id: UUID
    reference: str
    agreement: str
    spend_by_on: date
    available_pence: int
    interest_pence: int
    refund_with_interest: bool | None
    refundable_pence: int
    held_unspent_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundList:
    """Refunds in the order in which they were asked for, and the pots to be refunded as their deeds say."""

    refunds: list[RefundView]
    due: list[DuePot]


async def list_refunds(session: AsyncSession, today: date) -> RefundList:
    """All refunds, and every pot that is past its date with money left, the longest past first."""
    refunds = [RefundView(**row) for row in (await session.execute(LIST)).mappings()]
    due = [DuePot(**row) for row in (await session.execute(DUE, {"today": today})).mappings()]
    return RefundList(refunds=refunds, due=due)


async def refunds_of_pot(session: AsyncSession, pot_id: UUID) -> list[RefundLine]:
    """One pot's refunds."""
    return [RefundLine(**row) for row in (await session.execute(OF_POT, {"id": pot_id})).mappings()]


async def show_refund(session: AsyncSession, refund_id: UUID) -> RefundView:
    """One refund, or NotFound."""
    row = (await session.execute(ONE, {"id": refund_id})).mappings().one_or_none()
    if row is None:
        raise NotFound("refund.not_found", "There is no such refund. Choose one from the list.")
    return RefundView(**row)
