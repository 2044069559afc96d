"""What a demand of a day would ask for, before anything goes out."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.demands.demand import Letter, demandable
from services.contributions.domain.demands.terms import PaymentTerms
from services.contributions.domain.indexation.indexed import Indexed
from services.contributions.domain.register.agreement import Agreement
from services.contributions.domain.register.obligation import Obligation
from services.contributions.repository.agreements import load_agreement
from services.contributions.repository.demands import Demands
from services.contributions.repository.payment_terms import AllPaymentTerms
from services.contributions.repository.workings import work_out


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandPreview:
    """What a demand of a day would ask for, with its working; the letter is that of the last demand."""

    issued_on: date
    due_on: date
    demanded_pence: int
    provisional: bool
    working: Indexed
    terms: PaymentTerms
    letter: Letter


async def show_terms(session: AsyncSession, agreement_id: UUID, obligation_id: UUID) -> PaymentTerms:
    """The terms that hold for an obligation; the usual ones, numbered 0, where none are recorded."""
    agreement = await load_agreement(session, agreement_id)
    return await AllPaymentTerms(session).get(agreement.obligation(obligation_id).id)


async def preview_demand(
    session: AsyncSession, agreement_id: UUID, obligation_id: UUID, *, issued_on: date, today: date
) -> DemandPreview:
    """Refuses, as issuing does, what is not due, has no sum or lacks the month of an index."""
    agreement = await load_agreement(session, agreement_id)
    obligation = demandable(agreement, obligation_id, issued_on=issued_on, today=today)
    assert obligation.trigger_met_on is not None
    terms = await AllPaymentTerms(session).get(obligation.id)
    working = await work_out(session, agreement, obligation, terms, issued_on=issued_on)
    return DemandPreview(
        issued_on=issued_on,
        due_on=terms.due_on(issued_on=issued_on, trigger_met_on=obligation.trigger_met_on),
        demanded_pence=working.indexed_pence,
        provisional=working.provisional,
        working=working,
        terms=terms,
        letter=await _letter(session, agreement, obligation),
    )


async def _letter(session: AsyncSession, agreement: Agreement, obligation: Obligation) -> Letter:
    """What the organisation's last letter said of the council, addressed to this agreement's developer."""
    letter = await Demands(session).last_letter(obligation.organisation or agreement.organisation)
    return letter if agreement.developer is None else replace(letter, addressee=agreement.developer.name)
