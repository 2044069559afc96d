"""Editions of wards as officers look at them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.errors import NotFound

EDITION = """
    SELECT e.id AS edition_id, e.organisation, e.name, e.valid_from,
           lead(e.valid_from) OVER (PARTITION BY e.organisation ORDER BY e.valid_from) AS valid_until,
           e.source, e.recorded_by, e.recorded_at
    FROM ward_edition e
"""
LIST = text(
    f"""
    SELECT found.*, (SELECT count(*) FROM ward w WHERE w.edition_id = found.edition_id) AS wards
    FROM ({EDITION}) found ORDER BY organisation, valid_from DESC
    """  # noqa: S608 - only the words above
)
ONE = text(f"SELECT * FROM ({EDITION}) found WHERE edition_id = :id")  # noqa: S608 - only the words above
WARDS = text("SELECT code, name FROM ward WHERE edition_id = :id ORDER BY name, code")


ALL = text(
    """
    SELECT code, min(name) AS name FROM (
        SELECT code, name FROM ward
        UNION ALL SELECT ward, ward FROM known_ward WHERE ward NOT IN (SELECT code FROM ward)) named
    GROUP BY code ORDER BY name, code
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WardLine:
    """A ward's code and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WardEditionLine:
    """An edition, valid from its day until the day of the next (not included), and how many wards it has."""

    edition_id: UUID
    organisation: str
    name: str
    valid_from: date
    valid_until: date | None
    source: str
    recorded_by: str
    recorded_at: datetime
    wards: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WardEditionView:
    """An edition with its wards by name."""

    edition_id: UUID
    organisation: str
    name: str
    valid_from: date
    valid_until: date | None
    source: str
    recorded_by: str
    recorded_at: datetime
    wards: list[WardLine]


async def list_wards(session: AsyncSession) -> list[WardLine]:
    """Every ward that an edition or a fund names, by name; one that only funds name is called by its code."""
    return [WardLine(**row) for row in (await session.execute(ALL)).mappings()]


async def list_ward_editions(session: AsyncSession) -> list[WardEditionLine]:
    """The editions of every organisation, the newest first."""
    return [WardEditionLine(**row) for row in (await session.execute(LIST)).mappings()]


async def show_ward_edition(session: AsyncSession, edition_id: UUID) -> WardEditionView:
    """One edition with its wards, or NotFound."""
    row = (await session.execute(ONE, {"id": edition_id})).mappings().one_or_none()
    if row is None:
        message = "There is no such edition of wards. Choose one from the list."
        raise NotFound("ward_edition.not_found", message)
    wards = (await session.execute(WARDS, {"id": edition_id})).mappings()
    return WardEditionView(**row, wards=[WardLine(**each) for each in wards])
