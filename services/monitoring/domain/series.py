"""A file of hourly or daily values, each put on its local day or UTC hour, or refused by row."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from services.monitoring.domain.csv_file import CsvFile, find_column, read_csv, refuse_rows, row_problem
from services.monitoring.domain.local_time import (
    ONE_HOUR,
    Zone,
    is_date_only,
    local_day,
    parse_time,
    utc_candidates,
)
from shared.errors import Invalid, Problem

TIME_COLUMNS = frozenset({"timestamp", "date", "datetime", "time", "start", "dt"})
EARLIEST_YEAR = 1990
"""A reading before this year is a slip of the keyboard."""

_LONGEST_NUMBER = 40
_MISSING = frozenset({"", "-", "nan", "null", "n/a"})


class Resolution(StrEnum):
    """How often the file gives a value; times label the start of their hour."""

    HOURLY = "hourly"
    DAILY = "daily"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRules:
    """What a file of this kind must keep: its value columns, its clock, and what a value may be."""

    value_columns: frozenset[str]
    meaning: str
    refusal_of: Callable[[Decimal], str | None]
    zone: Zone
    not_later_than: date
    resolution: Resolution | None = None


class RowOutcome(StrEnum):
    """What became of a row that gave no value of its own, though nothing is wrong with it."""

    IGNORED = "ignored"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class RowNote:
    """A row that was not simply taken, by its number as a spreadsheet shows it, and why."""

    row: int
    outcome: RowOutcome
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The values of a file by local day or by UTC hour, as its resolution says, with what was noticed."""

    resolution: Resolution
    by_day: Mapping[date, Decimal]
    by_hour: Mapping[datetime, Decimal]
    rows_read: int
    notes: tuple[RowNote, ...]
    warnings: tuple[str, ...]

    @property
    def duplicates_ignored(self) -> int:
        """How many rows repeat another row."""
        return sum(note.outcome is RowOutcome.IGNORED for note in self.notes)

    @property
    def missing_values(self) -> int:
        """How many rows have no value."""
        return sum(note.outcome is RowOutcome.MISSING for note in self.notes)


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    moment: datetime
    value: Decimal | None


Key = TypeVar("Key", date, datetime)
_Placed = list[tuple[_Row, Key]]


def read_series(content: bytes, rules: SeriesRules) -> Series:
    """The values of the file; every row that breaks a rule is named, and then nothing is taken."""
    file = read_csv(content)
    rows, problems = _rows(file, rules)
    resolution = rules.resolution or _resolution(rows)
    _refuse_days_as_hours(rows, resolution)
    by_day: dict[date, Decimal] = {}
    by_hour: dict[datetime, Decimal] = {}
    if resolution is Resolution.DAILY:
        notes = _take(_on_days(rows, problems), by_day, rules.not_later_than, problems)
    else:
        notes = _take(_on_hours(rows, rules.zone, problems), by_hour, rules.not_later_than, problems)
    refuse_rows(problems)
    return Series(
        resolution=resolution,
        by_day=by_day,
        by_hour=by_hour,
        rows_read=len(file.rows),
        notes=tuple(notes),
        warnings=file.warnings + _clock_warnings(resolution, rules.zone),
    )


def _rows(file: CsvFile, rules: SeriesRules) -> tuple[list[_Row], list[Problem]]:
    """Each row's time and value; a value left out stays missing, and is never nought."""
    time_at = find_column(file, TIME_COLUMNS, "date or time")
    value_at = find_column(file, rules.value_columns, rules.meaning)
    rows: list[_Row] = []
    problems: list[Problem] = []
    for number, cells in file.rows:
        moment, value = _time(cells[time_at], rules), _value(cells[value_at], rules)
        if isinstance(moment, str):
            problems.append(row_problem(number, file.columns[time_at], moment))
        if isinstance(value, str):
            problems.append(row_problem(number, file.columns[value_at], value))
        elif not isinstance(moment, str):
            rows.append(_Row(number, moment, value))
    return rows, problems


def _value(text: str, rules: SeriesRules) -> Decimal | str | None:
    """The number, nothing where it is marked as missing, or what is wrong with it."""
    if text.lower() in _MISSING:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or "_" in text or len(text) > _LONGEST_NUMBER:
        remedy = "Write it in figures with a full stop and no unit, or leave it empty."
        return f"{_shown(text)} is not a number. {remedy}"
    return rules.refusal_of(value) or value


def _time(text: str, rules: SeriesRules) -> datetime | str:
    """The time as written, or what is wrong with it."""
    moment = parse_time(text)
    if moment is None:
        return (
            f"{_shown(text)} is not a date or time. Write 2021-03-28, 2021-03-28 14:00 or 28/03/2021 14:00, "
            "with midnight as 00:00."
        )
    if not EARLIEST_YEAR <= moment.year <= rules.not_later_than.year + 1:
        years = f"{EARLIEST_YEAR} to {rules.not_later_than.year}"
        return f"The year {moment.year} is out of reach: {years} are taken. Check the year."
    return moment


def _shown(text: str) -> str:
    return repr(text if len(text) <= _LONGEST_NUMBER else f"{text[:_LONGEST_NUMBER]}...")


def _resolution(rows: list[_Row]) -> Resolution:
    return Resolution.DAILY if all(is_date_only(row.moment) for row in rows) else Resolution.HOURLY


def _refuse_days_as_hours(rows: list[_Row], resolution: Resolution) -> None:
    """A file of dates that was stated as hourly would be taken as days with one hour each."""
    if resolution is Resolution.HOURLY and len(rows) > 1 and _resolution(rows) is Resolution.DAILY:
        raise Invalid("series.interval", "Every row has a date and no hour. Choose daily.", field="interval")


def _clock_warnings(resolution: Resolution, zone: Zone) -> tuple[str, ...]:
    if resolution is Resolution.DAILY and zone is Zone.UTC:
        return ("Daily values on UTC days were taken as local days: in summer they are an hour apart.",)
    return ()


def _on_days(rows: list[_Row], problems: list[Problem]) -> _Placed[date]:
    placed: _Placed[date] = []
    for row in rows:
        if is_date_only(row.moment):
            placed.append((row, row.moment.date()))
        else:
            problems.append(
                row_problem(row.number, "time", "A daily file has dates only. Take the hour out.")
            )
    return placed


def _on_hours(rows: list[_Row], zone: Zone, problems: list[Problem]) -> _Placed[datetime]:
    placed: _Placed[datetime] = []
    repeated: dict[datetime, list[_Row]] = defaultdict(list)
    for row in rows:
        candidates = utc_candidates(row.moment, zone)
        if refusal := _refusal_of_hour(row, candidates):
            problems.append(row_problem(row.number, "time", refusal))
        elif len(candidates) == 1:
            placed.append((row, candidates[0]))
        else:
            repeated[row.moment].append(row)
    known = {hour for _, hour in placed}
    for moment, same in repeated.items():
        placed.extend(_share_repeated_hour(same, utc_candidates(moment, zone), known))
    return placed


def _refusal_of_hour(row: _Row, candidates: tuple[datetime, ...]) -> str | None:
    if not candidates:
        return (
            f"{row.moment:%H:%M on %d %B %Y} did not happen: the clocks went forward. "
            "If the file's clock does not change in summer, choose UTC."
        )
    if candidates[0].minute or candidates[0].second:
        return "The time is not on the hour. Add the parts of each hour up, and label it by its start."
    return None


def _share_repeated_hour(
    rows: list[_Row], candidates: tuple[datetime, ...], known: set[datetime]
) -> _Placed[datetime]:
    """October's repeated hour comes twice, the earlier first; alone, its neighbours tell which."""
    earlier, later = candidates
    if len(rows) == 1:
        is_later = later + ONE_HOUR in known and earlier - ONE_HOUR not in known
        return [(rows[0], later if is_later else earlier)]
    return [(row, candidates[place % 2]) for place, row in enumerate(rows)]


def _take(
    placed: Iterable[tuple[_Row, Key]],
    taken: dict[Key, Decimal],
    not_later_than: date,
    problems: list[Problem],
) -> list[RowNote]:
    """Fill `taken`; the same value twice is ignored and noted, another for the same time refused."""
    notes: list[RowNote] = []
    for row, key in placed:
        day = local_day(key) if isinstance(key, datetime) else key
        if day > not_later_than:
            problems.append(row_problem(row.number, "time", _later(day, not_later_than)))
        elif row.value is None:
            notes.append(RowNote(row.number, RowOutcome.MISSING, "No value: missing, not nought."))
        elif key not in taken:
            taken[key] = row.value
        elif taken[key] == row.value:
            notes.append(RowNote(row.number, RowOutcome.IGNORED, "Repeats another row of the file."))
        else:
            problems.append(row_problem(row.number, "value", _contradiction(row, taken[key])))
    return notes


def _later(day: date, not_later_than: date) -> str:
    last = f"{not_later_than:%d %B %Y}"
    return f"{day:%d %B %Y} is later than {last}. Check the date, and the order of day and month."


def _contradiction(row: _Row, earlier: Decimal) -> str:
    return (
        f"The file already has {earlier} for this time and now says {row.value}. Keep the one that is right."
    )
