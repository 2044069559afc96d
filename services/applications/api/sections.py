"""The sections of a draft over HTTP: each body is the version it was read at, and the section's answers."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from services.applications.api.body import Body
from services.applications.commands.save_section import Saved, SaveSection, save_section
from services.applications.domain.sections import (
    BuildingAnswers,
    CostLine,
    Costs,
    Energy,
    FuelUse,
    MatchFunding,
    MatchFundingLine,
    MeasureAnswers,
    Measures,
    Section,
    Tenure,
    Who,
)
from shared.web import Edge, Role, commands

router = APIRouter(prefix="/applications/{application_id}/sections", tags=["sections"])

Applicant = Annotated[Edge, commands(Role.APPLICANT)]


class SectionBody(Body):
    """The version of the draft that the answers were given on."""

    version: int


class WhoBody(SectionBody):
    """What the organisation is in law, and that the caller may act for it."""

    legal_status: str | None = None
    may_act: bool | None = None


class BuildingBody(SectionBody):
    """The building: a UPRN or a point places it."""

    name: str | None = None
    address: str | None = None
    ward: str | None = None
    use: str | None = None
    uprn: str | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    tenure: Tenure | None = None
    lease_years_left: int | None = None


class MeasuresBody(SectionBody):
    """The works in the order in which they will be done."""

    measures: tuple[MeasureAnswers, ...] = ()


class EnergyBody(SectionBody):
    """Twelve months of each fuel in kWh, or why they are missing."""

    energy: tuple[FuelUse, ...] = ()
    missing_reason: str | None = None


class CostsBody(SectionBody):
    """What the works will cost, in pence."""

    costs: tuple[CostLine, ...] = ()


class MatchFundingBody(SectionBody):
    """Money from elsewhere, and the grant that is asked for, in pence."""

    match_funding: tuple[MatchFundingLine, ...] = ()
    requested_pence: int | None = None


@router.put("/who")
async def put_who(application_id: UUID, body: WhoBody, edge: Applicant) -> Saved:
    """Save who applies."""
    return await _save(application_id, body, Who(legal_status=body.legal_status, may_act=body.may_act), edge)


@router.put("/building")
async def put_building(application_id: UUID, body: BuildingBody, edge: Applicant) -> Saved:
    """Save where the building is and what it is used for."""
    answers = BuildingAnswers(**body.model_dump(exclude={"version"}))
    return await _save(application_id, body, answers, edge)


@router.put("/measures")
async def put_measures(application_id: UUID, body: MeasuresBody, edge: Applicant) -> Saved:
    """Save the works that are planned and what each is expected to save."""
    return await _save(application_id, body, Measures(measures=body.measures), edge)


@router.put("/energy")
async def put_energy(application_id: UUID, body: EnergyBody, edge: Applicant) -> Saved:
    """Save what the building used in a year."""
    answers = Energy(energy=body.energy, missing_reason=body.missing_reason)
    return await _save(application_id, body, answers, edge)


@router.put("/costs")
async def put_costs(application_id: UUID, body: CostsBody, edge: Applicant) -> Saved:
    """Save what the works will cost."""
    return await _save(application_id, body, Costs(costs=body.costs), edge)


@router.put("/match_funding")
async def put_match_funding(application_id: UUID, body: MatchFundingBody, edge: Applicant) -> Saved:
    """Save what others give, and the grant that is asked for."""
    answers = MatchFunding(match_funding=body.match_funding, requested_pence=body.requested_pence)
    return await _save(application_id, body, answers, edge)


async def _save(application_id: UUID, body: SectionBody, section: Section, edge: Edge) -> Saved:
    command = SaveSection(application_id=application_id, version=body.version, section=section)
    return await edge.perform(command, save_section)
