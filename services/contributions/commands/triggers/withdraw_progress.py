"""An officer withdraws a report of a site that was wrong."""

from dataclasses import dataclass
from uuid import UUID

from services.contributions.domain.triggers import facts
from services.contributions.repository.agreements import Agreements
from services.contributions.repository.site import Site
from shared.checks import refuse_all, text_refusal
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawProgress:
    """The report was wrong: it proposes no trigger any more, and both stay in the history."""

    agreement_id: UUID
    progress_id: UUID
    reason: str


async def withdraw_progress(command: WithdrawProgress, uow: UnitOfWork) -> Recorded:
    """Refuses a blank reason, and a report that was withdrawn before; triggers already met stay met."""
    reason = command.reason
    refuse_all("reason.invalid", [text_refusal(reason, field="reason", name="why the report was wrong")])
    agreements = Agreements(uow)
    agreement = await agreements.get(command.agreement_id)
    await Site(uow).withdraw(command.progress_id, agreement, reason.strip())
    agreement = await agreements.count_fact(agreement)
    fact = facts.progress_withdrawn(agreement.id, command.progress_id, reason.strip())
    uow.record(fact, sequence=agreement.version)
    return Recorded(command.progress_id, agreement.version)
