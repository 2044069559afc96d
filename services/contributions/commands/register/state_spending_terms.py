"""An officer says what the deed says about spending its money and about what is unspent."""

from dataclasses import dataclass
from uuid import UUID

from services.contributions.domain.register import facts
from services.contributions.domain.register.spending import SpendByCounts, SpendingTerms, terms_refusals
from services.contributions.repository.agreements import Agreements
from services.contributions.repository.books import Books
from services.contributions.repository.pots import Pots
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class StateSpendingTerms:
    """What counts at the spend-by date, whether interest goes back, and who alone may have the money."""

    agreement_id: UUID
    obligation_id: UUID
    spend_by_counts: SpendByCounts
    refund_with_interest: bool
    recipients: tuple[str, ...] = ()


async def state_spending_terms(command: StateSpendingTerms, uow: UnitOfWork) -> Recorded:
    """The obligation's pots are limited so from now on; what is granted already stays."""
    agreements = Agreements(uow)
    agreement = await agreements.get(command.agreement_id)
    terms = SpendingTerms(
        spend_by_counts=command.spend_by_counts,
        refund_with_interest=command.refund_with_interest,
        recipients=frozenset(command.recipients),
    )
    terms_refusals(terms)
    changed = agreement.state_spending(command.obligation_id, terms)
    obligation = changed.obligation(command.obligation_id)
    await Books(uow).lock([obligation.organisation or agreement.organisation])
    await agreements.save_obligation(changed, obligation.id)
    await Pots(uow).limit_recipients(obligation.id, terms.recipients)
    uow.record(facts.spending_terms_stated(agreement.id, obligation.id, terms), sequence=changed.version)
    return Recorded(obligation.id, changed.version)
