"""Promised against measured: the verdict in words, the charts, their tables and files."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.comparing import promised_in
from services.portal.identity.names import name_of
from services.portal.identity.pages_rule import Page
from services.portal.layout import charts
from services.portal.layout.csv_files import csv_response
from services.portal.layout.filters import day
from services.portal.layout.templates import render
from services.portal.team.models import MeterSeries, Project, Saving, Series
from services.portal.team.projects import DONE, Done, TeamPage, read_project
from shared.carbon.factors import EDITIONS

router = APIRouter(include_in_schema=False)


HEADINGS = (
    "First day",
    "Last day",
    "Promised for the period, kWh",
    "Measured, kWh",
    "Total band, plus or minus kWh",
    "Promised for the period, kgCO2e",
    "Measured, kgCO2e",
    "Total band, plus or minus kgCO2e",
    "Distinguishable from no change",
    "Temperatures generated",
    "Factor edition",
    "Verdict",
)


@router.get("/team/projects/{application_id}/measured")
async def show_measured(page: TeamPage, application_id: UUID, done: Done = "") -> Response:
    """Each verified period beside its promise, and the use of each meter beside what was expected."""
    project = await read_project(page, application_id)
    series = await _series(page, project)
    return render(
        page.request,
        "team/measured.html",
        project=project,
        done=DONE.get(done),
        savings_chart=_savings_chart(project.savings),
        use_charts=[_use_chart(meter) for meter in series.meters if _has_use(meter)],
        series=series,
        meter_names={meter.meter_id: meter.name for meter in project.meters},
        verifiers={one.saving_id: name_of(page, one.verifier_id, "a colleague") for one in project.savings},
        sources={edition.name: edition.source for edition in EDITIONS.values()},
        last_day=last_day,
        promised=promised_for,
    )


@router.get("/team/projects/{application_id}/measured.csv")
async def download_measured(page: TeamPage, application_id: UUID) -> Response:
    """The numbers of the first chart as a file."""
    project = await read_project(page, application_id)
    return csv_response(
        f"{project.reference}-promised-and-measured.csv", HEADINGS, [_row(one) for one in project.savings]
    )


@router.get("/team/projects/{application_id}/series.csv")
async def download_series(
    page: TeamPage, application_id: UUID, period_start: date | None = None, period_end: date | None = None
) -> Response:
    """Every day of every meter, as monitoring writes it."""
    file = await page.services.monitoring.download(
        f"/projects/{application_id}/series.csv", period_start=period_start, period_end=period_end
    )
    return Response(file.content, headers=file.headers)


def last_day(saving: Saving) -> date:
    """The last day of a verified period, as people say it."""
    return saving.period_end - timedelta(days=1)


def promised_for(a_year: Decimal, saving: Saving) -> Decimal:
    """The part of a yearly promise that falls on the days of the period."""
    return promised_in(a_year, saving.period_start, saving.period_end)


async def _series(page: Page, project: Project) -> Series:
    """The days of the last verified period, or all that are read where none is verified."""
    last = project.savings[-1] if project.savings else None
    return Series.model_validate(
        await page.services.monitoring.get(
            f"/projects/{project.application_id}/series",
            period_start=str(last.period_start) if last else None,
            period_end=str(last.period_end) if last else None,
        )
    )


def _savings_chart(savings: list[Saving]) -> charts.Chart | None:
    if not savings:
        return None
    bars = [
        charts.PromisedMeasured(
            label=f"{day(one.period_start)} to {day(last_day(one))}",
            promised=promised_for(one.promised_kg_co2e_a_year, one),
            measured=one.saved_kg_co2e,
            band=one.total_band_kg_co2e,
        )
        for one in savings
    ]
    title = "Promised and measured, for each verified period"
    return charts.promised_against_measured(bars, chart_id="savings", title=title, unit="kgCO2e")


def _use_chart(meter: MeterSeries) -> charts.Chart:
    points = [
        charts.Consumption(
            on=one.day, observed_kwh=one.observed_kwh, counterfactual_kwh=one.counterfactual_kwh
        )
        for one in meter.days
    ]
    title = f"{meter.name}: used each day, and expected without the works"
    return charts.consumption(points, chart_id=f"use-{meter.meter_id}", title=title)


def _has_use(meter: MeterSeries) -> bool:
    return any(one.observed_kwh is not None for one in meter.days)


def _row(saving: Saving) -> tuple[date | Decimal | str, ...]:
    return (
        saving.period_start,
        last_day(saving),
        round(promised_for(saving.promised_kwh_a_year, saving), 4),
        saving.avoided_kwh,
        saving.total_band_kwh,
        round(promised_for(saving.promised_kg_co2e_a_year, saving), 4),
        saving.saved_kg_co2e,
        saving.total_band_kg_co2e,
        "yes" if saving.distinguishable else "no",
        "yes" if saving.temperatures_generated else "no",
        saving.factor_edition,
        saving.verdict,
    )
