"""What a later file says otherwise than an earlier one, field by field, by meaning and not by spelling."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.contributions.domain.open_data.known import Known, RowKey
from services.contributions.domain.open_data.notes import Dataset
from services.contributions.domain.open_data.rows import (
    ReportedAgreement,
    ReportedContribution,
    ReportedTransaction,
    read_agreement,
    read_contribution,
    read_transaction,
)
from services.contributions.domain.open_data.table import TableRow

AnyRow = ReportedAgreement | ReportedContribution | ReportedTransaction


class DifferenceKind(StrEnum):
    """A row is new, says something else in one field, or is no longer in the file."""

    ADDED = "added"
    CHANGED = "changed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One difference; field, before and after only of a changed row."""

    kind: DifferenceKind
    dataset: Dataset
    reference: str
    field: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A row that says something else than before: what it said, and each field with both words."""

    before: AnyRow
    fields: tuple[Difference, ...]

    @property
    def names(self) -> frozenset[str]:
        """The fields that changed."""
        return frozenset(each.field for each in self.fields)


def find_change(dataset: Dataset, row: AnyRow, content: Mapping[str, str], *, today: date) -> Change | None:
    """How a row differs from what was taken of its reference before; None where it means the same.

    The entry date does not count: many systems set it anew in each export.
    """
    before = reread(dataset, content, today=today)
    old, new, said = _meaning(before), _meaning(row), dict(row.content)
    fields = tuple(
        Difference(
            kind=DifferenceKind.CHANGED,
            dataset=dataset,
            reference=row.reference,
            field=field,
            before=content.get(field, ""),
            after=said.get(field, ""),
        )
        for field, value in new.items()
        if value != old[field]
    )
    return Change(before=before, fields=fields) if fields else None


def reread(dataset: Dataset, content: Mapping[str, str], *, today: date) -> AnyRow:
    """A row as it was taken before, from its kept content."""
    row = TableRow(0, tuple(content.items()), content, ())
    if dataset is Dataset.AGREEMENT:
        return read_agreement(row, today).row
    if dataset is Dataset.CONTRIBUTION:
        return read_contribution(row, today).row
    return read_transaction(row, today).row


def missing(known: Known, keys: set[RowKey], organisation: str) -> Iterator[Difference]:
    """Rows of the organisation that were taken before and are not in the file now; they still count."""
    for dataset, owner, reference in sorted(known.contents.keys() - keys):
        if owner == organisation:
            yield Difference(kind=DifferenceKind.MISSING, dataset=dataset, reference=reference)


def _meaning(row: AnyRow) -> Mapping[str, object]:
    dates = {"start-date": row.start_on, "end-date": row.end_on}
    if isinstance(row, ReportedAgreement):
        return dates | {
            "name": row.name,
            "developer-agreement-type": row.kind,
            "planning-application": row.planning_application,
            "document-url": row.document_url,
        }
    sums = dates | {"amount": row.amount_pence, "units": row.units}
    if isinstance(row, ReportedContribution):
        of_contribution = {"contribution-purpose": row.purpose, "organisation": row.organisation}
        return sums | of_contribution | {"developer-agreement": row.agreement_reference}
    status = {"contribution-funding-status": row.status}
    return sums | status | {"developer-agreement-contribution": row.contribution_reference}
