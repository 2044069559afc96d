"""The register: what the fund holds and did in all, its pots and its grants, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.portal.projections.freshness import as_of
from services.portal.public.lines import IS_GRANT, grant_lines, pot_lines
from services.portal.public.models import FundTotals, Grant, Pot, VerifiedTotal, made
from services.portal.public.reading import as_grant
from services.portal.public.rows import Row, rows

PAGE_SIZE = 25


def _listed(fitting: str, order: str, lines: str) -> str:
    """One page of a list, cut before anything is added up; at least one row, which counts them all."""
    return f"""
        WITH fitting AS NOT MATERIALIZED ({fitting}),
        chosen AS MATERIALIZED (SELECT * FROM fitting ORDER BY {order} LIMIT $2 OFFSET $3)
        SELECT * FROM (SELECT count(*) AS in_all FROM fitting) counted
        LEFT JOIN (SELECT true AS is_there, line.* FROM ({lines}) line) found ON true
        ORDER BY {order}
    """  # noqa: S608 - made of this module's own words


TOTALS = """
    WITH share AS MATERIALIZED (SELECT * FROM fund_share),
    borne AS (SELECT sum(granted_pence) AS granted, sum(reserved_pence) AS reserved,
        sum(committed_pence) AS committed, sum(paid_pence) AS paid FROM share JOIN pot USING (pot_id)),
    own AS (SELECT coalesce(sum(reversed_pence), 0)::bigint AS reversed,
        coalesce(sum(interest_pence), 0)::bigint AS interest_pence,
        coalesce(sum(refunding_pence), 0)::bigint AS refunding_pence,
        coalesce(sum(returned_pence), 0)::bigint AS returned_pence FROM pot_own),
    held AS (SELECT count(*) AS pots, coalesce(sum(received_pence), 0)::bigint - (SELECT reversed FROM own)
        AS received FROM pot),
    granted AS (SELECT application_id FROM share GROUP BY application_id HAVING sum(granted_pence) > 0),
    promised AS (SELECT count(*) AS grants,
        sum(coalesce(accepted_promised_kg_co2e, promised_kg_co2e))
            FILTER (WHERE accepted_sequence IS NOT NULL) AS promised_kg_co2e
        FROM application JOIN granted USING (application_id))
    SELECT pots, grants, received AS received_pence, interest_pence, refunding_pence, returned_pence,
        (received + interest_pence - refunding_pence - returned_pence - coalesce(granted, 0))::bigint
            AS available_pence,
        coalesce(reserved, 0)::bigint AS reserved_pence, coalesce(committed, 0)::bigint AS committed_pence,
        coalesce(paid, 0)::bigint AS paid_pence, coalesce(promised_kg_co2e, 0) AS promised_kg_co2e
    FROM held, own, borne, promised
"""
VERIFIED = """
    SELECT basis, count(DISTINCT application_id) AS projects, sum(saved_kg_co2e) AS saved_kg_co2e,
        coalesce(sum(saved_kg_co2e) FILTER (WHERE distinguishable), 0) AS distinguishable_kg_co2e
    FROM saving GROUP BY basis ORDER BY basis
"""
POTS = _listed(
    "SELECT pot_id, spend_by_on FROM pot WHERE $1::text = '' OR organisation = $1",
    "spend_by_on NULLS LAST, pot_id",
    pot_lines("ARRAY(SELECT pot_id FROM chosen)"),
)
GRANTS = _listed(
    f"""
    SELECT application_id, awarded_on FROM application
    WHERE {IS_GRANT} AND ($1::text = '' OR position(lower($1) IN lower(concat_ws(' ', reference,
        organisation_name, building_name, ward))) > 0)
    """,  # noqa: S608 - made of our own words
    "awarded_on DESC, application_id",
    grant_lines("ARRAY(SELECT application_id FROM chosen)"),
)
MEASURED = """
    SELECT application_id, basis, sum(saved_kg_co2e) AS saved_kg_co2e,
        coalesce(sum(saved_kg_co2e) FILTER (WHERE distinguishable), 0) AS distinguishable_kg_co2e
    FROM saving WHERE application_id = ANY ($1::uuid[])
    GROUP BY application_id, basis ORDER BY application_id, basis
"""


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
    (totals,) = await rows(session, TOTALS)
    verified = [made(VerifiedTotal, row) for row in await rows(session, VERIFIED)]
    return made(FundTotals, totals, verified=verified, as_of=await as_of(session))


async def list_pots(
    session: AsyncSession, page: int, *, organisation: str = "", size: int = PAGE_SIZE
) -> PotsPage:
    """The pots with their balances; behind the last page none."""
    found, in_all = await _page(session, POTS, organisation, page, size)
    return PotsPage(
        pots=[made(Pot, row) for row in found], page=page, pages=_pages(in_all, size), in_all=in_all
    )


async def list_grants(
    session: AsyncSession, page: int, *, search: str = "", size: int = PAGE_SIZE
) -> RegisterPage:
    """The grants with what was measured of each, the latest award first; behind the last page none."""
    found, in_all = await _page(session, GRANTS, search.strip(), page, size)
    measured = await _measured(session, [row["application_id"] for row in found])
    lines = [
        RegisterLine(grant=as_grant(row), measured=measured.get(row["application_id"], [])) for row in found
    ]
    return RegisterPage(lines=lines, page=page, pages=_pages(in_all, size), in_all=in_all)


async def _page(
    session: AsyncSession, statement: str, sought: str, page: int, size: int
) -> tuple[Sequence[Row], int]:
    """The rows of one page, and how many there are on all of them."""
    found = await rows(session, statement, sought, size, (page - 1) * size)
    return [row for row in found if row["is_there"]], found[0]["in_all"]


def _pages(in_all: int, size: int) -> int:
    return -(-in_all // size)


async def _measured(session: AsyncSession, ids: list[UUID]) -> dict[UUID, list[Measured]]:
    found: dict[UUID, list[Measured]] = {}
    for row in await rows(session, MEASURED, ids):
        found.setdefault(row["application_id"], []).append(made(Measured, row))
    return found
