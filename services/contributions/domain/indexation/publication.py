"""One day's publication of an index: values that are new, or that revise earlier ones, which are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from services.contributions.domain.indexation.periods import (
    Frequency,
    next_period,
    period_in_words,
    period_of,
)
from services.contributions.domain.indexation.series import IndexSeries
from shared.checks import future_refusal, refuse_all, text_refusal
from shared.errors import Invalid, Problem

EARLIEST_YEAR, LATEST_AFTER_YEARS = 1900, 10
VALUE_PLACES, LARGEST_VALUE = 6, Decimal(1_000_000)
MISSING_NAMED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexValue:
    """The value for a period, named by its first day; a provisional one may still be revised."""

    period: date
    value: Decimal
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What a publisher said of an index on a day, and where it was read."""

    id: UUID
    series_id: UUID
    published_on: date
    source: str
    values: tuple[IndexValue, ...]


def check_publication(publication: Publication, series: IndexSeries, *, today: date) -> None:
    """Refuse by field a publication without a source, or of a day to come."""
    refuse_all(
        "publication.invalid",
        [
            future_refusal(
                publication.published_on, today=today, field="published_on", name="The publication"
            ),
            text_refusal(publication.source, field="source", name="where the values were read", longest=500),
            None if publication.values else Invalid("values.missing", _none(series), field="file"),
        ],
    )


def value_problem(value: IndexValue, series: IndexSeries, published_on: date) -> str | None:
    """What is wrong with one value, if anything: its sum, its period, or a forecast that says it is final."""
    if not value.value.is_finite() or value.value <= 0:
        return f"An index is above zero; {value.value:f} is not. Correct the value."
    if value.value > LARGEST_VALUE or value.value != round(value.value, VALUE_PLACES):
        return f"Give a value up to {LARGEST_VALUE:,} with {VALUE_PLACES} decimals at most."
    latest_year = published_on.year + LATEST_AFTER_YEARS
    if not EARLIEST_YEAR < value.period.year <= latest_year:
        return f"The period is not between {EARLIEST_YEAR + 1} and {latest_year}. Correct the date."
    return _forecast_problem(value, series, published_on)


def missing_periods(
    values: Mapping[date, object], known: frozenset[date], frequency: Frequency
) -> tuple[date, ...]:
    """The periods between the first and the last that neither the file nor an earlier publication has."""
    have = values.keys() | known
    if not values:
        return ()
    start = min(values) if not known else min(*values, max(known))
    found, period = [], start
    while period < max(values):
        period = next_period(period, frequency)
        if period not in have:
            found.append(period)
    return tuple(found)


def missing_problem(missing: tuple[date, ...], frequency: Frequency) -> Problem:
    """The periods that are missing, the first few by name, and what to do."""
    named = ", ".join(period_in_words(each, frequency) for each in missing[:MISSING_NAMED])
    more = len(missing) - MISSING_NAMED
    ending = f" and {more} more" if more > 0 else ""
    return Problem(
        "file", f"Missing: {named}{ending}. Add the rows, so that no {frequency.period} is left out."
    )


def _forecast_problem(value: IndexValue, series: IndexSeries, published_on: date) -> str | None:
    """A yearly index may be final before its year; a month's or quarter's cannot before it begins."""
    if series.frequency is Frequency.YEARLY or value.provisional:
        return None
    if value.period <= period_of(published_on, series.frequency):
        return None
    period = period_in_words(value.period, series.frequency)
    return f"{period} was still to come when this was published: mark the value as provisional."


def _none(series: IndexSeries) -> str:
    return f"The file holds no {series.frequency} value. Choose the file of {series.name}."
