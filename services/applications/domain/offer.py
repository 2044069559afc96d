"""How an application becomes a grant: offer, answer and claims, each with the fact that is published."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from services.applications.domain.application import Application
from services.applications.domain.grant import Claim, Grant
from shared.errors import Conflict
from shared.events.applications import ClaimSubmitted, OfferAccepted, OfferDeclined, OfferMade


def make_offer(application: Application, offer: OfferMade) -> tuple[Application, OfferMade]:
    """The application once its money is reserved; a second offer for another award is refused."""
    if application.submission is None:
        message = f"{application.reference} was never submitted: no grant can be offered for it."
        raise Conflict("application.not_submitted", message)
    if application.grant is not None:
        raise Conflict("offer.made", f"{application.reference} has been offered a grant already.")
    grant = Grant(award_id=offer.award_id, amount_pence=offer.amount_pence, decided_on=offer.decided_on)
    return replace(application, grant=grant, sequence=application.sequence + 1), offer


def accept_offer(
    application: Application, *, accepted_on: date, today: date
) -> tuple[Application, OfferAccepted]:
    """The application with its grant accepted; what was submitted is frozen as the promise to be measured."""
    grant = _grant(application).accept(accepted_on=accepted_on, today=today)
    sent = application.submission
    assert sent is not None, "only what was submitted is offered a grant"
    event = OfferAccepted(
        application_id=application.id,
        award_id=grant.award_id,
        reference=application.reference,
        amount_pence=grant.amount_pence,
        accepted_on=accepted_on,
        organisation_id=application.organisation.id,
        organisation_name=sent.organisation_name,
        people=application.organisation.people,
        building=sent.building,
        measures=sent.measures,
        energy=sent.energy,
        promised_kwh=sent.promised_kwh,
        promised_kg_co2e=sent.promised_kg_co2e,
        factor_edition=sent.factor_edition,
    )
    return replace(application, grant=grant, sequence=application.sequence + 1), event


def decline_offer(
    application: Application, *, declined_on: date, today: date
) -> tuple[Application, OfferDeclined]:
    """The application with its grant turned down: the money goes back to its pots."""
    grant = _grant(application).decline(declined_on=declined_on, today=today)
    event = OfferDeclined(application_id=application.id, award_id=grant.award_id, declined_on=declined_on)
    return replace(application, grant=grant, sequence=application.sequence + 1), event


def claim_grant(
    application: Application,
    claim: Claim,
    *,
    claimant_id: UUID,
    known_evidence: frozenset[UUID],
    today: date,
) -> tuple[Application, ClaimSubmitted]:
    """The application with part of its grant claimed."""
    grant = _grant(application).claim(claim, known_evidence=known_evidence, today=today)
    event = ClaimSubmitted(
        application_id=application.id,
        claim_id=claim.id,
        claimant_id=claimant_id,
        milestone=claim.milestone,
        amount_pence=claim.amount_pence,
        claimed_on=claim.claimed_on,
        evidence_count=len(claim.evidence_ids),
    )
    return replace(application, grant=grant, sequence=application.sequence + 1), event


def _grant(application: Application) -> Grant:
    if application.grant is None:
        message = "The fund has not offered a grant for this application. Look at its status."
        raise Conflict("offer.none", message)
    return application.grant
