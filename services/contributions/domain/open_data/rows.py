"""Rows as reported: every cell kept as it stood, beside what was read from it."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, Self, TypeVar

from services.contributions.domain.open_data.codes import (
    FundingStatus,
    find_status,
    read_agreement_type,
    read_purpose,
)
from services.contributions.domain.open_data.notes import (
    Dataset,
    Note,
    Outcome,
    Parsed,
    mended,
    outcome_of,
    refused,
    warned,
)
from services.contributions.domain.open_data.table import TableRow
from services.contributions.domain.open_data.values import (
    read_amount,
    read_date,
    read_organisation,
    read_units,
)
from services.contributions.domain.register.agreement import AgreementKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedRow:
    """What all three files have in common; content is what the row says, reported is the row itself."""

    reference: str
    organisation: str | None
    entry_on: date | None
    start_on: date | None
    end_on: date | None
    content: tuple[tuple[str, str], ...]
    reported: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedAgreement(ReportedRow):
    """An agreement; its start date is the day of the deed."""

    name: str
    kind: AgreementKind | None
    planning_application: str
    document_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedContribution(ReportedRow):
    """A sum (or units) one agreement secures for one purpose; pence None where no sum can be read."""

    agreement_reference: str
    purpose: str | None
    amount_pence: int | None
    units: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedTransaction(ReportedRow):
    """Money of a contribution that was secured, received, spent and so on; its start date is when."""

    contribution_reference: str
    status: FundingStatus | None
    amount_pence: int | None
    units: int | None


Value = TypeVar("Value")
PARTS_OF_A_PENNY = re.compile(r"[0-9]\.[0-9]{2}[0-9]*[1-9]")
Row = TypeVar("Row", ReportedAgreement, ReportedContribution, ReportedTransaction)


@dataclass(frozen=True, slots=True)
class Reading(Generic[Row]):
    """One row of one file with everything said about it; row 1 of a file is its header."""

    dataset: Dataset
    number: int
    row: Row
    notes: tuple[Note, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """What became of the row."""
        return outcome_of(self.notes)

    @property
    def is_taken(self) -> bool:
        """Whether the row counts: it is neither refused nor the repetition of another."""
        return self.outcome not in {Outcome.REFUSED, Outcome.REPEATED}

    def noting(self, *notes: Note) -> Self:
        """The reading with more remarks."""
        return replace(self, notes=(*self.notes, *notes))


class _Common:
    """The columns every file has, read once, with their remarks; only an agreement must say whose it is."""

    def __init__(self, table_row: TableRow, today: date, *, dataset: Dataset) -> None:
        organisation = read_organisation(table_row.cell("organisation"))
        self.reference = table_row.cell("reference")
        self.organisation = organisation if dataset is Dataset.AGREEMENT else _softened(organisation)
        self.entry_on = read_date(table_row.cell("entry-date"), "entry-date")
        self.start_on = read_date(table_row.cell("start-date"), "start-date")
        self.end_on = read_date(table_row.cell("end-date"), "end-date", last_day=True)
        self._table_row = table_row
        self._today = today

    def notes(self, *parsed: Parsed[object]) -> tuple[Note, ...]:
        own = (self.organisation, self.entry_on, self.start_on, self.end_on)
        blocking = [note for note in self._table_row.notes if note.outcome is Outcome.REFUSED]
        if blocking:
            return tuple(blocking)
        read = [each.note for each in (*parsed, *own) if each.note is not None]
        return (*self._table_row.notes, *read, *self._reference_notes(), *self._start_notes())

    def _reference_notes(self) -> list[Note]:
        if self.reference:
            return []
        return [refused("reference", "", "The row has no reference. Give it one of its own.")]

    def _start_notes(self) -> list[Note]:
        start_on = self.start_on.value
        if start_on is None or start_on <= self._today:
            return []
        return [warned("start-date", start_on.isoformat(), "The date is later than today. Check it.")]


def read_agreement(table_row: TableRow, today: date) -> Reading[ReportedAgreement]:
    """An agreement's row; refused without an organisation, taken with a warning without a date."""
    common = _Common(table_row, today, dataset=Dataset.AGREEMENT)
    kind = read_agreement_type(table_row.cell("developer-agreement-type"))
    row = ReportedAgreement(
        reference=common.reference,
        organisation=common.organisation.value,
        entry_on=common.entry_on.value,
        start_on=common.start_on.value,
        end_on=common.end_on.value,
        content=table_row.content,
        reported=table_row.reported,
        name=table_row.cell("name"),
        kind=kind.value,
        planning_application=table_row.cell("planning-application"),
        document_url=table_row.cell("document-url"),
    )
    missing = [_no_organisation(table_row), _no_date(table_row, "the deed")]
    notes = common.notes(kind, *(Parsed(None, note) for note in missing))
    return Reading(Dataset.AGREEMENT, table_row.number, row, notes)


def read_contribution(table_row: TableRow, today: date) -> Reading[ReportedContribution]:
    """A contribution's row; a sum that cannot be read is left open, as only transactions move money."""
    common = _Common(table_row, today, dataset=Dataset.CONTRIBUTION)
    purpose = read_purpose(table_row.cell("contribution-purpose"))
    amount = _sum_secured(table_row)
    units = read_units(table_row.cell("units"))
    row = ReportedContribution(
        reference=common.reference,
        organisation=common.organisation.value,
        entry_on=common.entry_on.value,
        start_on=common.start_on.value,
        end_on=common.end_on.value,
        content=table_row.content,
        reported=table_row.reported,
        agreement_reference=table_row.cell("developer-agreement"),
        purpose=purpose.value,
        amount_pence=amount.value,
        units=units.value,
    )
    notes = common.notes(purpose, amount, units, Parsed(None, _no_sum(table_row, amount, units)))
    return Reading(Dataset.CONTRIBUTION, table_row.number, row, notes)


def read_transaction(table_row: TableRow, today: date) -> Reading[ReportedTransaction]:
    """A transaction's row; refused where status or sum cannot be read, as it would falsify a balance."""
    common = _Common(table_row, today, dataset=Dataset.TRANSACTION)
    status = _read_status(table_row.cell("contribution-funding-status"))
    amount = read_amount(table_row.cell("amount"))
    units = read_units(table_row.cell("units"))
    row = ReportedTransaction(
        reference=common.reference,
        organisation=common.organisation.value,
        entry_on=common.entry_on.value,
        start_on=common.start_on.value,
        end_on=common.end_on.value,
        content=table_row.content,
        reported=table_row.reported,
        contribution_reference=table_row.cell("developer-agreement-contribution"),
        status=status.value,
        amount_pence=amount.value,
        units=units.value,
    )
    doubts = [
        _no_sum(table_row, amount, units),
        _no_date(table_row, "the transaction"),
        _negative(table_row, amount.value),
        _ended(table_row, common.end_on.value),
    ]
    notes = common.notes(status, amount, units, *(Parsed(None, note) for note in doubts))
    return Reading(Dataset.TRANSACTION, table_row.number, row, notes)


def _read_status(text: str) -> Parsed[FundingStatus | None]:
    field = "contribution-funding-status"
    status = find_status(text)
    if status is None:
        message = f"This does not say what happened to the money. Give one of {', '.join(FundingStatus)}."
        return Parsed(None, refused(field, text, message))
    return Parsed(status, None if status == text else mended(field, text, f"Read as {status}."))


def _softened(parsed: Parsed[Value]) -> Parsed[Value]:
    if parsed.note is None or parsed.note.outcome is not Outcome.REFUSED:
        return parsed
    return replace(parsed, note=replace(parsed.note, outcome=Outcome.WARNED))


def _sum_secured(table_row: TableRow) -> Parsed[int | None]:
    """A sum in words is left open; one with parts of a penny is refused, for it can be put right."""
    text = table_row.cell("amount")
    amount = read_amount(text)
    return amount if PARTS_OF_A_PENNY.search(text) else _softened(amount)


def _no_organisation(table_row: TableRow) -> Note | None:
    if table_row.cell("organisation"):
        return None
    return refused("organisation", "", "Say whose agreement it is, such as local-authority-eng:ISL.")


def _no_date(table_row: TableRow, name: str) -> Note | None:
    if table_row.cell("start-date"):
        return None
    return warned("start-date", "", f"The date of {name} is missing. Add it when it is known.")


def _no_sum(table_row: TableRow, amount: Parsed[int | None], units: Parsed[int | None]) -> Note | None:
    if table_row.cell("amount") or amount.value is not None or units.value:
        return None
    return warned("amount", "", "The row gives neither a sum nor units, so it counts for nothing. Add one.")


def _negative(table_row: TableRow, pence: int | None) -> Note | None:
    if pence is None or pence >= 0:
        return None
    message = "The sum is below zero and was counted as reported. Check that it is meant as a correction."
    return warned("amount", table_row.cell("amount"), message)


def _ended(table_row: TableRow, end_on: date | None) -> Note | None:
    if end_on is None:
        return None
    message = "The row has an end date and was counted. Check that no later row repeats the same money."
    return warned("end-date", table_row.cell("end-date"), message)
