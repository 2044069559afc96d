"""Imports of open data: what is known already, and what one brings, written in few statements."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text

from services.contributions.domain.open_data.known import (
    ImportedPot,
    Known,
    KnownAgreement,
    KnownObligation,
    RowKey,
)
from services.contributions.domain.open_data.notes import Dataset, Note, Outcome
from services.contributions.domain.open_data.owners import Owners
from services.contributions.domain.open_data.plan import AgreementChange, ImportPlan, Settled
from services.contributions.domain.open_data.positions import Position
from services.contributions.domain.open_data.reading import OpenData
from services.contributions.domain.open_data.rows import (
    Reading,
    ReportedAgreement,
    ReportedContribution,
    ReportedTransaction,
)
from services.contributions.repository.agreements import agreement_row, obligation_row
from services.contributions.repository.rows import add_row, copy_rows
from services.contributions.tables import (
    AgreementRow,
    ObligationRow,
    OpenDataImportRow,
    ReportedRowRow,
    ReportedTransactionRow,
)
from shared.errors import Conflict
from shared.messaging import UnitOfWork

AnyReading = Reading[ReportedAgreement] | Reading[ReportedContribution] | Reading[ReportedTransaction]
GRAVITY = {outcome: number for number, outcome in enumerate(Outcome)}

COUNTED = text(
    """
    SELECT dataset, organisation, reference, content, edition FROM counted_row
    WHERE organisation = ANY(CAST(:organisations AS text[]))
    """
)
AGREEMENTS = text(
    """
    SELECT id, organisation, reference, version FROM agreement
    WHERE organisation = ANY(CAST(:organisations AS text[])) ORDER BY id FOR UPDATE
    """
)
OBLIGATIONS = text(
    """
    SELECT o.id, o.agreement_id, o.reference, o.purpose, o.trigger_met_on, a.organisation,
           a.reference AS agreement_reference, r.obligation_id IS NOT NULL AS reported,
           r.secured_pence, r.received_pence, r.allocated_pence, r.transferred_pence, r.spent_pence,
           r.returned_pence, p.pots, p.pots_received_pence, p.imported
    FROM obligation o
    JOIN agreement a ON a.id = o.agreement_id
    LEFT JOIN reported_position r ON r.obligation_id = o.id
    CROSS JOIN LATERAL (
        SELECT count(*) AS pots, coalesce(sum(p.received_pence), 0) AS pots_received_pence,
               json_agg(json_build_object('id', p.id, 'version', p.version,
                   'received_pence', p.received_pence, 'available_pence', p.available_pence,
                   'gone_pence', p.paid_pence + p.returned_pence) ORDER BY p.id)
                   FILTER (WHERE p.opened_by = 'import') AS imported
        FROM pot p WHERE p.obligation_id = o.id) p
    WHERE a.organisation = ANY(CAST(:organisations AS text[]))
    """
)
SECURE = text(
    """
    UPDATE obligation SET trigger_met_on = d.met_on
    FROM unnest(CAST(:ids AS uuid[]), CAST(:days AS date[])) AS d(id, met_on) WHERE obligation.id = d.id
    """
)
SAVE_VERSIONS = text(
    """
    UPDATE agreement SET version = d.version
    FROM unnest(CAST(:ids AS uuid[]), CAST(:versions AS bigint[])) AS d(id, version)
    WHERE agreement.id = d.id
    """
)
SUMS = ("secured", "received", "allocated", "transferred", "spent", "returned")
SETTLE = text(
    """
    INSERT INTO reported_position (obligation_id, organisation, secured_pence, received_pence,
                                   allocated_pence, transferred_pence, spent_pence, returned_pence, exception)
    SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:organisations AS text[]), CAST(:secured AS bigint[]),
                         CAST(:received AS bigint[]), CAST(:allocated AS bigint[]),
                         CAST(:transferred AS bigint[]), CAST(:spent AS bigint[]),
                         CAST(:returned AS bigint[]), CAST(:exceptions AS text[]))
    ON CONFLICT (obligation_id) DO UPDATE SET
        organisation = excluded.organisation, secured_pence = excluded.secured_pence,
        received_pence = excluded.received_pence, allocated_pence = excluded.allocated_pence,
        transferred_pence = excluded.transferred_pence, spent_pence = excluded.spent_pence,
        returned_pence = excluded.returned_pence, exception = excluded.exception
    """
)


class Imports:
    """The imports of open data in one transaction; the caller holds the lock on the register."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow, self._session = uow, uow.session

    async def known(self, data: OpenData) -> Known:
        """What the books hold of the organisations that the files speak of."""
        organisations = {
            "organisations": sorted({reading.row.organisation or "" for reading in data.agreements})
        }
        contents = (await self._session.execute(COUNTED, organisations)).all()
        agreements = (await self._session.execute(AGREEMENTS, organisations)).all()
        obligations = (await self._session.execute(OBLIGATIONS, organisations)).all()
        keys = [(Dataset(row.dataset), row.organisation, row.reference) for row in contents]
        return Known(
            contents={key: json.loads(row.content) for key, row in zip(keys, contents, strict=True)},
            editions={key: row.edition for key, row in zip(keys, contents, strict=True)},
            reported=frozenset(row.organisation for row in contents),
            agreements=_known_agreements(agreements, _by_agreement(obligations)),
        )

    async def add(self, import_id: UUID, plan: ImportPlan, data: OpenData, summary: str) -> None:
        """Keep the import, every row as reported, and what the rows change in the register."""
        row = OpenDataImportRow(
            id=import_id, imported_by=self._uow.actor, imported_at=self._uow.now, summary=summary
        )
        message = "An import with this id was made already. Open its report instead."
        await add_row(self._session, row, Conflict("import.made_before", message, field="import_id"))
        keys = Owners(data).keys()
        readings = zip(plan.report.readings, keys, strict=True)
        rows = [
            _reported(import_id, reading, key, plan.editions.get(key, 0) + 1) for reading, key in readings
        ]
        await copy_rows(self._uow, ReportedRowRow, rows)
        await self._change_register(plan.changes)
        await copy_rows(self._uow, ReportedTransactionRow, _counted(import_id, plan, data, self._uow.today))
        await self._settle(plan.settled)

    async def _change_register(self, changes: Iterable[AgreementChange]) -> None:
        listed = list(changes)
        new = [change.new for change in listed if change.new is not None]
        await copy_rows(self._uow, AgreementRow, [agreement_row(agreement) for agreement in new])
        await copy_rows(
            self._uow,
            ObligationRow,
            [obligation_row(change.agreement_id, each) for change in listed for each in change.obligations],
        )
        secured = [pair for change in listed for pair in change.secured]
        ids, days = [pair[0] for pair in secured], [pair[1] for pair in secured]
        await self._session.execute(SECURE, {"ids": ids, "days": days})

    async def save_versions(self, versions: Mapping[UUID, int]) -> None:
        """Keep how many facts were published about each agreement."""
        columns = {"ids": list(versions), "versions": list(versions.values())}
        await self._session.execute(SAVE_VERSIONS, columns)

    async def _settle(self, settled: Iterable[Settled]) -> None:
        listed = list(settled)
        columns: dict[str, list[Any]] = {
            name: [getattr(each.position, f"{name}_pence") for each in listed] for name in SUMS
        }
        columns["ids"] = [each.obligation_id for each in listed]
        columns["organisations"] = [each.position.organisation for each in listed]
        columns["exceptions"] = [each.exception for each in listed]
        await self._session.execute(SETTLE, columns)


def _known_agreements(
    rows: Iterable[Any], obligations: Mapping[UUID, dict[str, KnownObligation]]
) -> dict[tuple[str, str], KnownAgreement]:
    return {
        (row.organisation, row.reference): KnownAgreement(
            id=row.id, version=row.version, obligations=obligations.get(row.id, {})
        )
        for row in rows
    }


def _by_agreement(rows: Iterable[Any]) -> dict[UUID, dict[str, KnownObligation]]:
    grouped: defaultdict[UUID, dict[str, KnownObligation]] = defaultdict(dict)
    for row in rows:
        grouped[row.agreement_id][row.reference] = KnownObligation(
            id=row.id,
            trigger_met_on=row.trigger_met_on,
            position=_position(row) if row.reported else None,
            pots=row.pots,
            pots_received_pence=int(row.pots_received_pence),
            imported_pots=tuple(ImportedPot(**{**pot, "id": UUID(pot["id"])}) for pot in row.imported or ()),
        )
    return dict(grouped)


def _position(row: Any) -> Position:
    return Position(
        contribution_reference=row.reference,
        agreement_reference=row.agreement_reference,
        organisation=row.organisation,
        purpose=row.purpose,
        **{f"{name}_pence": getattr(row, f"{name}_pence") for name in SUMS},
    )


def _counted(import_id: UUID, plan: ImportPlan, data: OpenData, today: date) -> list[dict[str, Any]]:
    """The transactions that count, as they were understood, each with its obligation."""
    keys = list(Owners(data).keys())[len(data.agreements) + len(data.contributions) :]
    obligations = {each.position.contribution_reference: each.obligation_id for each in plan.settled}
    return [
        {
            "import_id": import_id,
            "number": reading.number,
            "obligation_id": obligations[reading.row.contribution_reference],
            "reference": reading.row.reference,
            "status": reading.row.status,
            "amount_pence": reading.row.amount_pence,
            "units": reading.row.units,
            "notes": dict(reading.row.content).get("notes", ""),
            "entered_on": reading.row.entry_on,
            "started_on": reading.row.start_on,
            "ended_on": reading.row.end_on,
            "counted_on": reading.row.start_on or reading.row.entry_on or today,
            "edition": plan.editions.get(key, 0) + 1,
        }
        for reading, key in zip(plan.report.transactions, keys, strict=True)
        if reading.is_taken
    ]


def notes_as_json(notes: Iterable[Note]) -> str:
    """Remarks as they are stored."""
    told = [{"field": note.field, "reported": note.reported, "message": note.message} for note in notes]
    return json.dumps(told)


def _reported(import_id: UUID, reading: AnyReading, key: RowKey, edition: int) -> dict[str, Any]:
    return {
        "import_id": import_id,
        "dataset": reading.dataset,
        "number": reading.number,
        "organisation": key[1],
        "reference": reading.row.reference,
        "outcome": reading.outcome,
        "gravity": GRAVITY[reading.outcome],
        "counted": reading.is_taken,
        "notes": notes_as_json(reading.notes),
        "content": json.dumps(dict(reading.row.content)),
        "reported": json.dumps(reading.row.reported),
        "edition": edition,
    }
