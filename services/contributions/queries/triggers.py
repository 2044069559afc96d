"""Reports of sites, and the triggers that an officer should look at: they seem to be met."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

PAGE = 50

PROGRESS = text(
    """
    SELECT p.id AS progress_id, p.kind, p.happened_on, p.occupied_dwellings, p.consented_dwellings,
           p.recorded_by, p.recorded_at, w.reason AS withdrawn_because
    FROM site_progress p LEFT JOIN withdrawn_progress w ON w.progress_id = p.id
    WHERE p.agreement_id = :id ORDER BY p.happened_on, p.recorded_at
    """
)
TO_LOOK_AT = text(
    """
    SELECT o.id AS obligation_id, o.agreement_id, a.reference AS agreement_reference, a.name, o.reference,
           o.purpose, o.amount_pence, o.trigger, o.trigger_kind, o.trigger_dwelling, o.trigger_percent,
           coalesce(o.trigger_on, r.happened_on) AS seems_met_on, r.kind AS reported_kind,
           r.occupied_dwellings, r.consented_dwellings
    FROM obligation o JOIN agreement a ON a.id = o.agreement_id
    LEFT JOIN LATERAL (
        SELECT p.* FROM site_progress p
        WHERE p.agreement_id = o.agreement_id
          AND NOT EXISTS (SELECT FROM withdrawn_progress w WHERE w.progress_id = p.id)
          AND CASE o.trigger_kind
                WHEN 'commencement' THEN true
                WHEN 'first_occupation' THEN p.kind = 'occupied'
                WHEN 'nth_occupation' THEN p.occupied_dwellings >= o.trigger_dwelling
                WHEN 'percent_occupation'
                    THEN p.occupied_dwellings * 100 >= o.trigger_percent * p.consented_dwellings
                WHEN 'completion' THEN p.kind = 'completed'
                ELSE false END
        ORDER BY p.happened_on, p.recorded_at LIMIT 1) r ON true
    WHERE o.trigger_met_on IS NULL AND o.trigger_kind IS NOT NULL AND o.trigger_kind <> 'other'
      AND (r.id IS NOT NULL OR o.trigger_on <= :today)
      AND (CAST(:agreement_id AS uuid) IS NULL OR o.agreement_id = :agreement_id)
      AND (CAST(:after AS uuid) IS NULL OR (a.reference, o.reference, o.id) > (
           SELECT b.reference, q.reference, q.id FROM obligation q JOIN agreement b ON b.id = q.agreement_id
           WHERE q.id = :after))
    ORDER BY a.reference, o.reference, o.id LIMIT :limit
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressView:
    """A report of a site; `withdrawn_because` says why it was wrong, if it was."""

    progress_id: UUID
    kind: str
    happened_on: date
    occupied_dwellings: int | None
    consented_dwellings: int | None
    recorded_by: str
    recorded_at: datetime
    withdrawn_because: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerToLookAt:
    """An obligation whose trigger seems to be met: by its date, or by the first report that reaches it."""

    obligation_id: UUID
    agreement_id: UUID
    agreement_reference: str
    name: str
    reference: str
    purpose: str | None
    amount_pence: int | None
    trigger: str
    trigger_kind: str
    trigger_dwelling: int | None
    trigger_percent: int | None
    seems_met_on: date
    reported_kind: str | None
    occupied_dwellings: int | None
    consented_dwellings: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggersToLookAt:
    """Some triggers in the order of their agreements, and the cursor for the next page, if any."""

    triggers: list[TriggerToLookAt]
    next_cursor: UUID | None


async def list_progress(session: AsyncSession, agreement_id: UUID) -> list[ProgressView]:
    """What was reported of an agreement's site, in the order in which it happened."""
    return [ProgressView(**row) for row in (await session.execute(PROGRESS, {"id": agreement_id})).mappings()]


async def list_triggers_to_look_at(
    session: AsyncSession, today: date, agreement_id: UUID | None, after: UUID | None
) -> TriggersToLookAt:
    """Fifty unmet triggers whose date has come, or that a report of their site reaches."""
    wanted: dict[str, Any] = {"today": today, "agreement_id": agreement_id, "after": after, "limit": PAGE + 1}
    found = [TriggerToLookAt(**row) for row in (await session.execute(TO_LOOK_AT, wanted)).mappings()]
    cursor = found[PAGE - 1].obligation_id if len(found) > PAGE else None
    return TriggersToLookAt(triggers=found[:PAGE], next_cursor=cursor)
