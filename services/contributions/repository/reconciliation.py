"""Files and lines of the general ledger, what was decided of them, and the months that were signed off."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text

from services.contributions.domain.periods.period import Period
from services.contributions.domain.reconciliation.columns import Columns
from services.contributions.domain.reconciliation.lines import LedgerLine, ReadLine
from services.contributions.domain.reconciliation.position import Position
from services.contributions.repository.positions import POSITION
from services.contributions.repository.rows import add_row, columns_of, insert_of
from services.contributions.tables import GeneralLedgerFileRow, GeneralLedgerLineRow, ReconciliationRow
from shared.errors import Conflict, NotFound
from shared.messaging import UnitOfWork

LOCK = text("SELECT pg_advisory_xact_lock(1062, hashtext(:organisation))")
REMEMBERED = text("SELECT columns FROM general_ledger_columns WHERE organisation = :organisation")
REMEMBER = text(
    """
    INSERT INTO general_ledger_columns (organisation, columns, chosen_by, chosen_at)
    VALUES (:organisation, :columns, :by, :at)
    ON CONFLICT (organisation) DO UPDATE
    SET columns = excluded.columns, chosen_by = excluded.chosen_by, chosen_at = excluded.chosen_at
    """
)
FILE = text("SELECT * FROM general_ledger_file WHERE id = :id FOR UPDATE")
CHOOSE = text("UPDATE general_ledger_file SET columns = :columns WHERE id = :id")
SIGNED_TO = text(
    """
    SELECT max(last_on) FROM reconciliation WHERE organisation = :organisation AND approved_by IS NOT NULL
    """
)
ADD_LINES = text(f"{insert_of(GeneralLedgerLineRow)} ON CONFLICT DO NOTHING RETURNING 1")
DONE = text(
    """
    UPDATE general_ledger_file SET content = NULL, imported_by = :by, imported_at = :at, taken = :taken,
                                   repeated = :repeated, problems = :problems
    WHERE id = :id
    """
)
DECIDE = text(
    """
    WITH decided AS (
        UPDATE general_ledger_line l SET state = :state, movement_id = d.movement_id, reason = :reason,
                                         decided_by = :by, decided_at = :at
        FROM unnest(CAST(:lines AS uuid[]), CAST(:movements AS uuid[])) AS d(line_id, movement_id)
        WHERE l.id = d.line_id AND l.organisation = :organisation AND l.state = ANY(CAST(:before AS text[]))
          AND (d.movement_id IS NULL OR EXISTS (
              SELECT FROM cash_movement m WHERE m.movement_id = d.movement_id
              AND m.organisation = l.organisation AND m.amount_pence = l.amount_pence))
          AND (d.movement_id IS NULL OR NOT EXISTS (
              SELECT FROM general_ledger_line o WHERE o.movement_id = d.movement_id))
        RETURNING l.id, l.movement_id
    )
    INSERT INTO general_ledger_decision (line_id, state, movement_id, reason, decided_by, decided_at)
    SELECT id, :state, movement_id, :reason, :by, :at FROM decided RETURNING line_id
    """
)
SIGNED_LINES = text(
    """
    SELECT count(*) FROM general_ledger_line l JOIN reconciliation r USING (organisation)
    WHERE l.id = ANY(CAST(:lines AS uuid[])) AND r.approved_by IS NOT NULL AND r.last_on >= l.posted_on
    """
)
EXPLAIN = text(
    """
    INSERT INTO explained_movement (movement_id, organisation, reason, explained_by, explained_at)
    SELECT m.movement_id, m.organisation, :reason, :by, :at FROM cash_movement m
    WHERE m.movement_id = ANY(CAST(:movements AS uuid[])) AND m.organisation = :organisation
    ON CONFLICT DO NOTHING RETURNING movement_id
    """
)
SIGNED = text(
    """
    SELECT prepared_by, approved_by, general_ledger_pence FROM reconciliation
    WHERE organisation = :organisation AND first_on = :first_on FOR UPDATE
    """
)
WITHDRAW = text(
    """
    DELETE FROM reconciliation
    WHERE organisation = :organisation AND first_on = :first_on AND approved_by IS NULL
    """
)
APPROVE = text(
    """
    UPDATE reconciliation SET approved_by = :by, approved_at = :at
    WHERE organisation = :organisation AND first_on = :first_on
    """
)


class Reconciliations:
    """The general ledger of organisations in one transaction; whoever changes an organisation's locks it."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow, self._session = uow, uow.session

    @property
    def _who(self) -> dict[str, Any]:
        return {"by": self._uow.actor, "at": self._uow.now}

    async def lock(self, organisation: str) -> None:
        """Let one person at a time work on an organisation's general ledger."""
        await self._session.execute(LOCK, {"organisation": organisation})

    async def remembered(self, organisation: str) -> Columns | None:
        """The columns that the organisation's last file had."""
        row = (await self._session.execute(REMEMBERED, {"organisation": organisation})).first()
        return Columns(**json.loads(row.columns)) if row else None

    async def add_file(self, file_id: UUID, organisation: str, content: bytes, columns: Columns) -> None:
        """Keep a file until it is imported."""
        row = GeneralLedgerFileRow(
            id=file_id,
            organisation=organisation,
            content=content,
            columns=json.dumps(asdict(columns)),
            sent_by=self._uow.actor,
            sent_at=self._uow.now,
            imported_by=None,
            imported_at=None,
            taken=None,
            repeated=None,
            problems=None,
        )
        message = "This file was sent already. Open it in the list."
        await add_row(self._session, row, Conflict("general_ledger.sent_before", message))

    async def file(self, file_id: UUID) -> Any:
        """The row of a file that is not imported yet, locked."""
        row = (await self._session.execute(FILE, {"id": file_id})).one_or_none()
        if row is None:
            raise NotFound("general_ledger.no_file", "There is no such file. Choose one from the list.")
        if row.imported_at is not None:
            message = "This file is imported already. Look at its report."
            raise Conflict("general_ledger.imported_before", message)
        return row

    async def choose(self, file_id: UUID, organisation: str, columns: Columns) -> None:
        """Read the file by these columns, and the organisation's next one too."""
        text_of = json.dumps(asdict(columns))
        await self._session.execute(CHOOSE, {"id": file_id, "columns": text_of})
        remembered = {"organisation": organisation, "columns": text_of, **self._who}
        await self._session.execute(REMEMBER, remembered)

    async def signed_to(self, organisation: str) -> date | None:
        """The last day of the last month that was signed off."""
        found = await self._session.execute(SIGNED_TO, {"organisation": organisation})
        signed_to: date | None = found.scalar_one()
        return signed_to

    async def add_lines(self, file_id: UUID, organisation: str, lines: Sequence[LedgerLine]) -> int:
        """Enter the lines that are new, all by one statement; answers how many were."""
        if not lines:
            return 0
        rows = [_row(file_id, organisation, line) for line in lines]
        found = await self._session.execute(ADD_LINES, columns_of(GeneralLedgerLineRow, rows))
        return len(found.all())

    async def finish(self, file_id: UUID, *, taken: int, repeated: int, refused: Sequence[ReadLine]) -> None:
        """Keep what the file brought, and let go of its content."""
        problems = [
            {"row": each.number, "field": problem.field, "message": problem.message}
            for each in refused
            for problem in each.problems
        ]
        values = {"taken": taken, "repeated": repeated, "problems": json.dumps(problems)}
        await self._session.execute(DONE, {"id": file_id, **values, **self._who})

    async def decide(
        self,
        organisation: str,
        pairs: Sequence[tuple[UUID, UUID | None]],
        *,
        state: str,
        before: Sequence[str],
        reason: str | None = None,
    ) -> int:
        """Give the lines that stand in one of the states before their new one; answers how many took it."""
        lines = [line_id for line_id, _ in pairs]
        if (await self._session.execute(SIGNED_LINES, {"lines": lines})).scalar_one():
            message = "A line's month is signed off, and stays so. Correct it by a line of a later month."
            raise Conflict("general_ledger.signed_off", message)
        values = {
            "organisation": organisation,
            "lines": lines,
            "movements": [movement_id for _, movement_id in pairs],
            "state": state,
            "before": list(before),
            "reason": reason,
        }
        return len((await self._session.execute(DECIDE, {**values, **self._who})).all())

    async def explain_movements(self, organisation: str, movements: Sequence[UUID], reason: str) -> int:
        """Say why movements of the fund are not in the general ledger; answers how many were not yet."""
        values = {"organisation": organisation, "movements": list(movements), "reason": reason}
        return len((await self._session.execute(EXPLAIN, {**values, **self._who})).all())

    async def position(self, organisation: str, month: Period) -> Position:
        """Both ledgers as they stand at the end of a month."""
        of_it = {"organisation": organisation, "last_on": month.last_on}
        row = (await self._session.execute(POSITION, of_it)).mappings().one()
        return Position(**{name: int(pence) for name, pence in row.items()})

    async def signed(self, organisation: str, month: Period) -> Any | None:
        """Who prepared and approved a month, if anybody did."""
        of_it = {"organisation": organisation, "first_on": month.first_on}
        return (await self._session.execute(SIGNED, of_it)).one_or_none()

    async def prepare(self, organisation: str, month: Period, position: Position) -> None:
        """Keep a month as one person says it agrees, in place of what was prepared before."""
        of_it = {"organisation": organisation, "first_on": month.first_on}
        await self._session.execute(WITHDRAW, of_it)
        row = ReconciliationRow(
            organisation=organisation,
            first_on=month.first_on,
            last_on=month.last_on,
            general_ledger_pence=position.general_ledger_pence,
            fund_pence=position.fund_pence,
            explained_pence=position.explained_pence,
            outstanding_pence=position.outstanding_pence,
            prepared_by=self._uow.actor,
            prepared_at=self._uow.now,
            approved_by=None,
            approved_at=None,
        )
        message = f"{month.name} is signed off already."
        await add_row(self._session, row, Conflict("reconciliation.signed_before", message))

    async def approve(self, organisation: str, month: Period) -> None:
        """Sign a month off for good."""
        of_it = {"organisation": organisation, "first_on": month.first_on}
        await self._session.execute(APPROVE, {**of_it, **self._who})


def _row(file_id: UUID, organisation: str, line: LedgerLine) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "organisation": organisation,
        "file_id": file_id,
        **asdict(line),
        "state": "open",
        "movement_id": None,
        "reason": None,
        "decided_by": None,
        "decided_at": None,
    }
