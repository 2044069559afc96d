"""What contributions tells of the general ledger."""

from datetime import date, datetime
from uuid import UUID

from pydantic import TypeAdapter

from services.portal.officer.books import Told


class RowProblem(Told):
    """What is wrong with a row of a file, by column."""

    row: int
    field: str
    message: str


class FileHead(Told):
    """A file, and what its import brought."""

    file_id: UUID
    organisation: str
    sent_by: str
    sent_at: datetime
    imported_by: str | None
    imported_at: datetime | None
    taken: int | None
    repeated: int | None
    problems: tuple[RowProblem, ...]

    @property
    def refused(self) -> int:
        """How many rows could not be taken."""
        return len({problem.row for problem in self.problems})


class PreviewLine(Told):
    """A row as it would be imported, in pence."""

    row: int
    document: str
    posted_on: date
    amount_pence: int
    reference: str
    description: str


class Preview(Told):
    """What an import would bring."""

    file: FileHead
    headings: tuple[str, ...]
    columns: dict[str, str]
    unusable: tuple[RowProblem, ...]
    rows: int
    new: int
    repeated: int
    refused: int
    in_pence: int
    out_pence: int
    first_on: date | None
    last_on: date | None
    lines: tuple[PreviewLine, ...]
    problems: tuple[RowProblem, ...]


class Line(Told):
    """A line of the general ledger, above zero where money came in, and what was decided of it."""

    line_id: UUID
    document: str
    posted_on: date
    amount_pence: int
    reference: str
    description: str
    state: str
    reason: str | None


class Lines(Told):
    """Lines in one state, and how many there are in each."""

    lines: tuple[Line, ...]
    counts: dict[str, int]
    next_cursor: str | None


class Proposal(Told):
    """A line, and the movement that it probably is."""

    line_id: UUID
    document: str
    posted_on: date
    reference: str
    description: str
    amount_pence: int
    movement_id: UUID
    kind: str
    booked_on: date
    happened_on: date | None
    party: str | None
    obligation_reference: str
    voucher: str | None
    days: int
    by_reference: bool


class Missing(Told):
    """A movement that the general ledger lacks, and why, if somebody said so."""

    movement_id: UUID
    kind: str
    booked_on: date
    party: str | None
    obligation_reference: str
    voucher: str | None
    amount_pence: int
    reason: str | None


class SignedMonth(Told):
    """A month that was prepared, or signed off by a second person."""

    first_on: date
    general_ledger_pence: int
    prepared_by: str
    prepared_at: datetime
    approved_by: str | None
    approved_at: datetime | None


class Position(Told):
    """Both ledgers at a month's end, in pence."""

    first_on: date
    last_on: date
    general_ledger_pence: int
    fund_pence: int
    explained_pence: int
    outstanding_pence: int
    difference_pence: int
    open_lines: int
    disputed_lines: int
    unexplained_movements: int
    signed: SignedMonth | None

    @property
    def settled(self) -> bool:
        """Whether nothing is left to decide."""
        return not (self.open_lines or self.disputed_lines or self.unexplained_movements)


Files = TypeAdapter(list[FileHead])
Proposals = TypeAdapter(list[Proposal])
Movements = TypeAdapter(list[Missing])
Months = TypeAdapter(list[SignedMonth])
