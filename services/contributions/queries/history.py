"""Every change of an agreement, its obligations and their pots: who, when, from what to what.

Who and when come from the event log; what was replaced was kept whole beside it, and is compared here.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.queries.agreements import not_found

Value: TypeAlias = str | int | bool | list[str] | None
States: TypeAlias = Sequence[tuple[int, Mapping[str, Any]]]
"""A row as it stood until each sequence, the oldest first; the last is as it stands."""

LOG = text(
    """
    SELECT type, sequence, payload, occurred_at, actor FROM event_log
    WHERE (topic = 'contributions.agreement' AND key = :key)
       OR (topic = 'contributions.pot' AND key = ANY (ARRAY(
            SELECT CAST(p.id AS text) FROM pot p JOIN obligation o ON o.id = p.obligation_id
            WHERE o.agreement_id = :id)))
    ORDER BY position
    """
)
KEPT = text(
    """
    SELECT agreement_id AS id, until_sequence, terms FROM earlier_agreement WHERE agreement_id = :id
    UNION ALL
    SELECT obligation_id, until_sequence, terms FROM earlier_obligation WHERE agreement_id = :id
    UNION ALL
    SELECT id, NULL, to_jsonb(a) FROM agreement a WHERE id = :id
    UNION ALL
    SELECT id, NULL, to_jsonb(o) FROM obligation o WHERE agreement_id = :id
    ORDER BY until_sequence NULLS LAST
    """
)
REASONS = text("SELECT sequence, reason FROM correction WHERE agreement_id = :id")
OF_AN_AGREEMENT = (
    "reference",
    "name",
    "planning_application",
    "kind",
    "deed_on",
    "document_url",
    "site_address",
    "ward",
    "developer",
    "organisation",
)
OF_AN_OBLIGATION = (
    "reference",
    "purpose",
    "allowed_purposes",
    "amount_pence",
    "trigger",
    "spend_by_months",
    "wards",
)
TERMS: Mapping[str, Sequence[str]] = {
    "agreement.recorded.v1": OF_AN_AGREEMENT,
    "agreement.corrected.v1": OF_AN_AGREEMENT,
    "agreement.varied.v1": OF_AN_AGREEMENT,
    "obligation.recorded.v1": OF_AN_OBLIGATION,
    "obligation.corrected.v1": OF_AN_OBLIGATION,
    "obligation.varied.v1": OF_AN_OBLIGATION,
}
"""What only these facts change, so that two states before and after one of them differ by it alone."""
NOT_TOLD = {"agreement_id", "obligation_id", "pot_id", "organisation", "reference", "purpose", "wards"}
"""Of other facts everything is told but what they only repeat."""
FOR_EVER = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """What one field was and became; nothing before where it was first recorded."""

    field: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One fact: its name in the published language, who did it (an opaque id), when it was recorded.

    `reference` is of the obligation it is about, if it is about one; `reason` a correction's reason or the
    summary of a deed of variation.
    """

    sequence: int
    event: str
    actor: str
    recorded_at: datetime
    reference: str | None
    reason: str | None
    changes: list[FieldChange]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementHistory:
    """The facts of an agreement, the oldest first."""

    agreement_id: UUID
    reference: str
    lines: list[HistoryLine]


async def show_history(session: AsyncSession, agreement_id: UUID) -> AgreementHistory:
    """The whole history of one agreement, or NotFound."""
    states: defaultdict[str, list[tuple[int, Mapping[str, Any]]]] = defaultdict(list)
    for row in await session.execute(KEPT, {"id": agreement_id}):
        until = FOR_EVER if row.until_sequence is None else row.until_sequence
        states[str(row.id)].append((until, row.terms))
    if str(agreement_id) not in states:
        raise not_found()
    found = await session.execute(REASONS, {"id": agreement_id})
    reasons = {row.sequence: row.reason for row in found}
    log = await session.execute(LOG, {"id": agreement_id, "key": str(agreement_id)})
    return AgreementHistory(
        agreement_id=agreement_id,
        reference=states[str(agreement_id)][-1][1]["reference"],
        lines=[_line(row, str(agreement_id), states, reasons) for row in log],
    )


def _line(
    row: Any, agreement_id: str, states: Mapping[str, States], reasons: Mapping[int, str]
) -> HistoryLine:
    told: dict[str, Any] = json.loads(row.payload)
    obligation = states.get(str(told.get("obligation_id")), ())
    names = TERMS.get(row.type)
    about = obligation or states[agreement_id]
    changes = _told(told) if names is None else _compared(about, row.sequence, names)
    return HistoryLine(
        sequence=row.sequence,
        event=row.type,
        actor=row.actor,
        recorded_at=row.occurred_at,
        reference=obligation[-1][1]["reference"] if obligation else None,
        reason=told.get("summary") or (reasons.get(row.sequence) if "correction_id" in told else None),
        changes=list(changes),
    )


def _compared(states: States, sequence: int, names: Sequence[str]) -> Iterator[FieldChange]:
    """How the fact of that sequence changed what stood; where it stood first, all of it."""
    before = next((terms for until, terms in states if until == sequence), {})
    after = next(terms for until, terms in states if until > sequence)
    for name in names:
        if (before.get(name) or None) != (after.get(name) or None):
            yield FieldChange(field=name, before=before.get(name), after=after.get(name))


def _told(told: Mapping[str, Any]) -> Iterator[FieldChange]:
    """What a fact says that is kept nowhere else: a date, a sum."""
    for name, value in told.items():
        if isinstance(value, str | int) and name not in NOT_TOLD and not name.endswith("_id"):
            yield FieldChange(field=name, before=None, after=value)
