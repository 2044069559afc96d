"""Where the record of each organisation lives."""

from sqlalchemy import text

from services.contributions.domain.record_keeping.mode import Mode, RecordKeeping
from services.contributions.repository.rows import add_rows
from services.contributions.tables import RecordKeepingRow
from shared.messaging import UnitOfWork

IN_FORCE = text(
    """
    SELECT organisation, mode, system_of_record, records_begin_on, kept_before_in FROM record_keeping
    WHERE organisation = :organisation ORDER BY position DESC LIMIT 1
    """
)


class RecordKeepings:
    """The decisions in one transaction."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow, self._session = uow, uow.session

    async def of(self, organisation: str) -> RecordKeeping:
        """The decision in force; master where nobody decided anything."""
        row = (await self._session.execute(IN_FORCE, {"organisation": organisation})).one_or_none()
        if row is None:
            return RecordKeeping(organisation=organisation)
        return RecordKeeping(
            organisation=row.organisation,
            mode=Mode(row.mode),
            system_of_record=row.system_of_record,
            records_begin_on=row.records_begin_on,
            kept_before_in=row.kept_before_in,
        )

    async def add(self, keeping: RecordKeeping) -> None:
        """Keep a decision, which is in force from now on."""
        row = {
            "organisation": keeping.organisation,
            "mode": keeping.mode.value,
            "system_of_record": keeping.system_of_record,
            "records_begin_on": keeping.records_begin_on,
            "kept_before_in": keeping.kept_before_in,
            "decided_by": self._uow.actor,
            "decided_at": self._uow.now,
        }
        await add_rows(self._session, RecordKeepingRow, [row])
