"""What other services' facts make this one do."""

from collections.abc import Sequence

from services.contributions.commands.grants.accept_claim import AcceptClaim, accept_claim
from services.contributions.commands.grants.commit_funds import CommitFunds, commit_funds
from services.contributions.commands.grants.release_funds import ReleaseFunds, release_funds
from services.contributions.commands.grants.reserve_funds import reserve_funds
from services.contributions.commands.register.learn_wards import LearnWards, learn_wards
from services.contributions.domain.grants.answers import AskedAward
from services.contributions.domain.grants.claim import Claim
from services.contributions.domain.pots.drawing import Award
from shared.events.applications import FundOpened, OfferAccepted, OfferDeclined
from shared.events.assessment import GrantAwarded
from shared.events.monitoring import MilestoneVerified
from shared.messaging import Handlers, UnitOfWork, Waiting


def subscribe(handlers: Handlers) -> None:
    """Name the events that the service acts on."""
    handlers.on(FundOpened, learn_from_terms)
    handlers.on_many(GrantAwarded, reserve_on_awards)
    handlers.on(OfferAccepted, commit_on_acceptance)
    handlers.on(OfferDeclined, release_on_decline)
    handlers.on(MilestoneVerified, accept_verified_claim)


async def learn_from_terms(event: FundOpened, uow: UnitOfWork) -> Waiting | None:
    """A fund's terms name wards."""
    await learn_wards(LearnWards(organisation=event.terms.organisation, wards=event.terms.wards), uow)
    return None


async def reserve_on_awards(awards: Sequence[tuple[GrantAwarded, UnitOfWork]]) -> None:
    """Awards ask for their money."""
    await reserve_funds([(_asked(event), uow) for event, uow in awards])


def _asked(event: GrantAwarded) -> AskedAward:
    award = Award(
        application_id=event.application_id,
        amount_pence=event.amount_pence,
        organisation=event.organisation,
        ward=event.ward,
        purposes=frozenset(event.purposes),
        decided_on=event.decided_on,
        recipient=event.organisation_kind,
    )
    return AskedAward(event.award_id, award)


async def commit_on_acceptance(event: OfferAccepted, uow: UnitOfWork) -> Waiting | None:
    """An accepted offer binds the money."""
    command = CommitFunds(
        application_id=event.application_id,
        award_id=event.award_id,
        accepted_on=event.accepted_on,
        reference=event.reference,
        grantee=event.organisation_name,
    )
    return await commit_funds(command, uow)


async def release_on_decline(event: OfferDeclined, uow: UnitOfWork) -> Waiting | None:
    """A declined offer gives the money back."""
    command = ReleaseFunds(
        application_id=event.application_id,
        award_id=event.award_id,
        declined_on=event.declined_on,
        reason="The offer was declined.",
    )
    return await release_funds(command, uow)


async def accept_verified_claim(event: MilestoneVerified, uow: UnitOfWork) -> Waiting | None:
    """Verified works make their claim payable."""
    claim = Claim(
        id=event.claim_id,
        milestone=event.milestone,
        amount_pence=event.amount_pence,
        verified_on=event.verified_on,
    )
    return await accept_claim(AcceptClaim(application_id=event.application_id, claim=claim), uow)
