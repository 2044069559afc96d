"""A published index of prices, such as a tender price index, by the name deeds know it by."""

from dataclasses import dataclass
from uuid import UUID

from services.contributions.domain.checks import web_address_refusal
from services.contributions.domain.indexation.periods import Frequency
from shared.checks import refuse_all, text_refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexSeries:
    """An index: who publishes it, how often it has a value, and where it can be read."""

    id: UUID
    name: str
    publisher: str
    frequency: Frequency
    source_url: str | None = None


def check_series(series: IndexSeries) -> None:
    """Refuse by field what a form must not take."""
    refuse_all(
        "series.invalid",
        [
            text_refusal(series.name, field="name", name="the name of the index"),
            text_refusal(series.publisher, field="publisher", name="who publishes the index"),
            web_address_refusal(series.source_url, field="source_url"),
        ],
    )
