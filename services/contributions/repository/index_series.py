"""Published indices, and the value that one gives for a period as published up to a day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.indexation.periods import Frequency
from services.contributions.domain.indexation.publication import Publication
from services.contributions.domain.indexation.series import IndexSeries
from services.contributions.repository.rows import add_row, add_rows
from services.contributions.tables import IndexSeriesRow, IndexValueRow
from shared.errors import Conflict, NotFound
from shared.messaging import UnitOfWork

ONE = text("SELECT id, name, publisher, frequency, source_url FROM index_series WHERE id = :id")
VALUE = text(
    """
    SELECT v.period, v.value, v.provisional, p.published_on, p.id AS publication_id
    FROM index_publication p JOIN index_value v ON v.publication_id = p.id
    WHERE p.series_id = :series_id AND p.published_on <= :known_on
      AND (CAST(:period AS date) IS NULL OR v.period = :period)
    ORDER BY v.period DESC, p.published_on DESC LIMIT 1
    """
)
NEWEST = text(
    """
    SELECT DISTINCT ON (v.period) v.period, v.value, v.provisional, p.published_on, p.id AS publication_id
    FROM index_publication p JOIN index_value v ON v.publication_id = p.id
    WHERE p.series_id = :series_id AND p.published_on <= :known_on
    ORDER BY v.period, p.published_on DESC
    """
)
PUBLISH = text(
    """
    INSERT INTO index_publication (id, series_id, published_on, source, recorded_by, recorded_at)
    VALUES (:id, :series_id, :published_on, :source, :recorded_by, :recorded_at)
    ON CONFLICT DO NOTHING RETURNING 1
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedValue:
    """A value of an index as published on a day; `period` is its first day."""

    period: date
    value: Decimal
    provisional: bool
    published_on: date
    publication_id: UUID


class AllIndexSeries:
    """The indices in one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, series: IndexSeries, uow: UnitOfWork) -> None:
        """Enter a new index; Conflict where its id or its name is there."""
        message = "An index of this name is recorded already. Import its values there."
        taken = Conflict("series.recorded_before", message, field="name")
        row = IndexSeriesRow(
            id=series.id,
            name=series.name,
            publisher=series.publisher,
            frequency=series.frequency,
            source_url=series.source_url,
            recorded_by=uow.cause.actor,
            recorded_at=uow.now,
        )
        await add_row(self._session, row, taken)

    async def get(self, series_id: UUID) -> IndexSeries:
        """The index, or NotFound."""
        row = (await self._session.execute(ONE, {"id": series_id})).one_or_none()
        if row is None:
            raise NotFound("series.not_found", "There is no such index. Choose one from the list.")
        return IndexSeries(
            id=row.id,
            name=row.name,
            publisher=row.publisher,
            frequency=Frequency(row.frequency),
            source_url=row.source_url,
        )

    async def value(self, series_id: UUID, period: date | None, known_on: date) -> PublishedValue | None:
        """The value for a period, or the newest period's, by the last publication up to a day."""
        wanted = {"series_id": series_id, "period": period, "known_on": known_on}
        row = (await self._session.execute(VALUE, wanted)).mappings().one_or_none()
        return None if row is None else PublishedValue(**row)

    async def newest(self, series_id: UUID, known_on: date) -> dict[date, PublishedValue]:
        """The value that holds for each period by what was published up to a day."""
        rows = await self._session.execute(NEWEST, {"series_id": series_id, "known_on": known_on})
        return {row["period"]: PublishedValue(**row) for row in rows.mappings()}

    async def publish(self, publication: Publication, uow: UnitOfWork) -> bool:
        """Keep a publication with its values; false where its id, or its day, is there."""
        head = {
            "id": publication.id,
            "series_id": publication.series_id,
            "published_on": publication.published_on,
            "source": publication.source,
            "recorded_by": uow.cause.actor,
            "recorded_at": uow.now,
        }
        if (await self._session.execute(PUBLISH, head)).first() is None:
            return False
        values = [
            {
                "publication_id": publication.id,
                "period": each.period,
                "value": each.value,
                "provisional": each.provisional,
            }
            for each in publication.values
        ]
        await add_rows(self._session, IndexValueRow, values)
        return True
