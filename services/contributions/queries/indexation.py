"""Published indices as the fund manager and those who check a demand look at them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.errors import NotFound

IN_FORCE = """
    SELECT DISTINCT ON (v.period) v.period, v.value, v.provisional, p.published_on, p.id AS publication_id
    FROM index_publication p JOIN index_value v ON v.publication_id = p.id
    WHERE p.series_id = s.id ORDER BY v.period DESC, p.published_on DESC
"""
SERIES = f"""
    SELECT s.id AS series_id, s.name, s.publisher, s.frequency, s.source_url,
           n.period AS newest_period, n.value AS newest_value, n.provisional AS newest_provisional,
           (SELECT max(published_on) FROM index_publication WHERE series_id = s.id) AS last_published_on
    FROM index_series s LEFT JOIN LATERAL ({IN_FORCE} LIMIT 1) n ON true
"""  # noqa: S608 - only our own words
LIST = text(f"{SERIES} ORDER BY s.name")
ONE = text(f"{SERIES} WHERE s.id = :id")
VALUES = text(f"SELECT v.* FROM index_series s CROSS JOIN LATERAL ({IN_FORCE}) v WHERE s.id = :id")  # noqa: S608 - only our own words
PUBLICATIONS = text(
    """
    SELECT p.id AS publication_id, p.published_on, p.source, p.recorded_by, p.recorded_at,
           count(*) AS values, count(*) FILTER (WHERE v.provisional) AS provisional_values
    FROM index_publication p JOIN index_value v ON v.publication_id = p.id
    WHERE p.series_id = :id GROUP BY p.id ORDER BY p.published_on DESC
    """
)
HISTORY = text(
    """
    SELECT v.period, v.value, v.provisional, p.published_on, p.id AS publication_id
    FROM index_publication p JOIN index_value v ON v.publication_id = p.id
    WHERE p.series_id = :id ORDER BY v.period DESC, p.published_on DESC
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesLine:
    """An index with its newest value; a period is named by its first day."""

    series_id: UUID
    name: str
    publisher: str
    frequency: str
    source_url: str | None
    newest_period: date | None
    newest_value: Decimal | None
    newest_provisional: bool | None
    last_published_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueLine:
    """A value of an index, with the publication it stands in."""

    period: date
    value: Decimal
    provisional: bool
    published_on: date
    publication_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationLine:
    """One import of what was published on a day: by whom, when, from where, and how many values."""

    publication_id: UUID
    published_on: date
    source: str
    recorded_by: str
    recorded_at: datetime
    values: int
    provisional_values: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesView:
    """An index with the values that hold, the newest first, and every publication of it."""

    series: SeriesLine
    values: list[ValueLine]
    publications: list[PublicationLine]


async def list_series(session: AsyncSession) -> list[SeriesLine]:
    """All indices by name."""
    return [SeriesLine(**row) for row in (await session.execute(LIST)).mappings()]


async def show_series(session: AsyncSession, series_id: UUID) -> SeriesView:
    """One index, or NotFound."""
    row = (await session.execute(ONE, {"id": series_id})).mappings().one_or_none()
    if row is None:
        raise NotFound("series.not_found", "There is no such index. Choose one from the list.")
    values = (await session.execute(VALUES, {"id": series_id})).mappings()
    publications = (await session.execute(PUBLICATIONS, {"id": series_id})).mappings()
    return SeriesView(
        series=SeriesLine(**row),
        values=[ValueLine(**value) for value in values],
        publications=[PublicationLine(**each) for each in publications],
    )


async def list_history(session: AsyncSession, series_id: UUID) -> list[ValueLine]:
    """Every value ever published of an index: of one period the newest publication first."""
    return [ValueLine(**row) for row in (await session.execute(HISTORY, {"id": series_id})).mappings()]
