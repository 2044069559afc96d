"""Demands: what developers are asked to pay."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.events.base import Event


class DemandIssued(Event):
    """A developer is asked to pay an obligation by a day: the deed's sum and what indexation made of it.

    `working` tells each step in words, with the index values used and the days they were published;
    `provisional` that a value among them may still be revised.
    """

    topic: ClassVar[str] = "contributions.agreement"
    name: ClassVar[str] = "demand.issued.v1"
    key_field: ClassVar[str] = "agreement_id"

    agreement_id: UUID
    obligation_id: UUID
    demand_id: UUID
    organisation: str
    reference: str
    issued_on: date
    due_on: date
    base_pence: int
    demanded_pence: int
    working: tuple[str, ...]
    provisional: bool
    replaces_id: UUID | None


class DemandWithdrawn(Event):
    """A demand no longer stands: nothing is owed by it, the obligation is owed as before it."""

    topic: ClassVar[str] = "contributions.agreement"
    name: ClassVar[str] = "demand.withdrawn.v1"
    key_field: ClassVar[str] = "agreement_id"

    agreement_id: UUID
    obligation_id: UUID
    demand_id: UUID
    withdrawn_on: date
