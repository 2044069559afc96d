"""What the read model keeps of the monitoring service: works seen, boundaries, and verified savings."""

from functools import singledispatch

from services.portal.projections.columns import Columns
from services.portal.projections.projecting import Rows, fact
from services.portal.tables import ApplicationRow, ClaimRow, SavingMeterRow, SavingRow
from shared.events.monitoring import (
    BaselineFrozen,
    BoundaryDeclared,
    MilestoneVerified,
    ProjectStarted,
    SavingsVerified,
    WorksCompleted,
)

EVENTS = (
    ProjectStarted,
    MilestoneVerified,
    WorksCompleted,
    BoundaryDeclared,
    BaselineFrozen,
    SavingsVerified,
)

STARTED = Columns(ApplicationRow, ("started_on",), "started_sequence")
COMPLETED = Columns(ApplicationRow, ("completed_on",), "completed_sequence")
BOUNDARY = Columns(
    ApplicationRow, ("boundary_complete", "boundary_reason", "boundary_fuels"), "boundary_sequence"
)
VERIFIED = Columns(ClaimRow, ("application_id", "verified_pence", "verified_on"), "verified_sequence")
SAVING = Columns(
    SavingRow,
    (
        "application_id",
        "basis",
        "period_start",
        "period_end",
        "avoided_kwh",
        "counterfactual_kwh",
        "model_band_kwh",
        "total_band_kwh",
        "saved_kg_co2e",
        "model_band_kg_co2e",
        "total_band_kg_co2e",
        "confidence_percent",
        "distinguishable",
        "factor_edition",
        "verified_on",
        "temperatures_generated",
    ),
)
SAVING_METER = Columns(
    SavingMeterRow,
    (
        "fuel",
        "counterfactual_kwh",
        "observed_kwh",
        "avoided_kwh",
        "model_band_kwh",
        "total_band_kwh",
        "factor_kg_co2e_per_kwh",
        "saved_kg_co2e",
    ),
)


@singledispatch
def rows(_event: object, _sequence: int) -> Rows:
    """Which columns an event fills; those that the read model does not show fill none."""
    return ()


@rows.register
def _started(event: ProjectStarted, sequence: int) -> Rows:
    yield fact(STARTED, event, sequence)


@rows.register
def _verified(event: MilestoneVerified, sequence: int) -> Rows:
    yield fact(VERIFIED, event, sequence, verified_pence=event.amount_pence)


@rows.register
def _completed(event: WorksCompleted, sequence: int) -> Rows:
    yield fact(COMPLETED, event, sequence)


@rows.register
def _boundary(event: BoundaryDeclared, sequence: int) -> Rows:
    yield fact(
        BOUNDARY,
        event,
        sequence,
        boundary_complete=event.complete,
        boundary_reason=event.reason,
        boundary_fuels=event.fuels,
    )


@rows.register
def _saving(event: SavingsVerified, sequence: int) -> Rows:
    yield fact(SAVING, event, sequence)
    for meter in event.meters:
        yield SAVING_METER, {"saving_id": event.saving_id, **meter.model_dump(), "sequence": sequence}
