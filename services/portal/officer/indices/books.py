"""What contributions answers about indices and base rates."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pydantic import TypeAdapter

from services.portal.officer.books import Told

MONTHS_IN_A_QUARTER = 3
ORDINALS = ("1st", "2nd", "3rd", "4th")


def period_in_words(period: date, frequency: str) -> str:
    """The period that a value stands for: March 2024, 1st quarter of 2024, 2024."""
    if frequency == "yearly":
        return f"{period.year}"
    if frequency == "quarterly":
        return f"{ORDINALS[(period.month - 1) // MONTHS_IN_A_QUARTER]} quarter of {period.year}"
    return f"{period:%B %Y}"


class Series(Told):
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


class Value(Told):
    """A value of an index, and the day on which it was published."""

    period: date
    value: Decimal
    provisional: bool
    published_on: date


class Publication(Told):
    """One import of what was published on a day."""

    published_on: date
    source: str
    recorded_at: datetime
    values: int
    provisional_values: int


class SeriesDetails(Told):
    """An index with the values that hold, the newest first, and every publication of it."""

    series: Series
    values: tuple[Value, ...]
    publications: tuple[Publication, ...]


class Trouble(Told):
    """Something in a file that must be corrected, and where."""

    field: str
    message: str


class PreviewedValue(Told):
    """A row of a file and what keeping it would do."""

    row: int
    period: date | None
    said_period: str
    said_value: str
    value: Decimal | None
    provisional: bool
    known_value: Decimal | None
    outcome: str
    problem: str | None


class Preview(Told):
    """What keeping a file would do; it can be kept while there are no problems."""

    new: int
    revised: int
    repeated: int
    problems: tuple[Trouble, ...]
    values: tuple[PreviewedValue, ...]

    @property
    def as_csv(self) -> str:
        """The values as they were read, for the form that keeps them: nobody chooses the file twice."""
        rows = [
            f"{each.period},{each.value:f},{'yes' if each.provisional else 'no'}"
            for each in self.values
            if each.period is not None and each.value is not None
        ]
        return "\n".join(["period,value,provisional", *rows])


class BaseRate(Told):
    """A bank's base rate from a day on, in percent a year."""

    bank: str
    effective_on: date
    percent: Decimal
    source: str
    recorded_at: datetime


AllSeries = TypeAdapter(tuple[Series, ...])
History = TypeAdapter(tuple[Value, ...])
BaseRates = TypeAdapter(tuple[BaseRate, ...])
