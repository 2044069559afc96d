"""The three files together: rows told apart from their repetitions and joined to their parents."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from services.contributions.domain.open_data.codes import FundingStatus
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
from services.contributions.domain.open_data.table import read_table


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


def read_open_data(agreements: bytes, contributions: bytes, transactions: bytes, *, today: date) -> OpenData:
    """The three files of one council; Invalid, naming the file, where one cannot be read at all."""
    agreement_table = read_table(agreements, Dataset.AGREEMENT)
    contribution_table = read_table(contributions, Dataset.CONTRIBUTION)
    transaction_table = read_table(transactions, Dataset.TRANSACTION)
    agreements_read = _told_apart(read_agreement(row, today) for row in agreement_table)
    contributions_read = _with_agreements(
        _told_apart(read_contribution(row, today) for row in contribution_table), taken(agreements_read)
    )
    transactions_read = _with_contributions(
        _told_apart(read_transaction(row, today) for row in transaction_table),
        taken(agreements_read),
        taken(contributions_read),
    )
    return OpenData(agreements_read, contributions_read, transactions_read)


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
