"""The three files of the register in one form of the specification, as RFC 4180 text in UTF-8."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.contributions.domain.open_data.codes import FundingStatus
from services.contributions.domain.open_data.notes import Dataset
from services.contributions.domain.register.agreement import AgreementKind
from services.contributions.domain.statement.publishing import Publishing, usual_publishing
from services.contributions.domain.statement.register import (
    PublishedAgreement,
    PublishedContribution,
    PublishedRegister,
    PublishedRow,
    PublishedTransaction,
)
from services.contributions.domain.statement.specification import (
    AGREEMENT_TYPES,
    COLUMNS,
    REFERENCE,
    FileForm,
    key_column,
)

Cells = dict[str, str]
Files = Mapping[Dataset, bytes]
UNDERTAKING = "Unilateral undertaking."
CARBON = "Carbon offset."
RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBERS = {"amount", "units"}


def write_files(register: PublishedRegister, settings: Mapping[str, Publishing], form: FileForm) -> Files:
    """The bytes of the three files; money in pounds with its pence, no cell that a spreadsheet would run."""
    writing = _Writing(settings)
    rows: Mapping[Dataset, Iterable[Cells]] = {
        Dataset.AGREEMENT: map(writing.agreement, register.agreements),
        Dataset.CONTRIBUTION: map(writing.contribution, register.contributions),
        Dataset.TRANSACTION: map(writing.transaction, writing.listed(register.transactions)),
    }
    return {dataset: _csv(dataset, form, rows[dataset]) for dataset in Dataset}


@dataclass(frozen=True, slots=True)
class _Writing:
    settings: Mapping[str, Publishing]

    def agreement(self, row: PublishedAgreement) -> Cells:
        undertaking = row.kind is AgreementKind.UNILATERAL_UNDERTAKING
        return self._common(row, UNDERTAKING if undertaking else "") | {
            "name": row.name,
            "developer-agreement-type": AGREEMENT_TYPES[row.kind] if row.kind else "",
            "planning-application": row.planning_application,
            "document-url": row.document_url or "",
        }

    def contribution(self, row: PublishedContribution) -> Cells:
        purpose = self._publishing(row.organisation).purpose(row.purpose)
        return self._common(row, CARBON if purpose != (row.purpose or "") else "") | {
            "developer-agreement": row.agreement_reference,
            "contribution-purpose": purpose,
            "organisation": self._publishing(row.owner or row.organisation).published_as,
            **_quantity(row.amount_pence, row.units),
        }

    def transaction(self, row: PublishedTransaction) -> Cells:
        return self._common(row) | {
            "developer-agreement-contribution": row.contribution_reference,
            "contribution-funding-status": row.status.value,
            **_quantity(row.amount_pence, row.units),
        }

    def listed(self, rows: Iterable[PublishedTransaction]) -> Iterator[PublishedTransaction]:
        """The transactions without those that their organisation does not publish."""
        for row in rows:
            if row.status is not FundingStatus.RETURNED or self._publishing(row.organisation).lists_returned:
                yield row

    def _common(self, row: PublishedRow, note: str = "") -> Cells:
        return {
            REFERENCE: row.reference,
            "organisation": self._publishing(row.organisation).published_as,
            "notes": _with_note(row.notes, note),
            "entry-date": _day(row.entered_on),
            "start-date": _day(row.started_on),
            "end-date": _day(row.ended_on),
        }

    def _publishing(self, organisation: str) -> Publishing:
        return self.settings.get(organisation) or usual_publishing(organisation)


def in_pounds(pence: int) -> str:
    """Pence as the files have them: pounds and pence without symbol or commas."""
    return f"{Decimal(pence).scaleb(-2):.2f}"


def _quantity(pence: int | None, units: int | None) -> Cells:
    return {
        "amount": "" if pence is None else in_pounds(pence),
        "units": "" if units is None else str(units),
    }


def _with_note(notes: str, note: str) -> str:
    return notes if not note or note in notes else f"{note} {notes}".strip()


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _csv(dataset: Dataset, form: FileForm, rows: Iterable[Cells]) -> bytes:
    columns = COLUMNS[form][dataset]
    fields = [REFERENCE if column == key_column(form, dataset) else column for column in columns]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_harmless(field, row.get(field, "")) for field in fields] for row in rows)
    return out.getvalue().encode()


def _harmless(field: str, cell: str) -> str:
    """Words that a spreadsheet would take for a formula get an apostrophe before them."""
    runs = field not in NUMBERS and cell.lstrip(" \n").startswith(RUNS_AS_FORMULA)
    return f"'{cell}" if runs else cell
