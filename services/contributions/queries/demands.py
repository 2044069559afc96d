"""Demands as officers and finance look at them: the list, and one with its working and late interest."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.demands.demand import Letter
from services.contributions.domain.demands.late_interest import InterestStep
from services.contributions.domain.demands.terms import PaymentTerms
from services.contributions.domain.indexation.indexed import Indexed
from services.contributions.repository.demands import WORKING, demand_of
from services.contributions.repository.late_interest import late_interest_on
from services.contributions.repository.payment_terms import AllPaymentTerms
from shared.errors import Invalid, NotFound

PAGE = 50
DEMAND = """
    SELECT d.*, o.agreement_id, o.reference AS obligation_reference, o.clause AS obligation_clause,
           o.trigger, o.trigger_met_on, o.purpose, a.reference AS agreement_reference, a.deed_on,
           a.name AS development, a.planning_application, a.kind AS agreement_kind,
           r.id AS replaced_by_id, p.received_pence + coalesce(t.received_pence, 0) AS received_pence,
           d.state = 'issued' AND p.received_pence + coalesce(t.received_pence, 0) < d.demanded_pence
               AS unpaid
    FROM demand d
    JOIN obligation o ON o.id = d.obligation_id
    JOIN agreement a ON a.id = o.agreement_id
    LEFT JOIN demand r ON r.replaces_id = d.id
    LEFT JOIN reported_position t ON t.obligation_id = o.id
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(received_pence), 0) AS received_pence FROM pot
        WHERE obligation_id = o.id AND opened_by = 'receipt') p
"""
LIST = text(
    f"""
    SELECT * FROM ({DEMAND}) d
    WHERE (:show = 'all' OR :show = 'withdrawn' AND state = 'withdrawn' OR :show = 'unpaid' AND unpaid
           OR :show = 'overdue' AND unpaid AND due_on < :today)
      AND (CAST(:due_from AS date) IS NULL OR due_on >= :due_from)
      AND (CAST(:due_to AS date) IS NULL OR due_on <= :due_to)
      AND (:pattern = '%%' OR reference ILIKE :pattern OR obligation_reference ILIKE :pattern
           OR agreement_reference ILIKE :pattern OR development ILIKE :pattern)
      AND (CAST(:after AS uuid) IS NULL
           OR (due_on, id) > (SELECT due_on, id FROM demand WHERE id = CAST(:after AS uuid)))
    ORDER BY due_on, id LIMIT :limit
    """  # noqa: S608 - only our own words
)
ONE = text(f"{DEMAND} WHERE d.id = :id")
LETTER = text("SELECT * FROM demand_letter WHERE demand_id = :id")


class Show(StrEnum):
    """Which demands a list holds."""

    ALL = "all"
    UNPAID = "unpaid"
    OVERDUE = "overdue"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandLine:
    """A demand, what came of it and what is still owed, in pence; overdue as of today."""

    demand_id: UUID
    reference: str
    organisation: str
    agreement_id: UUID
    agreement_reference: str
    development: str
    obligation_id: UUID
    obligation_reference: str
    state: str
    issued_on: date
    due_on: date
    base_pence: int
    demanded_pence: int
    received_pence: int
    outstanding_pence: int
    provisional: bool
    overdue: bool
    replaces_id: UUID | None
    replaced_by_id: UUID | None
    withdrawn_on: date | None
    withdrawn_reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandPage:
    """Some demands, the earliest due first, and the cursor for the next page, if any."""

    demands: list[DemandLine]
    next_cursor: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LateInterestView:
    """Interest on what is paid late, up to a day that does not count: each step, and the whole in pence.

    `problem` says why it cannot be worked out: a base rate is missing.
    """

    until: date
    interest_pence: int | None
    steps: list[InterestStep]
    problem: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandView:
    """A demand with its frozen working, the terms it was made on, its letter, and late interest so far."""

    demand: DemandLine
    working: Indexed
    terms: PaymentTerms
    letter: Letter
    late_interest: LateInterestView | None
    deed_on: date | None
    clause: str | None
    trigger: str
    trigger_met_on: date | None
    planning_application: str


async def list_demands(
    session: AsyncSession,
    *,
    today: date,
    show: Show = Show.ALL,
    search: str = "",
    due_from: date | None = None,
    due_to: date | None = None,
    after: UUID | None = None,
) -> DemandPage:
    """Fifty demands by the day they are due."""
    wanted = {
        "today": today,
        "show": show.value,
        "pattern": _pattern(search),
        "due_from": due_from,
        "due_to": due_to,
        "after": after,
        "limit": PAGE + 1,
    }
    rows = (await session.execute(LIST, wanted)).all()
    return DemandPage(
        demands=[_line(row, today) for row in rows[:PAGE]],
        next_cursor=rows[PAGE - 1].id if len(rows) > PAGE else None,
    )


async def show_demand(session: AsyncSession, demand_id: UUID, *, today: date) -> DemandView:
    """One demand, or NotFound."""
    row = (await session.execute(ONE, {"id": demand_id})).one_or_none()
    if row is None:
        raise NotFound("demand.not_found", "There is no such demand. Choose one from the list.")
    letter = (await session.execute(LETTER, {"id": demand_id})).one()
    return DemandView(
        demand=_line(row, today),
        working=WORKING.validate_json(row.working),
        terms=await AllPaymentTerms(session).get(row.obligation_id, row.terms_number or 0),
        letter=Letter(**{name: getattr(letter, name) for name in Letter.__dataclass_fields__}),
        late_interest=await _late_interest(session, row, today),
        deed_on=row.deed_on,
        clause=row.obligation_clause,
        trigger=row.trigger,
        trigger_met_on=row.trigger_met_on,
        planning_application=row.planning_application,
    )


async def _late_interest(session: AsyncSession, row: Any, today: date) -> LateInterestView | None:
    if row.state != "issued" or row.due_on >= today:
        return None
    try:
        found = await late_interest_on(session, demand_of(row), today)
    except Invalid as missing:
        return LateInterestView(until=today, interest_pence=None, steps=[], problem=missing.message)
    if found is None:
        return None
    return LateInterestView(
        until=found.until, interest_pence=found.interest_pence, steps=list(found.steps), problem=None
    )


def _line(row: Any, today: date) -> DemandLine:
    received_pence = int(row.received_pence)
    return DemandLine(
        demand_id=row.id,
        reference=row.reference,
        organisation=row.organisation,
        agreement_id=row.agreement_id,
        agreement_reference=row.agreement_reference,
        development=row.development,
        obligation_id=row.obligation_id,
        obligation_reference=row.obligation_reference,
        state=row.state,
        issued_on=row.issued_on,
        due_on=row.due_on,
        base_pence=row.base_pence,
        demanded_pence=row.demanded_pence,
        received_pence=received_pence,
        outstanding_pence=max(row.demanded_pence - received_pence, 0) if row.state == "issued" else 0,
        provisional=row.provisional,
        overdue=row.unpaid and row.due_on < today,
        replaces_id=row.replaces_id,
        replaced_by_id=row.replaced_by_id,
        withdrawn_on=row.withdrawn_on,
        withdrawn_reason=row.withdrawn_reason,
    )


def _pattern(search: str) -> str:
    plain = search.strip().replace("\x00", "")
    for special in ("\\", "%", "_"):
        plain = plain.replace(special, f"\\{special}")
    return f"%{plain}%"
