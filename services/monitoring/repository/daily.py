"""Daily values of many meters or stations at once: one statement, an array for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.monitoring.domain.degree_day_model import DailySeries


class Span(NamedTuple):
    """A half-open period of local days of one meter or station."""

    of: UUID
    starts_on: date
    ends_before: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.ends_before - self.starts_on).days


@dataclass(frozen=True, slots=True)
class DailyTable:
    """A table with one value for each day: its name, the column of whose day it is, and that of the value."""

    name: str
    of: str
    value: str

    async def series(self, session: AsyncSession, spans: Sequence[Span]) -> dict[Span, DailySeries]:
        """The values of each span; which days they are of is asked only where some are missing."""
        different = list(dict.fromkeys(spans))
        values = await self._arrays(session, f"CAST({self.value} AS float8)", different)
        gappy = [span for span in different if len(values[span]) < span.days]
        places = await self._arrays(session, "day - asked.starts_on", gappy)
        return {span: _series(span, values[span], places.get(span)) for span in different}

    async def _arrays(
        self, session: AsyncSession, what: str, spans: Sequence[Span]
    ) -> dict[Span, Sequence[float]]:
        if not spans:
            return {}
        found = (await session.execute(self._select(what), asked_for(spans))).scalars()
        return dict(zip(spans, found, strict=True))

    def _select(self, what: str) -> TextClause:
        return text(
            f"""
            SELECT ARRAY(
                SELECT {what} FROM {self.name} AS kept
                WHERE kept.{self.of} = asked.id
                  AND kept.day >= asked.starts_on AND kept.day < asked.ends_before
                ORDER BY kept.day
            )
            FROM unnest(CAST(:ids AS uuid[]), CAST(:starts_on AS date[]), CAST(:ends_before AS date[]))
                 WITH ORDINALITY AS asked(id, starts_on, ends_before, place)
            ORDER BY asked.place
            """  # noqa: S608 - names of tables.py
        )


def asked_for(spans: Sequence[Span]) -> dict[str, Any]:
    """The parameters of a statement that reads these spans."""
    return {
        "ids": [span.of for span in spans],
        "starts_on": [span.starts_on for span in spans],
        "ends_before": [span.ends_before for span in spans],
    }


def _series(span: Span, values: Sequence[float], places: Sequence[float] | None) -> DailySeries:
    if places is None:
        return DailySeries(span.starts_on, np.array(values, dtype=np.float64))
    series = np.full(span.days, np.nan)
    series[np.array(places, dtype=np.int64)] = values
    return DailySeries(span.starts_on, series)
