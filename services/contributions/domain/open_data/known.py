"""What the books hold already of the rows that a file brings, and the ids that imported things get."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid5

from services.contributions.domain.open_data.notes import Dataset
from services.contributions.domain.open_data.positions import Position

NAMES = UUID("9b1f6a52-5d1f-4c38-9a57-3f5b0d1f0c11")

RowKey = tuple[Dataset, str, str]
"""File, organisation and reference: what tells a reported row from all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedPot:
    """A pot of what files reported: what of it is available, and what left it here, in pence."""

    id: UUID
    version: int
    received_pence: int
    available_pence: int
    gone_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownObligation:
    """An obligation in the books: what files said of it so far, and what its pots received, in pence."""

    id: UUID
    trigger_met_on: date | None
    position: Position | None
    pots: int
    pots_received_pence: int
    imported_pots: tuple[ImportedPot, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAgreement:
    """An agreement in the books, its version, and its obligations by their reference."""

    id: UUID
    version: int
    obligations: Mapping[str, KnownObligation] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Rows taken from earlier files, by key, and agreements by organisation and reference.

    `editions` says how often each row was taken anew, `reported` whose files were taken before.
    """

    contents: Mapping[RowKey, Mapping[str, str]] = field(default_factory=dict)
    editions: Mapping[RowKey, int] = field(default_factory=dict)
    reported: frozenset[str] = frozenset()
    agreements: Mapping[tuple[str, str], KnownAgreement] = field(default_factory=dict)


def imported_id(kind: str, organisation: str, reference: str) -> UUID:
    """The same id for the same thing of the same organisation, however often and by whomever imported."""
    return uuid5(NAMES, f"{kind}\x1f{organisation}\x1f{reference}")
