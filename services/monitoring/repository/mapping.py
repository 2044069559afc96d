"""One row from one thing of the domain, and back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.monitoring.domain.boundary import Boundary
from services.monitoring.domain.claim import Claim, Verification
from services.monitoring.domain.project import Project, Promise
from services.monitoring.tables import (
    BoundaryRow,
    ClaimRow,
    ProjectRow,
    PromisedMeasureRow,
    StatedEnergyRow,
)
from shared.carbon.quantities import Fuel
from shared.events.applications import AnnualEnergy, Building, Measure

OWN_COLUMNS = {"application_id", "place"}


def project_of(
    row: ProjectRow,
    *,
    measures: Sequence[PromisedMeasureRow],
    energy: Sequence[StatedEnergyRow],
    **rest: Any,
) -> Project:
    """The project of a row and of what hangs on it."""
    promise = Promise(
        measures=tuple(Measure(**measure.model_dump(exclude=OWN_COLUMNS)) for measure in measures),
        energy=tuple(AnnualEnergy(**stated.model_dump(exclude=OWN_COLUMNS)) for stated in energy),
        promised_kwh=row.promised_kwh,
        promised_kg_co2e=row.promised_kg_co2e,
        factor_edition=row.factor_edition,
    )
    return Project(
        application_id=row.application_id,
        version=row.version,
        reference=row.reference,
        organisation_id=row.organisation_id,
        organisation_name=row.organisation_name,
        people=tuple(row.people),
        building=Building.model_validate(row.building),
        amount_pence=row.amount_pence,
        accepted_on=row.accepted_on,
        promise=promise,
        completed_on=row.completed_on,
        **rest,
    )


def project_row(project: Project) -> ProjectRow:
    """The row of a project, without what hangs on it."""
    return ProjectRow(
        application_id=project.application_id,
        version=project.version,
        reference=project.reference,
        organisation_id=project.organisation_id,
        organisation_name=project.organisation_name,
        people=list(project.people),
        building=project.building.model_dump(mode="json"),
        amount_pence=project.amount_pence,
        accepted_on=project.accepted_on,
        promised_kwh=project.promise.promised_kwh,
        promised_kg_co2e=project.promise.promised_kg_co2e,
        factor_edition=project.promise.factor_edition,
        completed_on=project.completed_on,
    )


def measure_rows(project: Project) -> list[PromisedMeasureRow]:
    """The rows of what was promised, measure by measure."""
    return [
        PromisedMeasureRow(application_id=project.application_id, **dict(measure))
        for measure in project.promise.measures
    ]


def energy_rows(project: Project) -> list[StatedEnergyRow]:
    """The rows of the energy that the application states."""
    return [
        StatedEnergyRow(application_id=project.application_id, place=place, **dict(stated))
        for place, stated in enumerate(project.promise.energy)
    ]


def claim_of(row: ClaimRow) -> Claim:
    """The claim of a row."""
    verification = None
    if row.verifier_id is not None and row.verified_on is not None:
        verification = Verification(
            verifier_id=row.verifier_id, verified_on=row.verified_on, finding=row.finding or ""
        )
    return Claim(
        claim_id=row.claim_id,
        claimant_id=row.claimant_id,
        milestone=row.milestone,
        amount_pence=row.amount_pence,
        claimed_on=row.claimed_on,
        evidence_count=row.evidence_count,
        verification=verification,
    )


def claim_row(application_id: UUID, claim: Claim) -> ClaimRow:
    """The row of a claim."""
    found = claim.verification
    return ClaimRow(
        claim_id=claim.claim_id,
        application_id=application_id,
        claimant_id=claim.claimant_id,
        milestone=claim.milestone,
        amount_pence=claim.amount_pence,
        claimed_on=claim.claimed_on,
        evidence_count=claim.evidence_count,
        verified_on=found.verified_on if found else None,
        verifier_id=found.verifier_id if found else None,
        finding=found.finding if found else None,
    )


def boundary_of(row: BoundaryRow) -> Boundary:
    """The boundary of a declaration's row."""
    return Boundary(
        complete=row.complete,
        reason=row.reason,
        declared_on=row.declared_on,
        fuels=tuple(Fuel(fuel) for fuel in row.fuels),
        meter_ids=tuple(row.meter_ids),
    )
