"""The register of agreements as officers look at it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.errors import NotFound

PAGE = 50

LIST = text(
    """
    SELECT a.id, a.organisation, a.reference, a.name, a.planning_application, a.kind, a.deed_on,
           a.document_url, a.version
    FROM agreement a
    WHERE (:pattern = '%%' OR a.reference ILIKE :pattern OR a.planning_application ILIKE :pattern
           OR a.name ILIKE :pattern
           OR EXISTS (SELECT FROM obligation o WHERE o.agreement_id = a.id AND o.reference ILIKE :pattern))
      AND (CAST(:after AS uuid) IS NULL
           OR (a.reference, a.id) > (SELECT reference, id FROM agreement WHERE id = CAST(:after AS uuid)))
    ORDER BY a.reference, a.id LIMIT :limit
    """
)
ONE = text(
    """
    SELECT id, organisation, reference, name, planning_application, kind, deed_on, document_url, version
    FROM agreement WHERE id = :id
    """
)
OBLIGATIONS = text(
    """
    SELECT o.id AS obligation_id, o.agreement_id, o.reference, o.purpose, o.amount_pence, o.spend_by_months,
           o.wards, o.trigger, o.trigger_met_on, o.trigger_kind, o.trigger_dwelling,
           o.trigger_percent, o.trigger_on, o.clause, o.tranche_number, o.tranche_count, o.calculation_id,
           r.exception, d.id AS demand_id, d.demanded_pence,
           coalesce(r.received_pence, 0) + p.received_pence AS received_pence, p.pot_ids
    FROM obligation o
    LEFT JOIN reported_position r ON r.obligation_id = o.id
    LEFT JOIN demand d ON d.obligation_id = o.id AND d.state = 'issued'
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(received_pence) FILTER (WHERE opened_by = 'receipt'), 0) AS received_pence,
               coalesce(array_agg(id ORDER BY received_on NULLS FIRST, id), '{}') AS pot_ids
        FROM pot WHERE obligation_id = o.id) p
    WHERE o.agreement_id = ANY(CAST(:ids AS uuid[])) ORDER BY o.reference
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationLine:
    """An obligation: what it secures, what was received of it and what is still owed, in pence.

    Owed is the sum of the demand that stands, or the deed's own; `outstanding_pence` is None where neither
    is known.
    """

    obligation_id: UUID
    reference: str
    purpose: str | None
    amount_pence: int | None
    spend_by_months: int | None
    wards: list[str]
    trigger: str
    trigger_met_on: date | None
    secured: bool
    received_pence: int
    outstanding_pence: int | None
    exception: str | None
    pot_ids: list[UUID]
    trigger_kind: str | None
    trigger_dwelling: int | None
    trigger_percent: int | None
    trigger_on: date | None
    clause: str | None
    tranche_number: int | None
    tranche_count: int | None
    calculation_id: UUID | None
    demand_id: UUID | None
    demanded_pence: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementView:
    """An agreement with its obligations; the sequence is that of its newest fact."""

    agreement_id: UUID
    organisation: str
    reference: str
    name: str
    planning_application: str
    kind: str | None
    deed_on: date | None
    document_url: str | None
    sequence: int
    obligations: list[ObligationLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementPage:
    """Some agreements in the order of their references, and the cursor for the next page, if any."""

    agreements: list[AgreementView]
    next_cursor: UUID | None


async def list_agreements(session: AsyncSession, search: str, after: UUID | None) -> AgreementPage:
    """Fifty agreements whose reference, application, name or obligations contain the words searched for."""
    wanted = {"pattern": _pattern(search), "after": after, "limit": PAGE + 1}
    rows = (await session.execute(LIST, wanted)).all()
    obligations = await _obligations(session, [row.id for row in rows[:PAGE]])
    return AgreementPage(
        agreements=[_view(row, obligations[row.id]) for row in rows[:PAGE]],
        next_cursor=rows[PAGE - 1].id if len(rows) > PAGE else None,
    )


async def show_agreement(session: AsyncSession, agreement_id: UUID) -> AgreementView:
    """One agreement with its obligations, or NotFound."""
    row = (await session.execute(ONE, {"id": agreement_id})).one_or_none()
    if row is None:
        raise NotFound("agreement.not_found", "There is no such agreement. Look for it by its reference.")
    return _view(row, (await _obligations(session, [agreement_id]))[agreement_id])


async def _obligations(session: AsyncSession, ids: list[UUID]) -> defaultdict[UUID, list[ObligationLine]]:
    found: defaultdict[UUID, list[ObligationLine]] = defaultdict(list)
    for row in await session.execute(OBLIGATIONS, {"ids": ids}):
        found[row.agreement_id].append(_line(row))
    return found


def _line(row: Any) -> ObligationLine:
    received_pence = int(row.received_pence)
    owed_pence = row.amount_pence if row.demanded_pence is None else row.demanded_pence
    outstanding_pence = None if owed_pence is None else max(owed_pence - received_pence, 0)
    return ObligationLine(
        obligation_id=row.obligation_id,
        reference=row.reference,
        purpose=row.purpose,
        amount_pence=row.amount_pence,
        spend_by_months=row.spend_by_months,
        wards=row.wards,
        trigger=row.trigger,
        trigger_met_on=row.trigger_met_on,
        secured=row.trigger_met_on is not None,
        received_pence=received_pence,
        outstanding_pence=outstanding_pence,
        exception=row.exception,
        pot_ids=row.pot_ids,
        trigger_kind=row.trigger_kind,
        trigger_dwelling=row.trigger_dwelling,
        trigger_percent=row.trigger_percent,
        trigger_on=row.trigger_on,
        clause=row.clause,
        tranche_number=row.tranche_number,
        tranche_count=row.tranche_count,
        calculation_id=row.calculation_id,
        demand_id=row.demand_id,
        demanded_pence=row.demanded_pence,
    )


def _view(row: Any, obligations: list[ObligationLine]) -> AgreementView:
    return AgreementView(
        agreement_id=row.id,
        organisation=row.organisation,
        reference=row.reference,
        name=row.name,
        planning_application=row.planning_application,
        kind=row.kind,
        deed_on=row.deed_on,
        document_url=row.document_url,
        sequence=row.version,
        obligations=obligations,
    )


def _pattern(search: str) -> str:
    plain = search.strip().replace("\x00", "")
    for special in ("\\", "%", "_"):
        plain = plain.replace(special, f"\\{special}")
    return f"%{plain}%"
