"""The money of grants: what each holds, its claims and payments."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.errors import NotFound

FUNDING = text(
    """
    SELECT g.application_id, g.organisation, g.reference, g.grantee, g.accepted_on, g.version AS sequence,
           a.id AS award_id, a.state AS status, a.decided_on, a.requested_pence,
           a.lawfully_available_pence AS available_pence,
           a.requested_pence - a.lawfully_available_pence AS shortfall_pence
    FROM grant_funding g
    JOIN LATERAL (
        SELECT * FROM award WHERE application_id = g.application_id
        ORDER BY id = g.award_id DESC NULLS LAST, decided_on DESC, id LIMIT 1) a ON true
    WHERE g.application_id = :id
    """
)
SHARES = text(
    """
    SELECT s.pot_id, o.reference, p.spend_by_on, s.amount_pence, s.released_pence,
           s.without_spend_by AS undated,
           coalesce((SELECT sum(ps.amount_pence) FROM payment_share ps JOIN payment y ON y.id = ps.payment_id
                     WHERE y.award_id = s.award_id AND ps.pot_id = s.pot_id AND y.state = 'paid'), 0)
           AS paid_pence
    FROM award_share s JOIN pot p ON p.id = s.pot_id JOIN obligation o ON o.id = p.obligation_id
    WHERE s.award_id = :id ORDER BY s.number
    """
)
CLAIM = """
    SELECT c.id AS claim_id, c.application_id, g.reference, g.grantee, c.milestone, c.amount_pence,
           c.verified_on, c.state, c.reason, p.id AS payment_id, p.state AS payment_state
    FROM claim c JOIN grant_funding g USING (application_id)
    LEFT JOIN payment p ON p.claim_id = c.id AND p.state <> 'refused'
"""
CLAIMS = text(CLAIM + " WHERE c.application_id = :id ORDER BY c.verified_on, c.id")
PAYABLE = text(CLAIM + " WHERE c.state = 'payable' AND p.id IS NULL ORDER BY c.verified_on, c.id")
PAYMENT = """
    SELECT p.id AS payment_id, p.claim_id, p.application_id, g.reference, g.grantee, c.milestone,
           c.amount_pence, c.verified_on, p.state, p.requested_by, p.requested_on, p.approved_by,
           p.approved_on, p.refused_by, p.refused_on, p.refusal_reason, p.voucher, p.paid_on,
           g.version AS sequence
    FROM payment p JOIN claim c ON c.id = p.claim_id
    JOIN grant_funding g ON g.application_id = p.application_id
"""
PAYMENTS = text(PAYMENT + " ORDER BY p.requested_on, p.id")
PAYMENTS_OF = text(PAYMENT + " WHERE p.application_id = :id ORDER BY p.requested_on, p.id")
PAYMENT_SHARES = text(
    """
    SELECT payment_id, pot_id, amount_pence FROM payment_share
    WHERE payment_id = ANY(CAST(:ids AS uuid[])) ORDER BY payment_id, number
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareView:
    """What one pot bears of a grant: held at first, of that given back and paid, in pence."""

    pot_id: UUID
    reference: str
    spend_by_on: date | None
    amount_pence: int
    released_pence: int
    paid_pence: int
    undated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """A verified claim, payable or disputed with the reason, and its payment, if one was asked for."""

    claim_id: UUID
    application_id: UUID
    reference: str | None
    grantee: str | None
    milestone: str
    amount_pence: int
    verified_on: date
    state: str
    reason: str | None
    payment_id: UUID | None
    payment_state: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidShare:
    """What one pot bears of a payment, in pence."""

    pot_id: UUID
    amount_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentView:
    """A payment, how far it has come, and who did what; people are opaque ids."""

    payment_id: UUID
    claim_id: UUID
    application_id: UUID
    reference: str | None
    grantee: str | None
    milestone: str
    amount_pence: int
    verified_on: date
    state: str
    requested_by: str
    requested_on: date
    approved_by: str | None
    approved_on: date | None
    refused_by: str | None
    refused_on: date | None
    refusal_reason: str | None
    voucher: str | None
    paid_on: date | None
    sequence: int
    shares: list[PaidShare]


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingView:
    """One application's money: the status of its award, shares, claims and payments, in pence.

    Status is refused, reserved, committed, paid or released; a refused award says what was missing.
    """

    application_id: UUID
    organisation: str
    reference: str | None
    grantee: str | None
    award_id: UUID
    status: str
    decided_on: date
    accepted_on: date | None
    requested_pence: int
    available_pence: int | None
    shortfall_pence: int | None
    sequence: int
    shares: list[ShareView]
    claims: list[ClaimView]
    payments: list[PaymentView]


async def show_funding(session: AsyncSession, application_id: UUID) -> FundingView:
    """The funding of one application, or NotFound."""
    row = (await session.execute(FUNDING, {"id": application_id})).mappings().one_or_none()
    if row is None:
        raise NotFound("grant_funding.not_found", "No money was asked for this application yet.")
    shares = (await session.execute(SHARES, {"id": row["award_id"]})).mappings()
    claims = (await session.execute(CLAIMS, {"id": application_id})).mappings()
    payments = (await session.execute(PAYMENTS_OF, {"id": application_id})).mappings().all()
    return FundingView(
        **row,
        shares=[ShareView(**{**share, "paid_pence": int(share["paid_pence"])}) for share in shares],
        claims=[ClaimView(**claim) for claim in claims],
        payments=await _payments(session, payments),
    )


async def payable_claims(session: AsyncSession) -> list[ClaimView]:
    """Verified claims that nobody has asked to be paid yet, oldest first."""
    return [ClaimView(**row) for row in (await session.execute(PAYABLE)).mappings()]


async def list_payments(session: AsyncSession) -> list[PaymentView]:
    """All payments in the order in which they were asked for."""
    return await _payments(session, (await session.execute(PAYMENTS)).mappings().all())


async def _payments(session: AsyncSession, rows: Any) -> list[PaymentView]:
    shares: dict[UUID, list[PaidShare]] = {row["payment_id"]: [] for row in rows}
    for share in await session.execute(PAYMENT_SHARES, {"ids": list(shares)}):
        shares[share.payment_id].append(PaidShare(pot_id=share.pot_id, amount_pence=share.amount_pence))
    return [PaymentView(**row, shares=shares[row["payment_id"]]) for row in rows]
