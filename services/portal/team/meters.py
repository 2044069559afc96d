"""Adding a meter, and freezing the model of its year before the works."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.identity.pages_rule import Page
from services.portal.layout.fields import Choice, Day, Text
from services.portal.layout.forms import Filled, Form
from services.portal.layout.templates import render
from services.portal.sending import attempt, see_other
from services.portal.team.acting import Act, act_on_project, ask
from services.portal.team.models import Station, Stations
from services.portal.team.projects import TeamForm, TeamPage, find_meter, read_project
from services.portal.team.words import covered
from services.portal.words import FUELS

router = APIRouter(include_in_schema=False)

METER = Act(
    Form(
        Text(name="name", label="Name of the meter", longest=100),
        Choice(name="fuel", label="Fuel", ask="what the meter measures", options=FUELS),
    ),
    "team/meter_form.html",
    "meter",
)
GENERATED = " (temperatures generated for the demonstration)"


@router.get("/team/projects/{application_id}/new-meter")
async def ask_for_meter(page: TeamPage, application_id: UUID) -> Response:
    """The form for one more meter."""
    return await ask(page, METER, application_id, METER.questions.blank(), fuels=FUELS)


@router.post("/team/projects/{application_id}/new-meter")
async def add_meter(sent: TeamForm, application_id: UUID) -> Response:
    """Add the meter, and go back to the project."""
    meter_id = sent.id_for("meter")
    answer = await act_on_project(sent, METER, application_id, "meters", meter_id=meter_id)
    if isinstance(answer, Filled):
        return await ask(sent, METER, application_id, answer, 422, fuels=FUELS)
    return answer


@router.get("/team/projects/{application_id}/meters/{meter_id}/baseline")
async def ask_for_baseline(page: TeamPage, application_id: UUID, meter_id: UUID) -> Response:
    """The form for the year before the works and the station whose weather explains it."""
    stations = await read_stations(page)
    return await _ask(page, application_id, meter_id, baseline_form(stations).blank(), stations)


@router.post("/team/projects/{application_id}/meters/{meter_id}/baseline")
async def freeze_baseline(sent: TeamForm, application_id: UUID, meter_id: UUID) -> Response:
    """Freeze the model, and go back to the meter."""
    stations = await read_stations(sent)
    filled = sent.read(baseline_form(stations))
    if filled.ok:
        body = {name: str(value) for name, value in filled.values.items()}
        path = f"/projects/{application_id}/meters/{meter_id}/baseline"
        call = sent.services.monitoring.post(path, body, key=sent.idempotency_key)
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"/team/projects/{application_id}/meters/{meter_id}?done=baseline")
    return await _ask(sent, application_id, meter_id, filled, stations, 422)


async def read_stations(page: Page) -> list[Station]:
    """Every weather station."""
    return Stations.validate_python(await page.services.monitoring.get("/stations"))


def baseline_form(stations: list[Station]) -> Form:
    """A station, and a half-open period as the service counts it."""
    return Form(
        Choice(
            name="station_id", label="Weather station", ask="a weather station", options=_options(stations)
        ),
        Day(name="period_start", label="First day"),
        Day(name="period_end", label="End of the period", ask="the day after the last day"),
    )


def _options(stations: list[Station]) -> list[tuple[str, str]]:
    return [
        (str(one.station_id), f"{one.name}{GENERATED if one.generated else ''}: {covered(one.coverage)}")
        for one in stations
    ]


async def _ask(
    page: Page,
    application_id: UUID,
    meter_id: UUID,
    form: Filled,
    stations: list[Station],
    status_code: int = 200,
) -> Response:
    project = await read_project(page, application_id)
    return render(
        page.request,
        "team/baseline.html",
        status_code=status_code,
        form=form,
        project=project,
        meter=find_meter(project, meter_id),
        stations=_options(stations),
        covered=covered,
    )
