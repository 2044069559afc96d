"""An auditor's sample with all that stands behind each entry, by one query for each kind of thing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.samples.drawing import Candidate, Drawn, SampleOrder, draw
from services.contributions.queries.samples.models import (
    Entry,
    Sample,
    SampleClaim,
    SampleDemand,
    SampledEntry,
    SampleEvent,
    SampleGrant,
    SamplePot,
    SampleShare,
)

POPULATION = text(
    """
    SELECT e.position, e.amount_pence FROM ledger_entry e JOIN pot p ON p.id = e.pot_id
    WHERE p.organisation = :organisation AND e.booked_on BETWEEN :first_on AND :last_on
      AND e.amount_pence > 0
    """
)
ENTRY = """
    SELECT e.position, e.movement_id, e.kind, e.pot_id, e.account, e.amount_pence, e.party, e.application_id,
           e.happened_on, e.booked_on, e.recorded_at, e.cause, e.cause_id, e.actor
    FROM ledger_entry e
"""
ENTRIES = text(ENTRY + " WHERE e.position = ANY(CAST(:ids AS bigint[])) ORDER BY e.position")
OF_POTS = text(ENTRY + " WHERE e.pot_id = ANY(CAST(:ids AS uuid[])) ORDER BY e.pot_id, e.position")
POTS = text(
    """
    SELECT p.id AS pot_id, p.opened_by, p.received_on, p.spend_by_on, p.received_pence, p.available_pence,
           p.paid_pence, p.returned_pence, o.reference, o.purpose, o.amount_pence, o.trigger,
           o.trigger_met_on, a.reference AS agreement, a.name, a.kind, a.deed_on, a.planning_application,
           a.document_url
    FROM pot p JOIN obligation o ON o.id = p.obligation_id JOIN agreement a ON a.id = o.agreement_id
    WHERE p.id = ANY(CAST(:ids AS uuid[]))
    """
)
DEMANDS = text(
    """
    SELECT p.id AS pot_id, d.reference, d.issued_on, d.due_on, d.demanded_pence, d.state, d.issued_by
    FROM demand d JOIN pot p ON p.obligation_id = d.obligation_id
    WHERE p.id = ANY(CAST(:ids AS uuid[])) ORDER BY d.issued_on, d.reference
    """
)
GRANTS = text(
    """
    SELECT g.application_id, g.reference, g.grantee, g.accepted_on, w.id AS award_id, w.state, w.decided_on,
           w.requested_pence
    FROM grant_funding g LEFT JOIN award w ON w.id = g.award_id
    WHERE g.application_id = ANY(CAST(:ids AS uuid[]))
    """
)
SHARES = text(
    """
    SELECT w.application_id, s.pot_id, s.amount_pence, s.released_pence
    FROM award w JOIN award_share s ON s.award_id = w.id
    WHERE w.application_id = ANY(CAST(:ids AS uuid[])) ORDER BY s.award_id, s.number
    """
)
CLAIMS = text(
    """
    SELECT c.application_id, c.id AS claim_id, c.milestone, c.amount_pence, c.verified_on, c.state,
           p.id AS payment_id, p.state AS payment_state, p.requested_by, p.requested_on, p.approved_by,
           p.approved_on, p.voucher, p.paid_on
    FROM claim c LEFT JOIN payment p ON p.claim_id = c.id
    WHERE c.application_id = ANY(CAST(:ids AS uuid[])) ORDER BY c.verified_on, c.id, p.requested_on
    """
)
EVENTS = text(
    """
    SELECT event_id, type, key, occurred_at, actor, correlation_id, causation_id FROM event_log
    WHERE correlation_id = ANY(CAST(:ids AS uuid[])) OR causation_id = ANY(CAST(:ids AS uuid[]))
    ORDER BY position
    """
)


async def draw_sample(session: AsyncSession, order: SampleOrder) -> Sample:
    """Draw the entries that move money into an account, and read all that stands behind them."""
    days = {"organisation": order.organisation, "first_on": order.first_on, "last_on": order.last_on}
    population = [Candidate(*row) for row in await session.execute(POPULATION, days)]
    drawn = draw(order, population)
    entries = [Entry(**row) for row in await _rows(session, ENTRIES, [each.position for each in drawn])]
    grants = sorted({each.application_id for each in entries if each.application_id})
    return Sample(
        organisation=order.organisation,
        first_on=order.first_on,
        last_on=order.last_on,
        count=order.count,
        method=order.method,
        seed=order.seed,
        population_entries=len(population),
        population_pence=sum(each.amount_pence for each in population),
        sampled_pence=sum(each.amount_pence for each in entries),
        entries=await _with_events(session, drawn, entries),
        pots=await _pots(session, sorted({each.pot_id for each in entries})),
        grants=await _grants(session, grants),
    )


async def _with_events(
    session: AsyncSession, drawn: Sequence[Drawn], entries: Sequence[Entry]
) -> list[SampledEntry]:
    causes = sorted({each.cause_id for each in entries})
    events: defaultdict[UUID, list[SampleEvent]] = defaultdict(list)
    for row in await _rows(session, EVENTS, causes):
        event = SampleEvent(**row)
        for cause_id in {event.correlation_id, event.causation_id} & set(causes):
            if cause_id is not None:
                events[cause_id].append(event)
    times = {each.position: each.times for each in drawn}
    return [
        SampledEntry(times=times[each.position], entry=each, events=events[each.cause_id]) for each in entries
    ]


async def _pots(session: AsyncSession, ids: Sequence[UUID]) -> list[SamplePot]:
    entries: defaultdict[UUID, list[Entry]] = defaultdict(list)
    for row in await _rows(session, OF_POTS, ids):
        entries[row["pot_id"]].append(Entry(**row))
    demands = _grouped(await _rows(session, DEMANDS, ids), "pot_id")
    return [
        SamplePot(
            **row,
            demands=[SampleDemand(**demand) for demand in demands[row["pot_id"]]],
            entries=entries[row["pot_id"]],
        )
        for row in await _rows(session, POTS, ids)
    ]


async def _grants(session: AsyncSession, ids: Sequence[UUID]) -> list[SampleGrant]:
    shares = _grouped(await _rows(session, SHARES, ids))
    claims = _grouped(await _rows(session, CLAIMS, ids))
    return [
        SampleGrant(
            **row,
            shares=[SampleShare(**share) for share in shares[row["application_id"]]],
            claims=[SampleClaim(**claim) for claim in claims[row["application_id"]]],
        )
        for row in await _rows(session, GRANTS, ids)
    ]


async def _rows(
    session: AsyncSession, statement: TextClause, ids: Sequence[Any]
) -> Sequence[Mapping[str, Any]]:
    if not ids:
        return []
    return [dict(row) for row in (await session.execute(statement, {"ids": list(ids)})).mappings()]


def _grouped(
    rows: Iterable[Mapping[str, Any]], owner: str = "application_id"
) -> defaultdict[UUID, list[dict[str, Any]]]:
    """The rows by what they belong to, without its id."""
    grouped: defaultdict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        content = dict(row)
        grouped[content.pop(owner)].append(content)
    return grouped
