"""Weather stations: the list, one more, and uploading its temperatures."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.identity.pages_rule import Page
from services.portal.layout.fields import Choice, Text
from services.portal.layout.forms import Filled, Form
from services.portal.layout.templates import render
from services.portal.sending import attempt, see_other
from services.portal.team.meters import read_stations
from services.portal.team.models import Station
from services.portal.team.projects import Done, TeamForm, TeamPage
from services.portal.team.readings import read_report
from services.portal.team.uploading import FILE, INTERVAL, INTERVALS, ZONE, ZONES, Sending, send_file
from services.portal.team.words import covered, missing
from shared.errors import NotFound

router = APIRouter(include_in_schema=False)

START = "/team/stations"
KINDS = (
    ("measured", "Measured outdoors", "By a weather station or a sensor in the shade."),
    (
        "generated",
        "Generated for a demonstration",
        "Invented. Every result that uses them says so, in public too.",
    ),
)
STATION = Form(
    Text(name="name", label="Name of the station", longest=100),
    Choice(
        name="kind",
        label="Temperatures",
        ask="whether the temperatures are measured or generated",
        options=[one[:2] for one in KINDS],
    ),
)
TEMPERATURES = Form(FILE, ZONE, INTERVAL)


@router.get(START)
async def list_stations(page: TeamPage, done: Done = "") -> Response:
    """Every station with the days it holds, and whether its temperatures are generated."""
    stations = await read_stations(page)
    return render(
        page.request,
        "team/stations.html",
        stations=stations,
        covered=covered,
        missing=missing,
        done="The station is added. Now upload its temperatures." if done else None,
    )


@router.get(f"{START}/new")
async def ask_for_station(page: TeamPage) -> Response:
    """The form for one more station."""
    return _station_form(page, STATION.blank())


@router.post(f"{START}/new")
async def add_station(sent: TeamForm) -> Response:
    """Add the station, and go on to the list."""
    filled = sent.read(STATION)
    if filled.ok:
        body = {
            "station_id": str(sent.id_for("station")),
            "name": filled.values["name"],
            "generated": filled.values["kind"] == "generated",
        }
        call = sent.services.monitoring.post("/stations", body, key=sent.idempotency_key)
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"{START}?done=station")
    return _station_form(sent, filled, 422)


@router.get(f"{START}/{{station_id}}/temperatures")
async def ask_for_temperatures(page: TeamPage, station_id: UUID) -> Response:
    """The form: the file, its clock and how often it gives a value."""
    return await _ask(page, station_id, Sending(TEMPERATURES.showing({"zone": "Europe/London"})))


@router.post(f"{START}/{{station_id}}/temperatures")
async def upload_temperatures(sent: TeamForm, station_id: UUID) -> Response:
    """Hand the file over, and go on to what became of its rows."""
    sending = Sending(sent.read(TEMPERATURES))
    if sending.filled.ok:
        import_id = sent.id_for("import")
        stated = {name: str(sending.filled.values[name]) for name in ("zone", "interval")}
        fields = {"import_id": str(import_id), **stated}
        sending = await send_file(sent, sending.filled, f"/stations/{station_id}/temperatures", fields)
        if sending.filled.ok:
            return see_other(f"{START}/{station_id}/imports/{import_id}")
    return await _ask(sent, station_id, sending, 422)


@router.get(f"{START}/{{station_id}}/imports/{{import_id}}")
async def show_import(page: TeamPage, station_id: UUID, import_id: UUID) -> Response:
    """What became of a file of temperatures."""
    station = await _station(page, station_id)
    report = await read_report(page, import_id)
    return render(page.request, "team/station_import.html", station=station, report=report)


async def _station(page: Page, station_id: UUID) -> Station:
    for station in await read_stations(page):
        if station.station_id == station_id:
            return station
    raise NotFound("station.unknown", "There is no such weather station. Choose one from the list.")


def _station_form(page: Page, form: Filled, status_code: int = 200) -> Response:
    return render(page.request, "team/station_form.html", status_code=status_code, form=form, kinds=KINDS)


async def _ask(page: Page, station_id: UUID, sending: Sending, status_code: int = 200) -> Response:
    return render(
        page.request,
        "team/temperatures.html",
        status_code=status_code,
        form=sending.filled,
        sending=sending,
        station=await _station(page, station_id),
        zones=ZONES,
        intervals=INTERVALS,
    )
