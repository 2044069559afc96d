"""Daily values of many meters or stations at once: one statement, a row of arrays for each."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
from sqlalchemy import TextClause
from sqlalchemy.ext.asyncio import AsyncSession

from services.monitoring.domain.degree_day_model import DailySeries


class Span(NamedTuple):
    """A half-open period of local days of one meter or station."""

    of: UUID
    starts_on: date
    ends_before: date


def asked_for(spans: Sequence[Span]) -> dict[str, Any]:
    """The parameters of a statement that reads these spans."""
    return {
        "ids": [span.of for span in spans],
        "starts_on": [span.starts_on for span in spans],
        "ends_before": [span.ends_before for span in spans],
    }


async def daily_series(
    session: AsyncSession, statement: TextClause, spans: Sequence[Span]
) -> dict[Span, DailySeries]:
    """The values of each span, by a statement that answers the days since its start and their values."""
    different = list(dict.fromkeys(spans))
    if not different:
        return {}
    rows = (await session.execute(statement, asked_for(different))).all()
    return {span: _series(span, *row) for span, row in zip(different, rows, strict=True)}


def _series(span: Span, days: Sequence[int] | None, values: Sequence[float] | None) -> DailySeries:
    series = np.full((span.ends_before - span.starts_on).days, np.nan)
    series[np.array(days or (), dtype=np.int64)] = values or ()
    return DailySeries(span.starts_on, series)
