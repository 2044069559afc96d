"""The read model's rows as models: few statements, each for many grants or pots at once."""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.portal.public.lines import grant_lines, pot_lines
from services.portal.public.models import (
    Agreement,
    Calculation,
    CalculationStep,
    Claim,
    Demand,
    Grant,
    Measure,
    Obligation,
    Payment,
    Pot,
    PotAct,
    Saving,
    Share,
    Variation,
    made,
)
from services.portal.public.rows import Row, rows
from services.portal.public.words import grant_status, saving_said

M = TypeVar("M")

POTS = pot_lines("$1::uuid[]")
AGREEMENTS = "SELECT * FROM agreement WHERE agreement_id = ANY ($1::uuid[])"
VARIATIONS = """
    SELECT * FROM variation WHERE agreement_id = ANY ($1::uuid[]) ORDER BY deed_version
"""
OBLIGATIONS = "SELECT * FROM obligation WHERE obligation_id = ANY ($1::uuid[])"
DEMANDS = """
    SELECT * FROM demand WHERE obligation_id = ANY ($1::uuid[])
    AND issued_sequence IS NOT NULL AND withdrawn_sequence IS NULL
"""
CALCULATION = "SELECT * FROM calculation WHERE calculation_id = $1"
GRANTS = grant_lines("$1::uuid[]", "awarded_on, application_id")
SHARES_OF_GRANTS = """
    SELECT * FROM fund_share WHERE application_id = ANY ($1::uuid[])
    ORDER BY application_id, pot_id
"""
ACTS_OF_POT = "SELECT * FROM pot_act WHERE pot_id = $1 ORDER BY sequence"
GRANTS_OF_POT = "SELECT DISTINCT application_id FROM fund_movement WHERE pot_id = $1"
PAYMENTS = """
    SELECT m.application_id, m.payment_id, m.pot_id, m.amount_pence, p.paid_pence AS payment_pence,
        p.voucher, p.paid_on
    FROM fund_movement m JOIN payment p USING (payment_id)
    WHERE m.kind = 'paid' AND m.application_id = ANY ($1::uuid[])
    ORDER BY p.paid_on, m.payment_id, m.pot_id
"""
CLAIMS = """
    SELECT c.*, coalesce(p.paid_pence, 0)::bigint AS paid_pence
    FROM claim c LEFT JOIN (SELECT claim_id, sum(paid_pence) AS paid_pence FROM payment
        WHERE application_id = ANY ($1::uuid[]) GROUP BY claim_id) p USING (claim_id)
    WHERE c.application_id = ANY ($1::uuid[]) ORDER BY c.claimed_on, c.claim_id
"""
MEASURES = """
    SELECT DISTINCT ON (m.application_id, m.measure_id) m.*
    FROM measure m JOIN (SELECT application_id, max(sequence) AS sequence FROM measure
        WHERE application_id = ANY ($1::uuid[]) GROUP BY application_id) newest
        USING (application_id, sequence)
    ORDER BY m.application_id, m.measure_id
"""
SAVINGS = """
    SELECT * FROM saving WHERE application_id = ANY ($1::uuid[])
    ORDER BY period_start, saving_id
"""


async def pots(session: AsyncSession, pot_ids: Sequence[UUID]) -> dict[UUID, Pot]:
    """Pots with their balances, by id."""
    return {row["pot_id"]: made(Pot, row) for row in await rows(session, POTS, pot_ids)}


async def agreements(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, Agreement]:
    """Agreements by id, with their deeds of variation in order."""
    varied: dict[UUID, list[Variation]] = defaultdict(list)
    for row in await rows(session, VARIATIONS, ids):
        varied[row["agreement_id"]].append(made(Variation, row))
    found = await rows(session, AGREEMENTS, ids)
    return {
        row["agreement_id"]: made(Agreement, row, variations=varied[row["agreement_id"]]) for row in found
    }


async def obligations(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, Obligation]:
    """Obligations by id, each with the demand that stands for it."""
    demands = {row["obligation_id"]: made(Demand, row) for row in await rows(session, DEMANDS, ids)}
    return {
        row["obligation_id"]: made(Obligation, row, demand=demands.get(row["obligation_id"]))
        for row in await rows(session, OBLIGATIONS, ids)
    }


async def calculation(session: AsyncSession, calculation_id: UUID | None) -> Calculation | None:
    """How a sum was worked out; None where the deed fixes it, or the working has not come yet."""
    found = await rows(session, CALCULATION, calculation_id) if calculation_id else []
    if not found:
        return None
    steps = [CalculationStep(**step) for step in json.loads(found[0]["steps"])]
    return made(Calculation, found[0], steps=steps)


async def grants(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, Grant]:
    """Grants by id, in the order of their award."""
    return {row["application_id"]: as_grant(row) for row in await rows(session, GRANTS, ids)}


async def acts_of_pot(session: AsyncSession, pot_id: UUID) -> list[PotAct]:
    """What happened to a pot apart from grants, in order."""
    return [made(PotAct, row) for row in await rows(session, ACTS_OF_POT, pot_id)]


async def grants_of_pot(session: AsyncSession, pot_id: UUID) -> list[UUID]:
    """The grants that a pot bears or has borne a share of."""
    return [row["application_id"] for row in await rows(session, GRANTS_OF_POT, pot_id)]


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


def as_grant(row: Row) -> Grant:
    """A line of the register."""
    return made(Grant, row, status=grant_status(row))


async def _by_grant(
    session: AsyncSession, statement: str, ids: Sequence[UUID], model: Callable[[Row], M]
) -> dict[UUID, list[M]]:
    found: dict[UUID, list[M]] = defaultdict(list)
    for row in await rows(session, statement, ids):
        found[row["application_id"]].append(model(row))
    return found
