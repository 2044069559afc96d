"""A month or a financial year of the books is closed: nothing is booked in it any more."""

from dataclasses import dataclass
from datetime import date

from services.contributions.domain.periods.period import Period, PeriodKind
from services.contributions.repository.books import Books
from services.contributions.repository.periods import Periods
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePeriod:
    """Close the month or financial year of an organisation that begins on a day."""

    organisation: str
    kind: PeriodKind
    first_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodClosed:
    """The closed period, and how many accounts its trial balance has; later entries are booked after it."""

    organisation: str
    kind: PeriodKind
    first_on: date
    last_on: date
    accounts: int


async def close_period(command: ClosePeriod, uow: UnitOfWork) -> PeriodClosed:
    """Keeps the trial balance of the period's end; refuses one not over, closed before, or out of turn.

    Whoever moves money at the same moment is waited for, and waits: an entry is in the balance, or after it.
    """
    periods, period = Periods(uow), Period(command.kind, command.first_on)
    await Books(uow).lock({command.organisation})
    closed = await periods.closed(command.organisation)
    closed.refuse_unless_next(period, today=uow.today)
    accounts = await periods.close(command.organisation, period)
    return PeriodClosed(
        organisation=command.organisation,
        kind=period.kind,
        first_on=period.first_on,
        last_on=period.last_on,
        accounts=accounts,
    )
