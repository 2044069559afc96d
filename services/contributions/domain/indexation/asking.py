"""Which months of an index a deed asks for, and what is said when one of them is not there."""

from dataclasses import dataclass
from datetime import date

from services.contributions.domain.indexation.periods import falls_in, month_before, month_of
from services.contributions.domain.indexation.rule import EndDay, IndexationRule, IndexMonth
from services.contributions.domain.indexation.series import IndexSeries
from shared.errors import Invalid
from shared.wording import in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days between which a sum grows."""

    start: date
    end: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedMonth:
    """A month that the index is asked for (None: the latest published), and why in words."""

    month: date | None
    why: str


def span_of(rule: IndexationRule, *, deed_on: date | None, trigger_met_on: date, due_on: date) -> Span:
    """From the deed, or the day that it names, to the day the sum falls due or its trigger was met."""
    start = rule.base_on or deed_on
    if start is None:
        message = (
            "The deed has no date, so there is no day to index from. "
            "Record the day that the deed counts from in the terms of payment."
        )
        raise Invalid("indexation.no_start", message, field="base_on")
    return Span(start=start, end=due_on if rule.end_day is EndDay.DUE else trigger_met_on)


def base_month(rule: IndexationRule, span: Span) -> AskedMonth:
    """The month at the start (D of the usual clause)."""
    what = "the deed's date" if rule.base_on is None else "the day the deed counts from"
    return _asked(rule.base_month, span.start, what)


def end_month(rule: IndexationRule, span: Span) -> AskedMonth:
    """The month at the end (C of the usual clause)."""
    what = "the day the sum falls due" if rule.end_day is EndDay.DUE else "the day the trigger was met"
    return _asked(rule.end_month, span.end, what)


def missing_month(series: IndexSeries, asked: AskedMonth, known_on: date) -> Invalid:
    """The refusal of a calculation whose month was not yet published, or never imported."""
    if asked.month is None:
        said = f"{series.name} has no value at all"
    else:
        said = f"{series.name} has no value for {falls_in(asked.month, series.frequency)} ({asked.why})"
    message = (
        f"{said} among what {series.publisher} had published by {in_words(known_on)}. "
        "Import the publication that holds it; "
        "if the deed means another month, correct the terms of payment."
    )
    return Invalid("index.month_missing", message, field="series_id")


def _asked(which: IndexMonth, day: date, what: str) -> AskedMonth:
    if which is IndexMonth.LATEST_PUBLISHED:
        return AskedMonth(month=None, why="the latest published")
    if which is IndexMonth.MONTH_BEFORE:
        return AskedMonth(month=month_before(day), why=f"the month before {what}, {in_words(day)}")
    return AskedMonth(month=month_of(day), why=f"the month of {what}, {in_words(day)}")
