"""What became of an uploaded file, row by row, as it is kept and answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from services.monitoring.domain.local_days import Gap
from services.monitoring.domain.series import RowNote

ROWS_NAMED = 200
"""The first rows and days that are named; the counts are of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import took and what it left; a file with a refused row takes nothing and has no report.

    `rows` names each row that was ignored or has no value; the others were taken. `total_kwh` is of the
    days that the file completes (readings only).
    """

    import_id: UUID
    outcome: Literal["taken", "nothing_new", "already_imported"]
    message: str
    imported_at: datetime
    file_sha256: str
    rows_read: int
    rows_taken: int
    rows_ignored: int
    rows_without_value: int
    days_taken: int
    days_already_held: int
    hours_waiting: int
    first_day: date | None
    last_day: date | None
    total_kwh: Decimal | None
    days_incomplete: int
    incomplete_days: tuple[Gap, ...]
    warnings: tuple[str, ...]
    rows: tuple[RowNote, ...]


def outcome_of(days_taken: int, hours_waiting: int) -> tuple[Literal["taken", "nothing_new"], str]:
    """The outcome, and the same as a sentence."""
    if days_taken:
        return "taken", f"{days_taken:,} days were taken."
    if hours_waiting:
        return "taken", "No day is complete yet; its hours wait for the next file."
    return "nothing_new", "Every day of the file is held already, so nothing changed."


def counted(notes: Sequence[RowNote], outcome: str) -> int:
    """How many rows had this outcome."""
    return sum(note.outcome == outcome for note in notes)
