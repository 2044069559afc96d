"""An officer records what the deed says of an obligation's payment."""

from dataclasses import dataclass, replace
from uuid import UUID

from services.contributions.domain.demands.terms import PaymentTerms, check_terms
from services.contributions.repository.agreements import Agreements
from services.contributions.repository.index_series import AllIndexSeries
from services.contributions.repository.payment_terms import AllPaymentTerms
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPaymentTerms:
    """The obligation's sum grows, falls due and bears late interest as these terms say, from now on."""

    agreement_id: UUID
    obligation_id: UUID
    terms: PaymentTerms


async def record_payment_terms(command: RecordPaymentTerms, uow: UnitOfWork) -> Recorded:
    """Refuses by field what no deed says; a demand that is out keeps the terms it was made on."""
    agreement = await Agreements(uow).get(command.agreement_id)
    obligation = agreement.obligation(command.obligation_id)
    check_terms(command.terms)
    if command.terms.indexation.series_id is not None:
        await AllIndexSeries(uow.session).get(command.terms.indexation.series_id)
    all_terms = AllPaymentTerms(uow.session)
    before = await all_terms.get(obligation.id)
    terms = replace(command.terms, number=before.number + 1)
    await all_terms.add(obligation.id, terms, uow)
    return Recorded(obligation.id, agreement.version)
