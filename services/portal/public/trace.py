"""The trace: from a pot to the kilograms, and from a project back to the clause of the deed."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.portal.projections.freshness import as_of
from services.portal.public import reading
from services.portal.public.attribution import EXPLAINED, attribute
from services.portal.public.models import (
    AttributedSaving,
    Boundary,
    Grant,
    Measure,
    Payment,
    PotGrant,
    PotTrace,
    ProjectTrace,
    Saving,
    Share,
    Source,
    VerifiedTotal,
    made,
)
from services.portal.public.rows import rows
from shared.errors import NotFound

BOUNDARY = """
    SELECT boundary_complete AS complete, boundary_reason AS reason, coalesce(boundary_fuels, '{}') AS fuels
    FROM application WHERE application_id = $1 AND boundary_complete IS NOT NULL
"""


async def trace_pot(session: AsyncSession, pot_id: UUID) -> PotTrace:
    """Where one pot's money went and what it helped to save."""
    pot = (await reading.pots(session, [pot_id])).get(pot_id)
    if pot is None:
        message = "There is no such pot. It may have been received a moment ago: look again in a minute."
        raise NotFound("pot.not_found", message)
    granted = await _granted(session, pot_id)
    agreements = await reading.agreements(session, [pot.agreement_id])
    obligation = (await reading.obligations(session, [pot.obligation_id])).get(pot.obligation_id)
    return PotTrace(
        as_of=await as_of(session),
        pot=pot,
        agreement=agreements.get(pot.agreement_id),
        obligation=obligation,
        calculation=await reading.calculation(session, obligation.calculation_id if obligation else None),
        acts=await reading.acts_of_pot(session, pot_id),
        grants=granted,
        attributed_promise_kg_co2e=sum((one.attributed_promise_kg_co2e for one in granted), Decimal(0)),
        attributed_verified=_totals(granted),
        attribution=EXPLAINED,
    )


async def trace_project(session: AsyncSession, application_id: UUID) -> ProjectTrace:
    """One project back to the clauses that secured its money, and on to what it saved."""
    ids = [application_id]
    grant = (await reading.grants(session, ids)).get(application_id)
    if grant is None:
        raise NotFound(
            "grant.not_found", "There is no such grant in the register. Only awards are published."
        )
    savings = (await reading.savings(session, ids)).get(application_id, [])
    return ProjectTrace(
        as_of=await as_of(session),
        grant=grant,
        sources=await _sources(session, grant, savings),
        claims=(await reading.claims(session, ids)).get(application_id, []),
        measures=(await reading.measures(session, ids)).get(application_id, []),
        boundary=await _boundary(session, application_id),
        savings=savings,
        attribution=EXPLAINED,
    )


async def _granted(session: AsyncSession, pot_id: UUID) -> list[PotGrant]:
    ids = await reading.grants_of_pot(session, pot_id)
    grants = await reading.grants(session, ids)
    shares, payments = await reading.shares(session, ids), await reading.payments(session, ids)
    measures, savings = await reading.measures(session, ids), await reading.savings(session, ids)
    return [
        _pot_grant(pot_id, grant, shares[id], payments.get(id, []), measures.get(id, []), savings.get(id, []))
        for id, grant in grants.items()  # noqa: A001 - of the grant
    ]


def _pot_grant(
    pot_id: UUID,
    grant: Grant,
    shares: Sequence[Share],
    payments: Sequence[Payment],
    measures: list[Measure],
    savings: Sequence[Saving],
) -> PotGrant:
    return PotGrant(
        grant=grant,
        share=next(share for share in shares if share.pot_id == pot_id),
        payments=[payment for payment in payments if payment.pot_id == pot_id],
        measures=measures,
        attributed_promise_kg_co2e=_part(grant.promise_kg_co2e, shares, pot_id),
        savings=_attributed(savings, shares, pot_id),
    )


async def _sources(session: AsyncSession, grant: Grant, savings: Sequence[Saving]) -> list[Source]:
    shares = (await reading.shares(session, [grant.application_id])).get(grant.application_id, [])
    payments = (await reading.payments(session, [grant.application_id])).get(grant.application_id, [])
    pots = await reading.pots(session, [share.pot_id for share in shares])
    agreements = await reading.agreements(session, [pot.agreement_id for pot in pots.values()])
    obligations = await reading.obligations(session, [pot.obligation_id for pot in pots.values()])
    return [
        Source(
            share=share,
            pot=(pot := pots.get(share.pot_id)),
            agreement=agreements.get(pot.agreement_id) if pot else None,
            obligation=obligations.get(pot.obligation_id) if pot else None,
            payments=[payment for payment in payments if payment.pot_id == share.pot_id],
            attributed_promise_kg_co2e=_part(grant.promise_kg_co2e, shares, share.pot_id),
            savings=_attributed(savings, shares, share.pot_id),
        )
        for share in shares
    ]


async def _boundary(session: AsyncSession, application_id: UUID) -> Boundary | None:
    found = await rows(session, BOUNDARY, application_id)
    return made(Boundary, found[0]) if found else None


def _part(whole_kg_co2e: Decimal | None, shares: Iterable[Share], pot_id: UUID) -> Decimal:
    pence = {share.pot_id: share.granted_pence for share in shares}
    return attribute(whole_kg_co2e or Decimal(0), pence).get(pot_id, Decimal(0))


def _attributed(savings: Iterable[Saving], shares: Sequence[Share], pot_id: UUID) -> list[AttributedSaving]:
    return [
        AttributedSaving(saving=saving, attributed_kg_co2e=_part(saving.saved_kg_co2e, shares, pot_id))
        for saving in savings
    ]


def _totals(granted: Sequence[PotGrant]) -> list[VerifiedTotal]:
    """The attributed kilograms, one total for each basis: bases are never added to one another."""
    attributed = [one for grant in granted for one in grant.savings]
    return [
        VerifiedTotal(
            basis=basis,
            projects=len({one.saving.application_id for one in of_basis}),
            saved_kg_co2e=sum((one.attributed_kg_co2e for one in of_basis), Decimal(0)),
            distinguishable_kg_co2e=sum(
                (one.attributed_kg_co2e for one in of_basis if one.saving.distinguishable), Decimal(0)
            ),
        )
        for basis in sorted({one.saving.basis for one in attributed})
        if (of_basis := [one for one in attributed if one.saving.basis == basis])
    ]
