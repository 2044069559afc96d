"""What is reported of a site: begun, so many dwellings occupied, or completed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.contributions.domain.register.agreement import Agreement
from services.contributions.domain.register.trigger import MOST_DWELLINGS
from shared.checks import future_refusal, refuse_all
from shared.errors import Invalid


class ProgressKind(StrEnum):
    """How far a site has come."""

    COMMENCED = "commenced"
    OCCUPIED = "occupied"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteProgress:
    """One report of a site; dwellings, occupied of all that are consented, belong to occupation only."""

    id: UUID
    agreement_id: UUID
    kind: ProgressKind
    happened_on: date
    occupied_dwellings: int | None = None
    consented_dwellings: int | None = None


def record_progress(draft: SiteProgress, agreement: Agreement, *, today: date) -> SiteProgress:
    """A report as an officer enters it, checked by field."""
    refuse_all(
        "progress.invalid",
        [
            future_refusal(draft.happened_on, today=today, field="happened_on", name="The report"),
            agreement.before_deed_refusal(draft.happened_on, field="happened_on", what="report"),
            *_dwellings_refusals(draft),
        ],
    )
    return draft


def _dwellings_refusals(draft: SiteProgress) -> list[Invalid | None]:
    occupied, consented = draft.occupied_dwellings, draft.consented_dwellings
    if draft.kind != ProgressKind.OCCUPIED:
        given = {"occupied_dwellings": occupied, "consented_dwellings": consented}
        return [_superfluous(field) for field, value in given.items() if value is not None]
    if consented is None or not 1 <= consented <= MOST_DWELLINGS:
        message = f"Enter how many dwellings are consented, from 1 to {MOST_DWELLINGS:,}."
        return [Invalid("consented_dwellings.out_of_range", message, field="consented_dwellings")]
    if occupied is None or not 1 <= occupied <= consented:
        message = f"Enter how many dwellings are occupied, from 1 to the {consented:,} that are consented."
        return [Invalid("occupied_dwellings.out_of_range", message, field="occupied_dwellings")]
    return []


def _superfluous(field: str) -> Invalid:
    message = "Leave the number of dwellings empty unless the report is of occupied dwellings."
    return Invalid("progress.dwellings_of_another_kind", message, field=field)
