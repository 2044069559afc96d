"""What monitoring tells the applicant of their own project: the verified savings beside the promise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from services.portal.applicant.drafts import Draft
from services.portal.applicant.wording import quantity
from services.portal.clients import ServiceAway, ServiceProblem
from services.portal.comparing import promised_in
from services.portal.identity.pages_rule import Page
from services.portal.layout.charts import Chart, PromisedMeasured, promised_against_measured
from services.portal.layout.csv_files import Cell
from services.portal.layout.filters import day

NOT_FOUND = 404
UNIT = "kgCO2e"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredSaving:
    """One verified saving: kWh and kgCO2e over its period, and the half-width of its total band."""

    period_start: date
    period_end: date
    avoided_kwh: Decimal
    saved_kg_co2e: Decimal
    total_band_kg_co2e: Decimal
    confidence_percent: int
    verdict: str
    factor_edition: str
    verified_on: date

    @property
    def last_day(self) -> date:
        """The last day measured; the period ends before `period_end`."""
        return self.period_end - timedelta(days=1)

    def promised_kg_co2e(self, a_year: Decimal | None) -> Decimal:
        """What was promised for as many days: a year's promise whole, another period's in proportion."""
        return promised_in(a_year or Decimal(0), self.period_start, self.period_end)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredProject:
    """The promise (a year) and what was measured; `away` where monitoring does not answer now."""

    building: str
    promised_kwh: Decimal | None
    promised_kg_co2e: Decimal | None
    savings: Sequence[MeasuredSaving]
    away: bool = False


async def measured_savings(page: Page, draft: Draft) -> MeasuredProject:
    """The verified savings; none before there is a project, and none while monitoring is away."""
    promised = await _promise(page, draft)
    try:
        told = await page.services.monitoring.get(f"/projects/{draft.id}/savings")
    except ServiceAway:
        return _project(draft, promised, [], away=True)
    except ServiceProblem as problem:
        if problem.status != NOT_FOUND:
            raise
        return _project(draft, promised, [])
    return _project(draft, promised, [_saving(one) for one in told])


def chart_of(project: MeasuredProject) -> Chart:
    """Promised against measured, a pair of bars for each period."""
    bars = [
        PromisedMeasured(
            label=f"{day(one.period_start)} to {day(one.last_day)}",
            promised=one.promised_kg_co2e(project.promised_kg_co2e),
            measured=one.saved_kg_co2e,
            band=one.total_band_kg_co2e,
        )
        for one in project.savings
    ]
    return promised_against_measured(
        bars, chart_id="own-savings", title="Promised and measured, for each verified period", unit=UNIT
    )


def rows_of(project: MeasuredProject) -> list[tuple[Cell, ...]]:
    """The figures for a file."""
    return [
        (
            one.period_start,
            one.last_day,
            one.promised_kg_co2e(project.promised_kg_co2e),
            one.saved_kg_co2e,
            one.total_band_kg_co2e,
            one.avoided_kwh,
            one.verified_on,
        )
        for one in project.savings
    ]


async def _promise(page: Page, draft: Draft) -> Mapping[str, Any]:
    told = await page.services.applications.get(f"/applications/{draft.id}/saving")
    promise: Mapping[str, Any] = told["saving"] or {}
    return promise


def _project(
    draft: Draft, promise: Mapping[str, Any], savings: Sequence[MeasuredSaving], *, away: bool = False
) -> MeasuredProject:
    return MeasuredProject(
        building=str(draft.answers("building").get("name") or draft.reference),
        promised_kwh=quantity(promise.get("promised_kwh")),
        promised_kg_co2e=quantity(promise.get("promised_kg_co2e")),
        savings=savings,
        away=away,
    )


def _saving(told: Mapping[str, Any]) -> MeasuredSaving:
    return MeasuredSaving(
        period_start=date.fromisoformat(told["period_start"]),
        period_end=date.fromisoformat(told["period_end"]),
        avoided_kwh=Decimal(told["avoided_kwh"]),
        saved_kg_co2e=Decimal(told["saved_kg_co2e"]),
        total_band_kg_co2e=Decimal(told["total_band_kg_co2e"]),
        confidence_percent=int(told["confidence_percent"]),
        verdict=str(told["verdict"]),
        factor_edition=str(told["factor_edition"]),
        verified_on=date.fromisoformat(told["verified_on"]),
    )
