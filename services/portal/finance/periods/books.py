"""What contributions tells of closed months and years."""

from datetime import date, datetime

from pydantic import TypeAdapter

from services.portal.finance.ledger.spans import Span, month, year
from services.portal.officer.books import Told


class Closed(Told):
    """A closed period, by whom and when."""

    kind: str
    first_on: date
    last_on: date
    closed_by: str
    closed_at: datetime

    @property
    def span(self) -> Span:
        """The month or financial year that it is."""
        return month(self.first_on) if self.kind == "month" else year(self.first_on.year)


class Periods(Told):
    """How far an organisation's books are closed, and whose turn it is."""

    organisation: str
    first_open_on: date | None
    next_month_on: date | None
    next_year_on: date | None
    months: tuple[Closed, ...]
    years: tuple[Closed, ...]

    @property
    def next_month(self) -> Span | None:
        """The month that may be closed."""
        return month(self.next_month_on) if self.next_month_on else None

    @property
    def next_year(self) -> Span | None:
        """The financial year that may be closed."""
        return year(self.next_year_on.year) if self.next_year_on else None


AllPeriods = TypeAdapter(list[Periods])
