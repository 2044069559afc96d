"""The national specification of the three open-data files, in the forms of 2026 and of 2019.

Source: the specification "developer-contributions" (open standard, entry date 2026-08-14) of the planning
data platform, its fields and code lists; the form of 2019 is that of the government's first templates.
"""

from collections.abc import Mapping
from enum import StrEnum

from services.contributions.domain.open_data.notes import Dataset
from services.contributions.domain.open_data.table import FIELDS
from services.contributions.domain.register.agreement import AgreementKind


class FileForm(StrEnum):
    """Which headings a file has."""

    OF_2026 = "2026"
    OF_2019 = "2019"


REFERENCE = "reference"
_DATES = ("entry-date", "start-date", "end-date")
COLUMNS: Mapping[FileForm, Mapping[Dataset, tuple[str, ...]]] = {
    FileForm.OF_2026: FIELDS,
    FileForm.OF_2019: {
        Dataset.AGREEMENT: (
            *(Dataset.AGREEMENT.value, "organisation", *_DATES),
            *("planning-application", "document-url", "developer-agreement-type"),
        ),
        Dataset.CONTRIBUTION: (
            *(Dataset.CONTRIBUTION.value, "developer-agreement", "contribution-purpose"),
            *("amount", "units", *_DATES),
        ),
        Dataset.TRANSACTION: (
            *(Dataset.TRANSACTION.value, "developer-agreement-contribution", "contribution-funding-status"),
            *("amount", "units", *_DATES),
        ),
    },
}
"""The headings of each file in their order; in 2019 the reference stands under the file's own name."""
PARENTS: Mapping[Dataset, Dataset] = {
    Dataset.CONTRIBUTION: Dataset.AGREEMENT,
    Dataset.TRANSACTION: Dataset.CONTRIBUTION,
}
"""The file in which the row stands that a row belongs to, named by a column of the same name."""
AGREEMENT_TYPES: Mapping[AgreementKind, str] = {
    AgreementKind.SECTION_106: "section-106",
    AgreementKind.UNILATERAL_UNDERTAKING: "section-106",
    AgreementKind.COMMUNITY_INFRASTRUCTURE_LEVY: "community-infrastructure-levy",
    AgreementKind.SECTION_278: "section-278",
}
"""The list has no code for a unilateral undertaking, which is made under section 106; a note says so."""
FUNDING_STATUSES = frozenset({"secured", "received", "allocated", "transferred", "spent"})
ONLY_IN_GUIDANCE = frozenset({"returned"})
"""A status that the government's guidance explains and its code list leaves out."""


def key_column(form: FileForm, dataset: Dataset) -> str:
    """The heading under which a row's own reference stands."""
    return REFERENCE if form is FileForm.OF_2026 else dataset.value
