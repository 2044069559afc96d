"""The register as it is published: what was recorded or reported, and what happened since."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.open_data.codes import FundingStatus
from services.contributions.domain.open_data.values import read_date, read_units
from services.contributions.domain.register.agreement import AgreementKind
from services.contributions.domain.statement.register import (
    PublishedAgreement,
    PublishedContribution,
    PublishedRegister,
    PublishedTransaction,
)

LEARNT = """
    learnt AS (
        SELECT coalesce(CAST(payload AS json) ->> 'obligation_id', key) AS id,
               CAST(min(occurred_at) AT TIME ZONE 'Europe/London' AS date) AS recorded_on,
               CAST(max(occurred_at) FILTER (WHERE type LIKE 'obligation.secured.%')
                    AT TIME ZONE 'Europe/London' AS date) AS secured_on
        FROM event_log WHERE topic = 'contributions.agreement' GROUP BY 1)
"""
"""When each agreement and obligation was recorded, and when we learnt that its trigger was met."""
AGREEMENTS = text(
    f"""
    WITH {LEARNT}
    SELECT a.organisation, a.reference, a.name, a.kind, a.planning_application, a.document_url, a.deed_on,
           l.recorded_on, r.content,
           (SELECT greatest(a.deed_on, min(v.deed_on) - 1) FROM variation v WHERE v.agreement_id = a.id
            HAVING count(*) > 0) AS varied_until
    FROM agreement a LEFT JOIN learnt l ON l.id = CAST(a.id AS text)
    LEFT JOIN counted_row r ON r.dataset = 'developer-agreement'
        AND r.organisation = a.organisation AND r.reference = a.reference
    ORDER BY a.organisation, a.reference, a.id
    """  # noqa: S608 - this module's own words
)
VARIATIONS = text(
    """
    SELECT a.organisation, a.reference, a.name, a.kind, a.planning_application, v.document_url, v.deed_on,
           v.deed_version, v.summary, CAST(l.occurred_at AT TIME ZONE 'Europe/London' AS date) AS recorded_on,
           greatest(v.deed_on, lead(v.deed_on) OVER (PARTITION BY a.id ORDER BY v.deed_version) - 1)
               AS varied_until,
           lead(v.deed_on) OVER (PARTITION BY a.id ORDER BY v.deed_version) IS NULL AS in_force
    FROM variation v JOIN agreement a ON a.id = v.agreement_id
    LEFT JOIN event_log l ON l.topic = 'contributions.agreement' AND l.key = CAST(a.id AS text)
        AND l.sequence = v.sequence
    ORDER BY a.organisation, a.reference, v.deed_version
    """
)
OBLIGATIONS = text(
    f"""
    WITH {LEARNT}
    SELECT o.id, o.reference, o.purpose, o.amount_pence, o.organisation AS owner, a.organisation,
           a.reference AS agreement_reference, a.deed_on, o.trigger_met_on, l.recorded_on, l.secured_on,
           r.content
    FROM obligation o JOIN agreement a ON a.id = o.agreement_id
    LEFT JOIN learnt l ON l.id = CAST(o.id AS text)
    LEFT JOIN counted_row r ON r.dataset = 'developer-agreement-contribution'
        AND r.organisation = a.organisation AND r.reference = o.reference
        AND CAST(r.content AS json) ->> 'developer-agreement' = a.reference
    ORDER BY a.organisation, a.reference, o.reference, o.id
    """  # noqa: S608 - this module's own words
)
REPORTED = text(
    """
    SELECT obligation_id, reference, status, amount_pence, units, notes, entered_on, started_on, ended_on
    FROM counted_transaction ORDER BY counted_on, reference
    """
)
IN_LEDGER = text(
    """
    WITH moved AS (
        SELECT 'received' AS status, pot_id, CAST(NULL AS uuid) AS application_id,
               -sum(amount_pence) AS pence,
               min(position) AS position, min(happened_on) AS started_on, min(recorded_at) AS recorded_at
        FROM ledger_entry e WHERE account = 'received' OR (account = 'opening_balance' AND NOT EXISTS (
            SELECT FROM pot p JOIN reported_transaction t ON t.obligation_id = p.obligation_id
            WHERE p.id = e.pot_id))
        GROUP BY pot_id
        UNION ALL
        SELECT 'allocated', pot_id, application_id,
               sum(amount_pence) FILTER (WHERE (kind IN ('reservation', 'release_of_reservation')
                       AND account = 'reserved')
                   OR (kind = 'release_of_commitment' AND account = 'committed')),
               max(position) FILTER (WHERE kind = 'reservation'),
               max(happened_on) FILTER (WHERE kind = 'reservation'),
               max(recorded_at) FILTER (WHERE kind = 'reservation')
        FROM ledger_entry WHERE kind IN ('reservation', 'release_of_reservation', 'release_of_commitment')
        GROUP BY pot_id, application_id
        UNION ALL
        SELECT CASE account WHEN 'paid' THEN 'spent' ELSE 'returned' END, pot_id, application_id,
               amount_pence, position, happened_on, recorded_at
        FROM ledger_entry WHERE account IN ('paid', 'returned')
    )
    SELECT p.obligation_id, m.status, m.pence, m.position, m.started_on,
           CAST(m.recorded_at AT TIME ZONE 'Europe/London' AS date) AS recorded_on,
           concat_ws(' to ', 'Grant ' || g.reference, g.grantee) AS grant_words
    FROM moved m JOIN pot p ON p.id = m.pot_id
    LEFT JOIN grant_funding g ON g.application_id = m.application_id
    WHERE m.pence <> 0 ORDER BY coalesce(m.started_on, m.recorded_at), m.position
    """
)
"""What moved: receipts less what was reversed, reservations less what was released, payments, returns."""


async def published_register(session: AsyncSession) -> PublishedRegister:
    """Everything recorded or imported, as rows to publish: what was reported, and what came since."""
    agreements = (await session.execute(AGREEMENTS)).all()
    variations = (await session.execute(VARIATIONS)).all()
    obligations = (await session.execute(OBLIGATIONS)).all()
    reported = (await session.execute(REPORTED)).all()
    moved = (await session.execute(IN_LEDGER)).all()
    references = _references(obligations)
    of_obligation = {row.id: row for row in obligations}
    due = {row.obligation_id for row in reported if row.status in {"secured", "received"}}
    secured = [row for row in obligations if row.trigger_met_on and row.id not in due]
    transactions = [
        *(_reported(row, of_obligation[row.obligation_id], references) for row in reported),
        *(_secured(row, references[row.id]) for row in secured),
        *(_moved(row, of_obligation[row.obligation_id], references) for row in moved),
    ]
    return PublishedRegister(
        agreements=(*map(_agreement, agreements), *map(_variation, variations)),
        contributions=tuple(_contribution(row, references[row.id]) for row in obligations),
        transactions=tuple(transactions),
    )


def _references(obligations: Iterable[Any]) -> dict[UUID, str]:
    """Each obligation's reference; where an organisation has it twice, the agreement's stands before it."""
    listed = list(obligations)
    times = Counter((row.organisation, row.reference) for row in listed)
    return {
        row.id: row.reference
        if times[row.organisation, row.reference] == 1
        else f"{row.agreement_reference}/{row.reference}"
        for row in listed
    }


def _reported_cells(row: Any) -> Mapping[str, str]:
    return json.loads(row.content) if row.content else {}


def _day(cells: Mapping[str, str], field: str) -> date | None:
    return read_date(cells.get(field, ""), field, last_day=field == "end-date").value


def _agreement(row: Any) -> PublishedAgreement:
    cells = _reported_cells(row)
    return PublishedAgreement(
        organisation=row.organisation,
        reference=row.reference,
        entered_on=_day(cells, "entry-date") or row.recorded_on,
        started_on=row.deed_on,
        ended_on=_day(cells, "end-date") or row.varied_until,
        notes=cells.get("notes", ""),
        name=row.name,
        kind=AgreementKind(row.kind) if row.kind else None,
        planning_application=row.planning_application,
        document_url=row.document_url,
    )


def _variation(row: Any) -> PublishedAgreement:
    """A deed of variation: a row of its own beside the deed that it ends, which keeps its contributions."""
    return PublishedAgreement(
        organisation=row.organisation,
        reference=f"{row.reference}-variation-{row.deed_version - 1}",
        entered_on=row.recorded_on,
        started_on=row.deed_on,
        ended_on=None if row.in_force else row.varied_until,
        notes=f"Deed of variation of {row.reference}. {row.summary}",
        name=row.name,
        kind=AgreementKind(row.kind) if row.kind else None,
        planning_application=row.planning_application,
        document_url=row.document_url,
    )


def _contribution(row: Any, reference: str) -> PublishedContribution:
    cells = _reported_cells(row)
    return PublishedContribution(
        organisation=row.organisation,
        reference=reference,
        entered_on=_day(cells, "entry-date") or row.recorded_on,
        started_on=_day(cells, "start-date") or row.deed_on,
        ended_on=_day(cells, "end-date"),
        notes=cells.get("notes", ""),
        agreement_reference=row.agreement_reference,
        purpose=row.purpose,
        amount_pence=row.amount_pence,
        units=read_units(cells.get("units", "")).value,
        owner=row.owner,
    )


def _reported(row: Any, obligation: Any, references: Mapping[UUID, str]) -> PublishedTransaction:
    return PublishedTransaction(
        organisation=obligation.organisation,
        reference=row.reference,
        entered_on=row.entered_on,
        started_on=row.started_on,
        ended_on=row.ended_on,
        notes=row.notes,
        contribution_reference=references[obligation.id],
        status=FundingStatus(row.status),
        amount_pence=row.amount_pence,
        units=row.units,
    )


def _secured(obligation: Any, reference: str) -> PublishedTransaction:
    return PublishedTransaction(
        organisation=obligation.organisation,
        reference=f"{reference}-secured",
        entered_on=obligation.secured_on or obligation.recorded_on,
        started_on=obligation.trigger_met_on,
        contribution_reference=reference,
        status=FundingStatus.SECURED,
        amount_pence=obligation.amount_pence,
    )


def _moved(row: Any, obligation: Any, references: Mapping[UUID, str]) -> PublishedTransaction:
    reference = references[obligation.id]
    return PublishedTransaction(
        organisation=obligation.organisation,
        reference=f"{reference}-{row.status}-{row.position}",
        entered_on=row.recorded_on,
        started_on=row.started_on or row.recorded_on,
        notes=row.grant_words,
        contribution_reference=reference,
        status=FundingStatus(row.status),
        amount_pence=int(row.pence),
    )
