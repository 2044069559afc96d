"""What contributions answers of versions, history and wards."""

from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID

from pydantic import TypeAdapter

from services.portal.officer.books import Told

Value: TypeAlias = str | int | bool | tuple[str, ...] | None


class VersionObligation(Told):
    """An obligation's terms as they were in a version."""

    id: UUID
    reference: str
    purpose: str | None
    amount_pence: int | None
    spend_by_months: int | None
    wards: tuple[str, ...]
    trigger: str


class VersionTerms(Told):
    """An agreement's own fields as they were in a version."""

    organisation: str
    reference: str
    name: str
    planning_application: str
    kind: str | None
    deed_on: date | None
    document_url: str | None
    site_address: str | None
    ward: str | None
    developer: str | None


class Version(Told):
    """A version of an agreement, from its first day to its last (None: still in force)."""

    agreement_id: UUID
    deed_version: int
    began_on: date | None
    ended_on: date | None
    variation_url: str | None
    summary: str | None
    ward_name: str | None
    ward_edition: str | None
    terms: VersionTerms
    obligations: tuple[VersionObligation, ...]


class FieldChange(Told):
    """What one field was and became."""

    field: str
    before: Value
    after: Value


class HistoryLine(Told):
    """One fact about an agreement: what, who, when, why, and what it changed."""

    event: str
    actor: str
    recorded_at: datetime
    reference: str | None
    reason: str | None
    changes: tuple[FieldChange, ...]


class History(Told):
    """The facts about an agreement, the oldest first."""

    agreement_id: UUID
    reference: str
    lines: tuple[HistoryLine, ...]


class Ward(Told):
    """A ward's code and name."""

    code: str
    name: str


class WardEdition(Told):
    """An edition of an organisation's wards; its wards where one edition is asked for, else how many."""

    edition_id: UUID
    organisation: str
    name: str
    valid_from: date
    valid_until: date | None
    source: str
    recorded_by: str
    recorded_at: datetime
    wards: tuple[Ward, ...] | int


Wards = TypeAdapter(tuple[Ward, ...])
WardEditions = TypeAdapter(tuple[WardEdition, ...])
