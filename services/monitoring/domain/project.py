"""One funded project: the promise it was accepted with, and what has been seen of it since."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from services.monitoring.domain.boundary import Boundary, Declaration, Meter, draw_boundary
from services.monitoring.domain.checks import refuse_day_outside, refuse_period_outside, required_text
from services.monitoring.domain.claim import Claim, Verification
from services.monitoring.domain.degree_day_model import Baseline
from services.monitoring.domain.saving import Saving
from shared.carbon.quantities import Fuel
from shared.errors import Conflict, NotFound
from shared.events.applications import AnnualEnergy, Building, ClaimSubmitted, Measure, OfferAccepted
from shared.events.monitoring import (
    BaselineFrozen,
    BoundaryDeclared,
    MilestoneVerified,
    ProjectStarted,
    SavingsVerified,
    WorksCompleted,
)
from shared.wording import in_words

LONGEST_METER_NAME = 100
_MICRO = Decimal("0.000001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What the accepted application promised (kWh and kgCO2e a year) and used before; it never changes."""

    measures: tuple[Measure, ...]
    energy: tuple[AnnualEnergy, ...]
    promised_kwh: Decimal
    promised_kg_co2e: Decimal
    factor_edition: str

    @property
    def fuels_touched(self) -> frozenset[str]:
        """The fuels that the measures save, or add, as a heat pump adds electricity."""
        fuels = (fuel for measure in self.measures for fuel in (measure.fuel, measure.added_fuel))
        return frozenset(fuel for fuel in fuels if fuel is not None)

    def kwh_a_year(self, fuel: Fuel) -> Decimal | None:
        """The use of the fuel before the works, as the application states it; None where it does not."""
        stated = [energy for energy in self.energy if energy.fuel == fuel]
        days = sum((energy.period_end - energy.period_start).days for energy in stated)
        return sum((energy.kwh for energy in stated), Decimal(0)) * 365 / days if days else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenBaseline:
    """The model of one meter before the works, and the weather station it was fitted with."""

    meter_id: UUID
    station_id: UUID
    station_name: str
    temperatures_generated: bool
    model: Baseline


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """The state of one project; `version` is the sequence of its last event."""

    application_id: UUID
    version: int
    reference: str
    organisation_id: UUID
    organisation_name: str
    people: tuple[UUID, ...]
    building: Building
    amount_pence: int
    accepted_on: date
    promise: Promise
    completed_on: date | None = None
    claims: Mapping[UUID, Claim] = field(default_factory=dict)
    meters: Mapping[UUID, Meter] = field(default_factory=dict)
    boundary: Boundary | None = None
    baselines: Mapping[UUID, FrozenBaseline] = field(default_factory=dict)
    verified_periods: tuple[tuple[date, date], ...] = ()

    def receive_claim(self, submitted: ClaimSubmitted) -> "Project":
        """A claim has come, to be verified."""
        claim = Claim(
            claim_id=submitted.claim_id,
            claimant_id=submitted.claimant_id,
            milestone=submitted.milestone,
            amount_pence=submitted.amount_pence,
            claimed_on=submitted.claimed_on,
            evidence_count=submitted.evidence_count,
        )
        return replace(self, claims={**self.claims, claim.claim_id: claim})

    def verify_claim(
        self, claim_id: UUID, found: Verification, *, today: date
    ) -> tuple["Project", MilestoneVerified]:
        """Somebody other than the claimant saw that the claimed works are done."""
        if claim_id not in self.claims:
            raise NotFound("claim.unknown", "This project has no such claim. Choose one from its page.")
        claim = self.claims[claim_id].verify(found, people=self.people, today=today)
        event = MilestoneVerified(
            application_id=self.application_id,
            claim_id=claim_id,
            milestone=claim.milestone,
            amount_pence=claim.amount_pence,
            verified_on=found.verified_on,
            verifier_id=found.verifier_id,
        )
        return self._next(claims={**self.claims, claim_id: claim}), event

    def complete_works(self, completed_on: date, *, today: date) -> tuple["Project", WorksCompleted]:
        """The works are done, once; no frozen baseline may reach beyond that day."""
        if self.completed_on is not None:
            message = f"The works were completed on {in_words(self.completed_on)}; that day stands."
            raise Conflict("works.completed_already", message)
        since = "the day the grant was accepted"
        refuse_day_outside(
            completed_on, field="completed_on", earliest=self.accepted_on, since=since, today=today
        )
        ends = max((frozen.model.ends_before for frozen in self.baselines.values()), default=completed_on)
        since = "the end of a frozen baseline"
        refuse_day_outside(completed_on, field="completed_on", earliest=ends, since=since, today=today)
        event = WorksCompleted(application_id=self.application_id, completed_on=completed_on)
        return self._next(completed_on=completed_on), event

    def add_meter(self, meter: Meter) -> tuple["Project", Meter]:
        """One more meter of the building, by a name that no other has."""
        name = required_text(meter.name, field="name", name="the meter's name", longest=LONGEST_METER_NAME)
        if any(other.name.casefold() == name.casefold() for other in self.meters.values()):
            message = "This project has a meter of that name. Give this one another name."
            raise Conflict("meter.name_taken", message)
        named = replace(meter, name=name)
        return replace(self, meters={**self.meters, meter.meter_id: named}), named

    def declare_boundary(
        self, declaration: Declaration, *, today: date
    ) -> tuple["Project", Boundary, BoundaryDeclared]:
        """Say whether the meters cover every fuel the works touch; the latest declaration counts."""
        refuse_day_outside(
            declaration.declared_on,
            field="declared_on",
            earliest=self.accepted_on,
            since="the day the grant was accepted",
            today=today,
        )
        boundary = draw_boundary(declaration, self.meters.values(), self.promise.fuels_touched)
        event = BoundaryDeclared(
            application_id=self.application_id,
            complete=boundary.complete,
            fuels=boundary.fuels,
            reason=boundary.reason,
        )
        return self._next(boundary=boundary), boundary, event

    def refuse_baseline(self, meter_id: UUID, starts_on: date, ends_before: date, *, today: date) -> None:
        """Refuse a baseline of a meter that is not here or has one, or that reaches into the works."""
        if meter_id not in self.meters:
            raise NotFound("meter.unknown", "This project has no such meter. Choose one from its page.")
        if meter_id in self.baselines:
            message = "The baseline of this meter is frozen and stands."
            raise Conflict("baseline.frozen_already", message)
        refuse_period_outside(starts_on, ends_before, last_end=self.completed_on or today)

    def freeze_baseline(self, frozen: FrozenBaseline) -> tuple["Project", BaselineFrozen]:
        """Keep the model of one meter before the works, for good."""
        model, heating = frozen.model, frozen.model.heating
        event = BaselineFrozen(
            application_id=self.application_id,
            meter_id=frozen.meter_id,
            fuel=self.meters[frozen.meter_id].fuel,
            station=frozen.station_name,
            period_start=model.starts_on,
            period_end=model.ends_before,
            balance_point_celsius=_decimal(heating.balance_point_celsius) if heating else None,
            intercept_kwh_per_day=_decimal(model.intercept_kwh_per_day),
            slope_kwh_per_degree_day=_decimal(heating.slope_kwh_per_degree_day if heating else 0.0),
            temperatures_generated=frozen.temperatures_generated,
        )
        return self._next(baselines={**self.baselines, frozen.meter_id: frozen}), event

    def verify_saving(self, saving: Saving) -> tuple["Project", SavingsVerified]:
        """A saving that passed every check becomes a published fact."""
        period = (saving.period_start, saving.period_end)
        event = saving.as_event(self.application_id)
        return self._next(verified_periods=(*self.verified_periods, period)), event

    def _next(self, **changes: object) -> "Project":
        # Each caller names fields of this class; mypy cannot see through the keywords.
        return replace(self, version=self.version + 1, **changes)  # type: ignore[arg-type]


def start_project(accepted: OfferAccepted) -> tuple[Project, ProjectStarted]:
    """Begin to track an accepted grant, with its promise frozen."""
    project = Project(
        application_id=accepted.application_id,
        version=1,
        reference=accepted.reference,
        organisation_id=accepted.organisation_id,
        organisation_name=accepted.organisation_name,
        people=accepted.people,
        building=accepted.building,
        amount_pence=accepted.amount_pence,
        accepted_on=accepted.accepted_on,
        promise=Promise(
            measures=accepted.measures,
            energy=accepted.energy,
            promised_kwh=accepted.promised_kwh,
            promised_kg_co2e=accepted.promised_kg_co2e,
            factor_edition=accepted.factor_edition,
        ),
    )
    event = ProjectStarted(
        application_id=accepted.application_id,
        building_name=accepted.building.name,
        ward=accepted.building.ward,
        promised_kwh=accepted.promised_kwh,
        promised_kg_co2e=accepted.promised_kg_co2e,
        started_on=accepted.accepted_on,
    )
    return project, event


def _decimal(value: float) -> Decimal:
    return Decimal(value).quantize(_MICRO)
