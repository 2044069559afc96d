"""How far the sites of agreements have come."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.events.base import Event


class SiteProgressRecorded(Event):
    """A site was reported as begun, as so many dwellings occupied of those consented, or as completed."""

    topic: ClassVar[str] = "contributions.agreement"
    name: ClassVar[str] = "progress.recorded.v1"
    key_field: ClassVar[str] = "agreement_id"

    agreement_id: UUID
    progress_id: UUID
    kind: str
    happened_on: date
    occupied_dwellings: int | None
    consented_dwellings: int | None


class SiteProgressWithdrawn(Event):
    """A report of a site was wrong."""

    topic: ClassVar[str] = "contributions.agreement"
    name: ClassVar[str] = "progress.withdrawn.v1"
    key_field: ClassVar[str] = "agreement_id"

    agreement_id: UUID
    progress_id: UUID
    reason: str
