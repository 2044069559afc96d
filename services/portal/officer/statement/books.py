"""What contributions tells of the files and figures that the council publishes."""

from datetime import date, datetime
from uuid import UUID

from pydantic import TypeAdapter

from services.portal.officer.books import Told


class Publishing(Told):
    """How an organisation publishes its files."""

    organisation: str
    published_as: str
    carbon_purpose: str
    lists_returned: bool


class Edition(Told):
    """The files as they were published on a day: rows of each, and how many fields are doubtful."""

    edition_id: UUID
    published_on: date
    published_at: datetime
    agreements: int
    contributions: int
    transactions: int
    remarks: int


class Fault(Told):
    """What is wrong or doubtful in one field of a row, and what to do; row 1 holds the headings."""

    dataset: str
    row: int
    reference: str
    field: str
    value: str
    message: str
    prevents: bool


class FileCheck(Told):
    """What the files would hold if they were published now."""

    agreements: int
    contributions: int
    transactions: int
    may_be_published: bool
    faults: tuple[Fault, ...]
    faults_left_out: int


AllPublishing = TypeAdapter(tuple[Publishing, ...])
Editions = TypeAdapter(tuple[Edition, ...])


class Figure(Told):
    """A figure of a year: what is asked for, how it is worked out, pence or units, how many lines it has."""

    code: str
    words: str
    worked_out: str
    wording_confirmed: bool
    amount_pence: int | None
    units: int | None
    lines: int


class Item(Told):
    """What money of a figure is for: a grant, or a purpose where there is none; the sum in pence."""

    code: str
    application_id: UUID | None
    grant_reference: str | None
    grantee: str | None
    purpose: str | None
    amount_pence: int


class Check(Told):
    """Two sums that must be the same, in pence."""

    words: str
    one_pence: int
    other_pence: int
    agrees: bool


class Statement(Told):
    """The report under Schedule 2, paragraph 3 for a financial year."""

    year: int
    year_in_words: str
    organisation: str
    figures: tuple[Figure, ...]
    items: tuple[Item, ...]
    checks: tuple[Check, ...]


class StatementEdition(Told):
    """A statement as it was published; a second edition of a year says what it corrects."""

    edition_id: UUID
    organisation: str
    year: int
    number: int
    reason: str | None
    published_on: date
    published_at: datetime

    @property
    def year_in_words(self) -> str:
        """The financial year as councils write it."""
        return f"{self.year}/{(self.year + 1) % 100:02}"


class PublishedStatement(Told):
    """An edition with its figures."""

    edition: StatementEdition
    statement: Statement


class StatedYear(Told):
    """The chief figures of a year, in pence, and its newest edition."""

    year: int
    year_in_words: str
    to_be_provided_pence: int
    received_pence: int
    spent_pence: int
    retained_pence: int
    agrees: bool
    edition: StatementEdition | None


class Line(Told):
    """One line that a figure adds up; the quantity is in pence, or units where the figure counts them."""

    agreement_id: UUID
    agreement: str
    reference: str
    purpose: str | None
    pot_id: UUID | None
    application_id: UUID | None
    grant_reference: str | None
    grantee: str | None
    position: int | None
    reported_as: str | None
    happened_on: date | None
    quantity: int


class Lines(Told):
    """Some lines of a figure, and the cursor of the next ones, if any."""

    code: str
    words: str
    worked_out: str
    counts_units: bool
    lines: tuple[Line, ...]
    next_cursor: int | None


Years = TypeAdapter(tuple[StatedYear, ...])
StatementEditions = TypeAdapter(tuple[StatementEdition, ...])
