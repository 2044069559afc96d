"""Reports of sites: rows that are only ever added."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.contributions.domain.register.agreement import Agreement
from services.contributions.domain.triggers.progress import SiteProgress
from services.contributions.repository.rows import add_row
from services.contributions.tables import SiteProgressRow, WithdrawnProgressRow
from shared.errors import Conflict, NotFound
from shared.messaging import UnitOfWork


class Site:
    """What is reported of the sites of agreements, in one transaction."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._session = uow.session
        self._by_whom: dict[str, Any] = {"recorded_by": uow.actor, "recorded_at": uow.now}

    async def add(self, progress: SiteProgress) -> None:
        """Keep a report; Conflict where its id is taken."""
        row = SiteProgressRow(
            id=progress.id,
            agreement_id=progress.agreement_id,
            kind=progress.kind,
            happened_on=progress.happened_on,
            occupied_dwellings=progress.occupied_dwellings,
            consented_dwellings=progress.consented_dwellings,
            **self._by_whom,
        )
        taken = Conflict("progress.recorded_before", "This report is recorded already.")
        await add_row(self._session, row, taken)

    async def withdraw(self, progress_id: UUID, agreement: Agreement, reason: str) -> None:
        """Keep that a report was wrong; NotFound where the agreement has no such report."""
        its = select(col(SiteProgressRow.id)).where(
            col(SiteProgressRow.id) == progress_id, col(SiteProgressRow.agreement_id) == agreement.id
        )
        if (await self._session.execute(its)).first() is None:
            message = (
                f"Agreement {agreement.reference} has no such report of its site. Choose one from its page."
            )
            raise NotFound("progress.not_found", message)
        row = WithdrawnProgressRow(progress_id=progress_id, reason=reason, **self._by_whom)
        taken = Conflict("progress.withdrawn_before", "This report was withdrawn before.")
        await add_row(self._session, row, taken)
