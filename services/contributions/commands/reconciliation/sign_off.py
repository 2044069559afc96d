"""A month is signed off: one person says that both ledgers agree, another approves it."""

from dataclasses import dataclass
from datetime import date, timedelta

from services.contributions.domain.periods.period import Period, PeriodKind, month_of
from services.contributions.domain.reconciliation.position import refuse_own_approval
from services.contributions.repository.books import Books
from services.contributions.repository.periods import Periods
from services.contributions.repository.reconciliation import Reconciliations
from shared.errors import Conflict, Invalid
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepareReconciliation:
    """Say that a closed month agrees; the balance, in pence, is the one that the finance system shows."""

    organisation: str
    first_on: date
    general_ledger_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveReconciliation:
    """Agree, as a second person, that a prepared month is signed off."""

    organisation: str
    first_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthSigned:
    """The month, and whether it is approved."""

    organisation: str
    first_on: date
    approved: bool


async def prepare_reconciliation(command: PrepareReconciliation, uow: UnitOfWork) -> MonthSigned:
    """Refuses an open month, a balance that the imported lines do not have, and anything unsettled."""
    ledger, month = Reconciliations(uow), _month(command.first_on)
    await _lock(command.organisation, uow)
    closed = await Periods(uow).closed(command.organisation)
    position = await ledger.position(command.organisation, month)
    first_open_on = closed.month_on + timedelta(days=1) if closed.month_on else None
    position.refuse_to_prepare(month, told_pence=command.general_ledger_pence, first_open_on=first_open_on)
    await ledger.prepare(command.organisation, month, position)
    return MonthSigned(organisation=command.organisation, first_on=month.first_on, approved=False)


async def approve_reconciliation(command: ApproveReconciliation, uow: UnitOfWork) -> MonthSigned:
    """Forbidden to the preparer; looks again whether everything is still settled."""
    ledger, month = Reconciliations(uow), _month(command.first_on)
    await _lock(command.organisation, uow)
    signed = await ledger.signed(command.organisation, month)
    if signed is None or signed.approved_by is not None:
        how = "is signed off already" if signed else "is not prepared yet"
        raise Conflict("reconciliation.wrong_state", f"{month.name} {how}. Open it again.")
    refuse_own_approval(signed.prepared_by, uow.actor)
    position = await ledger.position(command.organisation, month)
    position.refuse_to_prepare(
        month, told_pence=signed.general_ledger_pence, first_open_on=month.last_on + timedelta(days=1)
    )
    await ledger.approve(command.organisation, month)
    return MonthSigned(organisation=command.organisation, first_on=month.first_on, approved=True)


async def _lock(organisation: str, uow: UnitOfWork) -> None:
    await Books(uow).lock({organisation})
    await Reconciliations(uow).lock(organisation)


def _month(first_on: date) -> Period:
    if month_of(first_on).first_on != first_on:
        raise Invalid("period.not_whole", "Give the first day of a month.", field="first_on")
    return Period(PeriodKind.MONTH, first_on)
