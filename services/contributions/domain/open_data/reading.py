"""The three files together: rows told apart from their repetitions and joined to their parents."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from services.contributions.domain.open_data.codes import FundingStatus
from services.contributions.domain.open_data.mappings import NOTHING_MAPPED, Mappings, apply_mappings
from services.contributions.domain.open_data.notes import Dataset, Note, Outcome, refused, repeated, warned
from services.contributions.domain.open_data.rows import (
    Reading,
    ReportedAgreement,
    ReportedContribution,
    ReportedTransaction,
    Row,
    read_agreement,
    read_contribution,
    read_transaction,
)
from services.contributions.domain.open_data.table import TableRow, read_table

ROWS_BETWEEN_TELLING = 200


@dataclass(frozen=True, slots=True)
class OpenData:
    """Every row of the three files with its report, refused ones too, in the order of the files."""

    agreements: tuple[Reading[ReportedAgreement], ...]
    contributions: tuple[Reading[ReportedContribution], ...]
    transactions: tuple[Reading[ReportedTransaction], ...]

    @property
    def readings(
        self,
    ) -> tuple[
        Reading[ReportedAgreement] | Reading[ReportedContribution] | Reading[ReportedTransaction], ...
    ]:
        """The report: all rows of all three files."""
        return (*self.agreements, *self.contributions, *self.transactions)

    @property
    def outcomes(self) -> Mapping[Outcome, int]:
        """How many rows came to what."""
        outcomes = [reading.outcome for reading in self.readings]
        return {outcome: outcomes.count(outcome) for outcome in Outcome}


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows of the three files as they stand, before anything is made of them."""

    agreements: tuple[TableRow, ...]
    contributions: tuple[TableRow, ...]
    transactions: tuple[TableRow, ...]

    @property
    def rows(self) -> int:
        """How many there are in all."""
        return len(self.agreements) + len(self.contributions) + len(self.transactions)


def read_open_data(agreements: bytes, contributions: bytes, transactions: bytes, *, today: date) -> OpenData:
    """The three files of one council; Invalid, naming the file, where one cannot be read at all."""
    return read_rows(read_tables(agreements, contributions, transactions), today=today)


def read_tables(agreements: bytes, contributions: bytes, transactions: bytes) -> Tables:
    """The rows of the three files; Invalid, naming the file, where one cannot be read at all."""
    return Tables(
        read_table(agreements, Dataset.AGREEMENT),
        read_table(contributions, Dataset.CONTRIBUTION),
        read_table(transactions, Dataset.TRANSACTION),
    )


def read_rows(
    tables: Tables,
    *,
    today: date,
    mappings: Mappings = NOTHING_MAPPED,
    progress: Callable[[int], None] = lambda _rows_done: None,
) -> OpenData:
    """What the rows say, codes read as officers mapped them; `progress` is told how many rows are read."""
    read = _RowReader(today, mappings, progress)
    agreements = _told_apart(read.each(tables.agreements, Dataset.AGREEMENT, read_agreement))
    contributions = _with_agreements(
        _told_apart(read.each(tables.contributions, Dataset.CONTRIBUTION, read_contribution)),
        taken(agreements),
    )
    transactions = _with_contributions(
        _told_apart(read.each(tables.transactions, Dataset.TRANSACTION, read_transaction)),
        taken(agreements),
        taken(contributions),
    )
    return OpenData(agreements, contributions, transactions)


class _RowReader:
    def __init__(self, today: date, mappings: Mappings, progress: Callable[[int], None]) -> None:
        self._today, self._mappings, self._progress = today, mappings, progress
        self._done = 0

    def each(
        self,
        rows: Iterable[TableRow],
        dataset: Dataset,
        read: Callable[[TableRow, date], Reading[Row]],
    ) -> Iterator[Reading[Row]]:
        for row in rows:
            self._done += 1
            if self._done % ROWS_BETWEEN_TELLING == 0:
                self._progress(self._done)
            yield read(apply_mappings(row, dataset, self._mappings), self._today)


def taken(readings: Iterable[Reading[Row]]) -> dict[str, Row]:
    """The rows that count, by their reference."""
    return {reading.row.reference: reading.row for reading in readings if reading.is_taken}


def _told_apart(readings: Iterable[Reading[Row]]) -> tuple[Reading[Row], ...]:
    return tuple(_each_told_apart(readings))


def _each_told_apart(readings: Iterable[Reading[Row]]) -> Iterator[Reading[Row]]:
    first: dict[str, Reading[Row]] = {}
    for reading in readings:
        earlier = first.get(reading.row.reference)
        if earlier is None:
            if reading.is_taken:
                first[reading.row.reference] = reading
            yield reading
        elif earlier.row.content == reading.row.content:
            yield reading.noting(repeated(reading.row.reference))
        else:
            yield reading.noting(_same_reference(reading.row.reference, earlier.number))


def _same_reference(reference: str, number: int) -> Note:
    message = (
        f"Row {number} has the same reference and says something else. Give one of them another reference."
    )
    return refused("reference", reference, message)


def _with_agreements(
    readings: tuple[Reading[ReportedContribution], ...], agreements: Mapping[str, ReportedAgreement]
) -> tuple[Reading[ReportedContribution], ...]:
    return tuple(
        reading.noting(
            *_parent_notes("developer-agreement", reading.row.agreement_reference, agreements),
            *_other_owner_notes(reading.row, agreements),
        )
        for reading in readings
    )


def _with_contributions(
    readings: tuple[Reading[ReportedTransaction], ...],
    agreements: Mapping[str, ReportedAgreement],
    contributions: Mapping[str, ReportedContribution],
) -> tuple[Reading[ReportedTransaction], ...]:
    return tuple(
        reading.noting(
            *_parent_notes(
                "developer-agreement-contribution", reading.row.contribution_reference, contributions
            ),
            *_before_deed_notes(reading.row, agreements, contributions),
        )
        for reading in readings
    )


def _parent_notes(field: str, reference: str, parents: Mapping[str, Row]) -> list[Note]:
    if reference in parents:
        return []
    message = f"No {field} {reference} was taken from its file. Add it there, or correct the reference here."
    return [refused(field, reference, message)]


def _other_owner_notes(row: ReportedContribution, agreements: Mapping[str, ReportedAgreement]) -> list[Note]:
    agreement = agreements.get(row.agreement_reference)
    if agreement is None or row.organisation in {None, agreement.organisation}:
        return []
    message = f"The agreement is {agreement.organisation}'s. The money is counted as this row says; check it."
    return [warned("organisation", row.organisation or "", message)]


def _before_deed_notes(
    row: ReportedTransaction,
    agreements: Mapping[str, ReportedAgreement],
    contributions: Mapping[str, ReportedContribution],
) -> list[Note]:
    contribution = contributions.get(row.contribution_reference)
    if contribution is None or row.status is not FundingStatus.RECEIVED or row.start_on is None:
        return []
    deed_on = agreements[contribution.agreement_reference].start_on
    if deed_on is None or row.start_on >= deed_on:
        return []
    message = f"The money came before the deed of {deed_on.isoformat()}. Check both dates."
    return [warned("start-date", row.start_on.isoformat(), message)]
