"""What other services say, and the command each fact starts here."""

from services.applications.commands.make_offer import MakeOffer, make_offer
from services.applications.commands.note_claim_progress import (
    NotePaid,
    NoteVerified,
    note_paid,
    note_verified,
)
from services.applications.commands.note_decision import NoteAward, NoteDecline, note_award, note_decline
from services.applications.commands.note_interest import NoteInterest, note_interest
from services.applications.commands.note_refused_funds import NoteRefusedFunds, note_refused_funds
from shared.events.assessment import ApplicationDeclined, GrantAwarded, InterestDeclared
from shared.events.contributions import FundsRefused, FundsReserved, PaymentMade
from shared.events.monitoring import MilestoneVerified
from shared.messaging import Handlers, UnitOfWork


def subscribe(handlers: Handlers) -> None:
    """Say which fact starts which command."""
    handlers.on(FundsReserved, offer_on_reservation)
    handlers.on(FundsRefused, note_on_refusal)
    handlers.on(GrantAwarded, note_on_award)
    handlers.on(ApplicationDeclined, note_on_decline)
    handlers.on(InterestDeclared, note_on_declaration)
    handlers.on(MilestoneVerified, note_on_verification)
    handlers.on(PaymentMade, note_on_payment)


async def offer_on_reservation(event: FundsReserved, uow: UnitOfWork) -> None:
    """The money is there: offer the grant."""
    command = MakeOffer(
        application_id=event.application_id,
        award_id=event.award_id,
        amount_pence=event.amount_pence,
        decided_on=event.decided_on,
    )
    await make_offer(command, uow)


async def note_on_refusal(event: FundsRefused, uow: UnitOfWork) -> None:
    """The money is not there: say so."""
    command = NoteRefusedFunds(
        application_id=event.application_id,
        award_id=event.award_id,
        available_pence=event.available_pence,
        shortfall_pence=event.shortfall_pence,
    )
    await note_refused_funds(command, uow)


async def note_on_award(event: GrantAwarded, uow: UnitOfWork) -> None:
    """The fund decided for the application."""
    command = NoteAward(
        application_id=event.application_id,
        award_id=event.award_id,
        amount_pence=event.amount_pence,
        decided_on=event.decided_on,
        reasons=event.reasons,
    )
    await note_award(command, uow)


async def note_on_decline(event: ApplicationDeclined, uow: UnitOfWork) -> None:
    """The fund decided against the application."""
    command = NoteDecline(
        application_id=event.application_id,
        decided_on=event.decided_on,
        reasons=event.reasons,
        way_forward=event.way_forward,
    )
    await note_decline(command, uow)


async def note_on_declaration(event: InterestDeclared, uow: UnitOfWork) -> None:
    """An assessor said whether they have an interest."""
    command = NoteInterest(
        application_id=event.application_id,
        assessor_id=event.assessor_id,
        has_interest=event.has_interest,
    )
    await note_interest(command, uow)


async def note_on_verification(event: MilestoneVerified, uow: UnitOfWork) -> None:
    """The claimed works were seen."""
    await note_verified(NoteVerified(claim_id=event.claim_id, verified_on=event.verified_on), uow)


async def note_on_payment(event: PaymentMade, uow: UnitOfWork) -> None:
    """The claim is paid."""
    await note_paid(NotePaid(claim_id=event.claim_id, paid_on=event.paid_on, voucher=event.voucher), uow)
