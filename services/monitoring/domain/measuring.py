"""When a saving may be verified: the works done, the boundary whole, every day read, by the right person."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.monitoring.domain.boundary import Boundary, meters_of
from services.monitoring.domain.checks import refuse_day_outside, refuse_period_outside
from services.monitoring.domain.degree_day_model import DailySeries, avoided_energy, observations_of
from services.monitoring.domain.project import FrozenBaseline, Project
from services.monitoring.domain.saving import MeterResult, Saving, Verified, sum_saving
from shared.carbon.factors import edition_for
from shared.errors import Conflict, Forbidden, Invalid, Problem
from shared.wording import in_words

LONGEST_PERIOD_DAYS = 366
"""The bands were found on single years; a longer period would pass their limits unseen."""

DAYS_NAMED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredDays:
    """What one meter used and how warm it was, by local day."""

    kwh: DailySeries
    celsius: DailySeries


def measured_meters(project: Project) -> list[FrozenBaseline]:
    """The baselines of the boundary's meters; refused where the building cannot be measured yet."""
    if project.completed_on is None:
        message = "The works are not completed. Record their completion first."
        raise Conflict("savings.works_not_completed", message)
    boundary = _whole_boundary(project)
    missing = [project.meters[i].name for i in boundary.meter_ids if i not in project.baselines]
    if missing:
        message = f"There is no baseline of {', '.join(missing)}. Freeze it first."
        raise Conflict("savings.baseline_missing", message)
    return [project.baselines[meter_id] for meter_id in boundary.meter_ids]


def refuse_period(project: Project, verified: Verified, *, today: date) -> None:
    """Refuse a period before the works were done, too long, verified before, or not over yet."""
    assert project.completed_on is not None, "measured_meters() was asked before"
    starts_on, ends_before = verified.period_start, verified.period_end
    refuse_period_outside(starts_on, ends_before, last_end=today)
    since = "the day the works were completed"
    refuse_day_outside(
        starts_on, field="period_start", earliest=project.completed_on, since=since, today=today
    )
    if (ends_before - starts_on).days > LONGEST_PERIOD_DAYS:
        message = "The period is longer than a year. Verify each year for itself."
        raise Invalid("savings.period_too_long", message, field="period_end")
    _refuse_overlap(project, starts_on, ends_before)
    since = "when the period ends"
    refuse_day_outside(
        verified.verified_on, field="verified_on", earliest=ends_before, since=since, today=today
    )


def refuse_verifier(project: Project, verifier: UUID, suppliers: Collection[UUID]) -> None:
    """Refuse whoever supplied readings that are used, or acts for the applicant."""
    if verifier in suppliers:
        message = "You supplied readings that this saving uses, so somebody else must verify it."
        raise Forbidden("savings.own_readings", message)
    if verifier in project.people:
        message = "You act for the applicant, so somebody else must verify this saving."
        raise Forbidden("savings.own_project", message)


def measure(
    project: Project,
    verified: Verified,
    days: Mapping[UUID, MeasuredDays],
    *,
    non_routine_share: float,
) -> Saving:
    """The saving of the period, each meter against its frozen baseline; every day must be there."""
    edition = edition_for(verified.period_start, verified.period_end)
    _refuse_missing_days(project, days)
    results = []
    for meter_id, measured in days.items():
        observations = observations_of(measured.kwh, measured.celsius)
        model, meter = project.baselines[meter_id].model, project.meters[meter_id]
        energy = avoided_energy(model, observations, non_routine_share=non_routine_share)
        results.append(MeterResult(meter=meter, energy=energy, factor=edition.kg_co2e_per_kwh(meter.fuel)))
    generated = any(project.baselines[meter_id].temperatures_generated for meter_id in days)
    return sum_saving(results, verified, edition, temperatures_generated=generated)


def _whole_boundary(project: Project) -> Boundary:
    boundary = project.boundary
    if boundary is None or not boundary.complete:
        message = (
            "The building boundary is not declared complete, so nothing can be verified. "
            "Declare that the meters cover every fuel the works touch."
        )
        raise Conflict("savings.boundary_incomplete", message)
    if boundary.meter_ids != meters_of(boundary.fuels, project.meters.values()):
        message = "A meter was added after the boundary was declared. Declare the boundary again."
        raise Conflict("savings.boundary_outdated", message)
    return boundary


def _refuse_overlap(project: Project, starts_on: date, ends_before: date) -> None:
    for start, end in project.verified_periods:
        if starts_on < end and start < ends_before:
            message = (
                f"The saving from {in_words(start)} until {in_words(end)} is verified already. "
                "Choose days that are not in it."
            )
            raise Conflict("savings.overlap", message)


def _refuse_missing_days(project: Project, days: Mapping[UUID, MeasuredDays]) -> None:
    problems = []
    for meter_id, measured in days.items():
        meter, station = project.meters[meter_id], project.baselines[meter_id].station_name
        problems += _missing(measured.kwh, f"{meter.name} has no reading")
        problems += _missing(measured.celsius, f"{station} has no temperature")
    if problems:
        message = "Readings or temperatures of some days are missing. Add them, or choose another period."
        raise Invalid("savings.days_missing", message, problems=tuple(problems))


def _missing(series: DailySeries, what: str) -> list[Problem]:
    missing = series.unknown_days
    if not missing:
        return []
    named = ", ".join(in_words(day) for day in missing[:DAYS_NAMED])
    more = len(missing) - DAYS_NAMED
    return [Problem("period_start", f"{what} of {named}{f' and {more} more days' if more > 0 else ''}.")]
