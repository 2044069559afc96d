"""The fund manager enters an index that deeds name."""

from dataclasses import dataclass

from services.contributions.domain.indexation.series import IndexSeries, check_series
from services.contributions.repository.index_series import AllIndexSeries
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded

FIRST = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSeries:
    """An index by the name deeds know it by; its values are imported next."""

    series: IndexSeries


async def record_series(command: RecordSeries, uow: UnitOfWork) -> Recorded:
    """Refuses by field what a form must not take, and a name that is there already."""
    check_series(command.series)
    await AllIndexSeries(uow.session).add(command.series, uow)
    return Recorded(command.series.id, FIRST)
