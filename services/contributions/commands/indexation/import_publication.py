"""The fund manager imports what a publisher said of an index on a day: looked at first, then kept."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from services.contributions.domain.indexation.periods import period_in_words
from services.contributions.domain.indexation.publication import (
    Publication,
    check_publication,
    missing_periods,
    missing_problem,
)
from services.contributions.domain.indexation.series import IndexSeries
from services.contributions.domain.indexation.values_file import ValueRow, read_values, values_of
from services.contributions.repository.index_series import AllIndexSeries, PublishedValue
from shared.errors import Conflict, Invalid, Problem
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded
from shared.wording import in_words

FIRST = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPublication:
    """The values in a file (CSV or workbook), as published on a day."""

    publication_id: UUID
    series_id: UUID
    published_on: date
    source: str
    file: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewedValue:
    """A row of the file and what keeping it would do: a new value, a revised or a repeated one, or a problem.

    `known_value` is what was published before, where anything was.
    """

    row: int
    period: date | None
    said_period: str
    said_value: str
    value: Decimal | None
    provisional: bool
    known_value: Decimal | None
    outcome: str
    problem: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationPreview:
    """What keeping the file would do; it can be kept while there are no problems."""

    new: int
    revised: int
    repeated: int
    problems: list[Problem]
    values: list[PreviewedValue]


async def preview_publication(command: ImportPublication, uow: UnitOfWork) -> PublicationPreview:
    """Nothing is kept; refuses a file that cannot be read at all."""
    series = await AllIndexSeries(uow.session).get(command.series_id)
    rows = read_values(command.file, series, command.published_on)
    known = await AllIndexSeries(uow.session).newest(series.id, command.published_on)
    check_publication(_publication(command, rows), series, today=uow.today)
    values = [_previewed(row, series, known) for row in rows]
    return PublicationPreview(
        new=sum(each.outcome == "new" for each in values),
        revised=sum(each.outcome == "revised" for each in values),
        repeated=sum(each.outcome == "repeated" for each in values),
        problems=_problems(rows, series, known),
        values=values,
    )


async def import_publication(command: ImportPublication, uow: UnitOfWork) -> Recorded:
    """Keeps all rows or, where any is wrong, none; refuses a second publication of the same day."""
    all_series = AllIndexSeries(uow.session)
    series = await all_series.get(command.series_id)
    rows = read_values(command.file, series, command.published_on)
    publication = _publication(command, rows)
    known = await all_series.newest(series.id, command.published_on)
    problems = _problems(rows, series, known)
    if problems:
        message = f"Correct {len(problems)} things in the file, then choose it again. Nothing was kept."
        raise Invalid("publication.rows", message, problems=problems)
    check_publication(publication, series, today=uow.today)
    if not await all_series.publish(publication, uow):
        raise Conflict(
            "publication.imported_before",
            f"A publication of {in_words(command.published_on)} is kept already, and is never overwritten. "
            "Import a revision under the day on which it was published.",
            field="published_on",
        )
    return Recorded(publication.id, FIRST)


def _publication(command: ImportPublication, rows: tuple[ValueRow, ...]) -> Publication:
    return Publication(
        id=command.publication_id,
        series_id=command.series_id,
        published_on=command.published_on,
        source=command.source,
        values=tuple(values_of(rows).values()),
    )


def _problems(
    rows: tuple[ValueRow, ...], series: IndexSeries, known: dict[date, PublishedValue]
) -> list[Problem]:
    found = [Problem(f"row {row.number}", row.problem) for row in rows if row.problem is not None]
    if found:
        return found
    missing = missing_periods(values_of(rows), frozenset(known), series.frequency)
    return [missing_problem(missing, series.frequency)] if missing else []


def _previewed(row: ValueRow, series: IndexSeries, known: dict[date, PublishedValue]) -> PreviewedValue:
    value = row.value
    before = None if value is None else known.get(value.period)
    return PreviewedValue(
        row=row.number,
        period=None if value is None else value.period,
        said_period=row.said_period if value is None else period_in_words(value.period, series.frequency),
        said_value=row.said_value,
        value=None if value is None else value.value,
        provisional=value is not None and value.provisional,
        known_value=None if before is None else before.value,
        outcome=_outcome(row, before),
        problem=row.problem,
    )


def _outcome(row: ValueRow, before: PublishedValue | None) -> str:
    if row.value is None:
        return "refused"
    if before is None:
        return "new"
    same = (row.value.value, row.value.provisional) == (before.value, before.provisional)
    return "repeated" if same else "revised"
