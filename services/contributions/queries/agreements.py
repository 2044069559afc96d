"""Agreements as officers look at them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.errors import NotFound

STATE = """
    CROSS JOIN LATERAL (
        SELECT CASE WHEN bool_and(money.received >= coalesce(o.amount_pence, 9223372036854775807))
                         AND sum(money.received) > 0 THEN 'received_in_full'
                    WHEN sum(money.received) > 0 THEN 'part_received'
                    WHEN bool_or(o.trigger_met_on IS NOT NULL) THEN 'secured'
                    ELSE 'recorded' END AS state
        FROM obligation o
        LEFT JOIN reported_position r ON r.obligation_id = o.id
        LEFT JOIN LATERAL (SELECT sum(received_pence) AS pence FROM pot
                           WHERE obligation_id = o.id AND opened_by = 'receipt') p ON true
        CROSS JOIN LATERAL (SELECT coalesce(p.pence, 0) + coalesce(r.received_pence, 0) AS received
                            OFFSET 0) money
        WHERE o.agreement_id = a.id) its
"""
"""What came of an agreement `a`; of an unknown sum nobody can say that all of it came."""
AGREEMENT = f"""
    SELECT a.id, a.organisation, a.reference, a.name, a.planning_application, a.kind, a.deed_on,
           a.document_url, a.site_address, a.ward, w.name AS ward_name, e.name AS ward_edition,
           a.developer, a.developer_is_organisation, a.deed_version, a.varied_on, its.state, a.version
    FROM chosen a
    LEFT JOIN ward_edition e ON e.id = a.ward_edition_id
    LEFT JOIN ward w ON w.edition_id = a.ward_edition_id AND w.code = a.ward
    {STATE}
"""  # noqa: S608 - only the words above
"""The agreements `chosen` with their ward's name and their state."""
ONE = text(f"WITH chosen AS (SELECT * FROM agreement WHERE id = :id) {AGREEMENT}")  # noqa: S608 - as above
OBLIGATIONS = text(
    """
    SELECT o.spend_by_counts, o.refund_with_interest, o.recipients,
           o.id AS obligation_id, o.agreement_id, o.reference, o.purpose, o.amount_pence, o.spend_by_months,
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
VARIATIONS = text(
    """
    SELECT id AS variation_id, deed_version, deed_on, document_url, summary
    FROM variation WHERE agreement_id = :id ORDER BY deed_version
    """
)
PAYEES = text(
    """
    SELECT id AS payee_id, name, reference, removed_at, erased_at
    FROM payee WHERE agreement_id = :id ORDER BY removed_at NULLS FIRST, name, id
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
    spend_by_counts: str | None
    refund_with_interest: bool | None
    recipients: list[str]
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
    """An agreement with its obligations; the sequence is that of its newest fact.

    `deed_on` and `document_url` are the first deed's; `deed_version` above 1 tells that it was varied, the
    last time on `varied_on`. The state is recorded, secured, part_received or received_in_full.
    """

    agreement_id: UUID
    organisation: str
    reference: str
    name: str
    planning_application: str
    kind: str | None
    deed_on: date | None
    document_url: str | None
    site_address: str | None
    ward: str | None
    ward_name: str | None
    ward_edition: str | None
    developer: str | None
    developer_is_organisation: bool
    deed_version: int
    varied_on: date | None
    state: str
    sequence: int
    obligations: list[ObligationLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class VariationLine:
    """A deed of variation, and the version of the agreement that it made."""

    variation_id: UUID
    deed_version: int
    deed_on: date
    document_url: str | None
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayeeLine:
    """Who is refunded what is not spent; name and reference are None once erased."""

    payee_id: UUID
    name: str | None
    reference: str | None
    removed_at: datetime | None
    erased_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementDetail(AgreementView):
    """An agreement with its obligations, its deeds of variation in their order, and its payees."""

    variations: list[VariationLine]
    payees: list[PayeeLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementPage:
    """Some agreements in the order of their references, and the cursor for the next page, if any."""

    agreements: list[AgreementView]
    next_cursor: UUID | None


async def agreements_of(session: AsyncSession, rows: Sequence[Any]) -> list[AgreementView]:
    """Rows of agreements with their obligations."""
    obligations = await _obligations(session, [row.id for row in rows])
    return [AgreementView(**_fields(row), obligations=obligations[row.id]) for row in rows]


async def show_agreement(session: AsyncSession, agreement_id: UUID) -> AgreementDetail:
    """One agreement with all that belongs to it, or NotFound."""
    row = (await session.execute(ONE, {"id": agreement_id})).one_or_none()
    if row is None:
        raise not_found()
    obligations = await _obligations(session, [agreement_id])
    variations = (await session.execute(VARIATIONS, {"id": agreement_id})).mappings()
    payees = (await session.execute(PAYEES, {"id": agreement_id})).mappings()
    return AgreementDetail(
        **_fields(row),
        obligations=obligations[agreement_id],
        variations=[VariationLine(**each) for each in variations],
        payees=[PayeeLine(**each) for each in payees],
    )


def not_found() -> NotFound:
    """What is said of an agreement that is not there."""
    return NotFound("agreement.not_found", "There is no such agreement. Look for it by its reference.")


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
        spend_by_counts=row.spend_by_counts,
        refund_with_interest=row.refund_with_interest,
        recipients=row.recipients,
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


def _fields(row: Any) -> dict[str, Any]:
    fields = row._asdict()
    agreement_id, sequence = fields.pop("id"), fields.pop("version")
    return {**fields, "agreement_id": agreement_id, "sequence": sequence}
