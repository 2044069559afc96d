"""The register: what the fund holds and did in all, its pots and its grants, page by page."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.portal.projections.freshness import as_of
from services.portal.public.models import FundTotals, Grant, Pot, VerifiedTotal, made
from services.portal.public.reading import as_grant

PAGE_SIZE = 25

MONEY = text(
    """
    SELECT count(*) AS pots, coalesce(sum(received_pence), 0)::bigint AS received_pence,
        coalesce(sum(available_pence), 0)::bigint AS available_pence,
        coalesce(sum(reserved_pence), 0)::bigint AS reserved_pence,
        coalesce(sum(committed_pence), 0)::bigint AS committed_pence,
        coalesce(sum(paid_pence), 0)::bigint AS paid_pence
    FROM pot_balance
    """
)
PROMISED = text(
    """
    SELECT count(*) FILTER (WHERE granted_pence > 0) AS grants,
        coalesce(sum(promise_kg_co2e) FILTER (WHERE granted_pence > 0 AND accepted_sequence IS NOT NULL), 0)
            AS promised_kg_co2e
    FROM grant_line
    """
)
VERIFIED = text(
    """
    SELECT basis, count(DISTINCT application_id) AS projects, sum(saved_kg_co2e) AS saved_kg_co2e,
        coalesce(sum(saved_kg_co2e) FILTER (WHERE distinguishable), 0) AS distinguishable_kg_co2e
    FROM saving GROUP BY basis ORDER BY basis
    """
)
POTS = text(
    """
    SELECT *, count(*) OVER () AS in_all FROM pot_balance
    WHERE :organisation = '' OR organisation = :organisation
    ORDER BY spend_by_on NULLS LAST, pot_id LIMIT :limit OFFSET :offset
    """
)
GRANTS = text(
    """
    SELECT *, count(*) OVER () AS in_all FROM grant_line
    WHERE :search = '' OR position(lower(:search) IN lower(concat_ws(' ', reference, organisation_name,
        building_name, ward))) > 0
    ORDER BY awarded_on DESC, application_id LIMIT :limit OFFSET :offset
    """
)
MEASURED = text(
    """
    SELECT application_id, basis, sum(saved_kg_co2e) AS saved_kg_co2e,
        coalesce(sum(saved_kg_co2e) FILTER (WHERE distinguishable), 0) AS distinguishable_kg_co2e
    FROM saving WHERE application_id = ANY (CAST(:ids AS uuid[]))
    GROUP BY application_id, basis ORDER BY application_id, basis
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a grant's project saved in all its verified periods, of one basis."""

    basis: str
    saved_kg_co2e: Decimal
    distinguishable_kg_co2e: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """A grant with what has been measured so far; nothing measured is an empty list, not a nought."""

    grant: Grant
    measured: list[Measured]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPage:
    """One page of the register of grants."""

    lines: list[RegisterLine]
    page: int
    pages: int
    in_all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PotsPage:
    """One page of the pots, the next to be spent first."""

    pots: list[Pot]
    page: int
    pages: int
    in_all: int


async def fund_totals(session: AsyncSession) -> FundTotals:
    """What the fund holds, granted, paid, promised and verified."""
    money = (await session.execute(MONEY)).one()
    promised = (await session.execute(PROMISED)).one()
    verified = [made(VerifiedTotal, row) for row in await session.execute(VERIFIED)]
    promise = promised._mapping  # noqa: SLF001 - SQLAlchemy's public name for it
    return made(FundTotals, money, **promise, verified=verified, as_of=await as_of(session))


async def list_pots(
    session: AsyncSession, page: int, *, organisation: str = "", size: int = PAGE_SIZE
) -> PotsPage:
    """The pots with their balances."""
    place = {"organisation": organisation, "limit": size, "offset": (page - 1) * size}
    rows = (await session.execute(POTS, place)).all()
    in_all = rows[0].in_all if rows else 0
    return PotsPage(pots=[made(Pot, row) for row in rows], page=page, pages=-(-in_all // size), in_all=in_all)


async def list_grants(
    session: AsyncSession, page: int, *, search: str = "", size: int = PAGE_SIZE
) -> RegisterPage:
    """The grants, the latest award first, with what was measured of each."""
    place = {"search": search.strip(), "limit": size, "offset": (page - 1) * size}
    rows = (await session.execute(GRANTS, place)).all()
    measured = await _measured(session, [row.application_id for row in rows])
    lines = [RegisterLine(grant=as_grant(row), measured=measured.get(row.application_id, [])) for row in rows]
    in_all = rows[0].in_all if rows else 0
    return RegisterPage(lines=lines, page=page, pages=-(-in_all // size), in_all=in_all)


async def _measured(session: AsyncSession, ids: list[UUID]) -> dict[UUID, list[Measured]]:
    found: dict[UUID, list[Measured]] = {}
    for row in await session.execute(MEASURED, {"ids": ids}):
        found.setdefault(row.application_id, []).append(made(Measured, row))
    return found
