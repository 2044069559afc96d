"""Closed months and financial years, with the trial balance each one ended with."""

from sqlalchemy import text

from services.contributions.domain.periods.period import Closed, Period
from shared.errors import NotFound
from shared.messaging import UnitOfWork

KNOWN = text("SELECT 1 FROM pot WHERE organisation = :organisation LIMIT 1")
CLOSED = text(
    """
    SELECT max(last_on) FILTER (WHERE kind = 'month') AS month_on,
           max(last_on) FILTER (WHERE kind = 'year') AS year_on
    FROM closed_period WHERE organisation = :organisation
    """
)
CLOSE = text(
    """
    WITH seen AS (
        SELECT e.account, sum(e.amount_pence) AS total_pence, max(e.position) AS position
        FROM ledger_entry e JOIN pot p ON p.id = e.pot_id
        WHERE p.organisation = :organisation AND e.booked_on <= :last_on GROUP BY e.account
    ), closed AS (
        INSERT INTO closed_period (organisation, kind, first_on, last_on, last_position, closed_by, closed_at)
        SELECT :organisation, :kind, :first_on, :last_on, coalesce(max(e.position), 0), :by, :at
        FROM ledger_entry e JOIN pot p ON p.id = e.pot_id WHERE p.organisation = :organisation
    )
    INSERT INTO closed_balance (organisation, kind, first_on, account, total_pence)
    SELECT :organisation, :kind, :first_on, account, total_pence FROM seen RETURNING 1
    """
)


class Periods:
    """The closed periods in one transaction that has locked its organisation's books."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow, self._session = uow, uow.session

    async def closed(self, organisation: str) -> Closed:
        """How far the books are closed; NotFound where the organisation has none."""
        of_it = {"organisation": organisation}
        if (await self._session.execute(KNOWN, of_it)).first() is None:
            message = "No money was received for this organisation. Choose one that has pots."
            raise NotFound("organisation.no_books", message)
        row = (await self._session.execute(CLOSED, of_it)).one()
        return Closed(month_on=row.month_on, year_on=row.year_on)

    async def close(self, organisation: str, period: Period) -> int:
        """Close the period with the sums of all accounts at its end; answers how many accounts there are."""
        values = {
            "organisation": organisation,
            "kind": period.kind.value,
            "first_on": period.first_on,
            "last_on": period.last_on,
            "by": self._uow.actor,
            "at": self._uow.now,
        }
        return len((await self._session.execute(CLOSE, values)).all())
