"""What contributions answers about sites and their triggers."""

from datetime import date
from uuid import UUID

from pydantic import TypeAdapter

from services.portal.officer.books import Told


class Progress(Told):
    """A report of a site; `withdrawn_because` says why it was wrong, if it was."""

    progress_id: UUID
    kind: str
    happened_on: date
    occupied_dwellings: int | None
    consented_dwellings: int | None
    withdrawn_because: str | None


class TriggerToLookAt(Told):
    """An obligation whose trigger seems to be met; the sum in pence."""

    obligation_id: UUID
    agreement_id: UUID
    agreement_reference: str
    name: str
    reference: str
    amount_pence: int | None
    trigger: str
    seems_met_on: date
    reported_kind: str | None
    occupied_dwellings: int | None
    consented_dwellings: int | None


class TriggersToLookAt(Told):
    """Some triggers that seem to be met; the cursor leads to the next ones."""

    triggers: tuple[TriggerToLookAt, ...]
    next_cursor: UUID | None


AllProgress = TypeAdapter(tuple[Progress, ...])
