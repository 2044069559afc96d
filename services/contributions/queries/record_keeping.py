"""Where the record of each organisation lives, as pages say it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.record_keeping.mode import Mode

IN_FORCE = text(
    """
    SELECT DISTINCT ON (k.organisation) k.organisation, k.mode, k.system_of_record, k.records_begin_on,
           k.kept_before_in, k.decided_by, k.decided_at, e.exported_on
    FROM record_keeping k
    LEFT JOIN LATERAL (
        SELECT coalesce(d.exported_on, CAST(d.uploaded_at AT TIME ZONE 'Europe/London' AS date))
            AS exported_on
        FROM import_draft d WHERE d.organisation = k.organisation AND d.state = 'committed'
        ORDER BY d.uploaded_at DESC LIMIT 1) e ON true
    WHERE :organisation = '' OR k.organisation = :organisation
    ORDER BY k.organisation, k.position DESC
    """
)
HISTORY = text(
    """
    SELECT organisation, mode, system_of_record, records_begin_on, kept_before_in, decided_by, decided_at,
           CAST(NULL AS date) AS exported_on
    FROM record_keeping WHERE organisation = :organisation ORDER BY position DESC
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordKeepingView:
    """Where an organisation's record lives; of a follower also the day of the last export taken.

    `records_begin_on` says since when records here are complete, `kept_before_in` what held them before.
    """

    organisation: str
    mode: Mode
    system_of_record: str | None
    records_begin_on: date | None
    kept_before_in: str | None
    decided_by: str
    decided_at: datetime
    exported_on: date | None


async def list_record_keeping(session: AsyncSession) -> list[RecordKeepingView]:
    """The decisions in force, by organisation."""
    rows = (await session.execute(IN_FORCE, {"organisation": ""})).mappings()
    return [_view(row) for row in rows]


async def record_keeping_of(session: AsyncSession, organisation: str) -> RecordKeepingView | None:
    """The decision in force of one organisation; None where nobody decided anything: it is master."""
    row = (await session.execute(IN_FORCE, {"organisation": organisation})).mappings().one_or_none()
    return None if row is None else _view(row)


async def record_keeping_history(session: AsyncSession, organisation: str) -> list[RecordKeepingView]:
    """Every decision of an organisation, the newest first."""
    rows = (await session.execute(HISTORY, {"organisation": organisation})).mappings()
    return [_view(row) for row in rows]


def _view(row: Any) -> RecordKeepingView:
    return RecordKeepingView(**{**row, "mode": Mode(row["mode"])})
