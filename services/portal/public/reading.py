"""The read model's rows as models: few statements, each for many grants or pots at once."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import TextClause

from services.portal.public.models import (
    Agreement,
    Claim,
    Grant,
    Measure,
    Obligation,
    Payment,
    Pot,
    Saving,
    Share,
    made,
)
from services.portal.public.words import grant_status, saving_said

M = TypeVar("M")

POTS = text("SELECT * FROM pot_balance WHERE pot_id = ANY (CAST(:ids AS uuid[]))")
AGREEMENTS = text("SELECT * FROM agreement WHERE agreement_id = ANY (CAST(:ids AS uuid[]))")
OBLIGATIONS = text("SELECT * FROM obligation WHERE obligation_id = ANY (CAST(:ids AS uuid[]))")
GRANTS = text(
    """
    SELECT * FROM grant_line WHERE application_id = ANY (CAST(:ids AS uuid[]))
    ORDER BY awarded_on, application_id
    """
)
SHARES_OF_GRANTS = text(
    """
    SELECT * FROM fund_share WHERE application_id = ANY (CAST(:ids AS uuid[]))
    ORDER BY application_id, pot_id
    """
)
GRANTS_OF_POT = text("SELECT DISTINCT application_id FROM fund_movement WHERE pot_id = :pot_id")
PAYMENTS = text(
    """
    SELECT m.application_id, m.payment_id, m.pot_id, m.amount_pence, p.paid_pence AS payment_pence,
        p.voucher, p.paid_on
    FROM fund_movement m JOIN payment p USING (payment_id)
    WHERE m.kind = 'paid' AND m.application_id = ANY (CAST(:ids AS uuid[]))
    ORDER BY p.paid_on, m.payment_id, m.pot_id
    """
)
CLAIMS = text(
    """
    SELECT c.*, coalesce(p.paid_pence, 0)::bigint AS paid_pence
    FROM claim c LEFT JOIN (SELECT claim_id, sum(paid_pence) AS paid_pence FROM payment
        WHERE application_id = ANY (CAST(:ids AS uuid[])) GROUP BY claim_id) p USING (claim_id)
    WHERE c.application_id = ANY (CAST(:ids AS uuid[])) ORDER BY c.claimed_on, c.claim_id
    """
)
MEASURES = text(
    """
    SELECT DISTINCT ON (m.application_id, m.measure_id) m.*
    FROM measure m JOIN (SELECT application_id, max(sequence) AS sequence FROM measure
        WHERE application_id = ANY (CAST(:ids AS uuid[])) GROUP BY application_id) newest
        USING (application_id, sequence)
    ORDER BY m.application_id, m.measure_id
    """
)
SAVINGS = text(
    """
    SELECT * FROM saving WHERE application_id = ANY (CAST(:ids AS uuid[]))
    ORDER BY period_start, saving_id
    """
)


async def pots(session: AsyncSession, pot_ids: Sequence[UUID]) -> dict[UUID, Pot]:
    """Pots with their balances, by id."""
    return {row.pot_id: made(Pot, row) for row in await session.execute(POTS, {"ids": list(pot_ids)})}


async def agreements(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, Agreement]:
    """Agreements by id."""
    rows = await session.execute(AGREEMENTS, {"ids": list(ids)})
    return {row.agreement_id: made(Agreement, row) for row in rows}


async def obligations(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, Obligation]:
    """Obligations by id."""
    rows = await session.execute(OBLIGATIONS, {"ids": list(ids)})
    return {row.obligation_id: made(Obligation, row) for row in rows}


async def grants(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, Grant]:
    """Grants by id, in the order of their award."""
    rows = await session.execute(GRANTS, {"ids": list(ids)})
    return {row.application_id: as_grant(row) for row in rows}


async def grants_of_pot(session: AsyncSession, pot_id: UUID) -> list[UUID]:
    """The grants that a pot bears or has borne a share of."""
    return list((await session.execute(GRANTS_OF_POT, {"pot_id": pot_id})).scalars())


async def shares(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, list[Share]]:
    """Every pot's share of each grant."""
    return await _by_grant(session, SHARES_OF_GRANTS, ids, lambda row: made(Share, row))


async def payments(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, list[Payment]]:
    """The payments of each grant, one line for each pot that bore one."""
    return await _by_grant(session, PAYMENTS, ids, lambda row: made(Payment, row))


async def claims(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, list[Claim]]:
    """The claims of each grant."""
    return await _by_grant(session, CLAIMS, ids, lambda row: made(Claim, row))


async def measures(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, list[Measure]]:
    """The measures of each grant as its newest event names them."""
    return await _by_grant(session, MEASURES, ids, lambda row: made(Measure, row))


async def savings(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, list[Saving]]:
    """The verified savings of each grant's project, by period."""
    return await _by_grant(session, SAVINGS, ids, lambda row: made(Saving, row, said=saving_said(row)))


def as_grant(row: Any) -> Grant:
    """A line of the register."""
    return made(Grant, row, status=grant_status(row))


async def _by_grant(
    session: AsyncSession, statement: TextClause, ids: Sequence[UUID], model: Callable[[Any], M]
) -> dict[UUID, list[M]]:
    found: dict[UUID, list[M]] = defaultdict(list)
    for row in await session.execute(statement, {"ids": list(ids)}):
        found[row.application_id].append(model(row))
    return found
