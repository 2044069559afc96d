"""Uploading a meter's readings, and what became of each row."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.identity.pages_rule import Page
from services.portal.layout.fields import Choice, Choices, Number
from services.portal.layout.forms import Form
from services.portal.layout.templates import render
from services.portal.sending import see_other
from services.portal.team.models import ImportReport
from services.portal.team.projects import TeamForm, TeamPage, find_meter, read_project
from services.portal.team.uploading import FILE, INTERVAL, INTERVALS, ZONE, ZONES, Sending, send_file

router = APIRouter(include_in_schema=False)

UNITS = (
    ("kWh", "kWh"),
    ("MWh", "MWh", "1 MWh is 1,000 kWh."),
    ("Wh", "Wh", "1,000 Wh are 1 kWh."),
    ("m3", "Cubic metres of gas (m3)", "Needs the calorific value from the bill, below."),
)
CONFIRM = (("yes", "I have checked the unit on a bill or on the meter, and it is right"),)
READINGS = Form(
    FILE,
    Choice(name="unit", label="Unit", ask="the unit of the readings", options=[one[:2] for one in UNITS]),
    Number(
        name="calorific_value",
        label="Calorific value",
        required=False,
        places=2,
        example="39.5",
    ),
    ZONE,
    INTERVAL,
    Choices(name="unit_confirmed", label="Unit checked", required=False, options=CONFIRM),
)
FIELDS = ("unit", "zone", "interval", "calorific_value")


@router.get("/team/projects/{application_id}/meters/{meter_id}/readings")
async def ask_for_readings(page: TeamPage, application_id: UUID, meter_id: UUID) -> Response:
    """The form: the file, its unit, its clock and how often it gives a value."""
    return await _ask(page, application_id, meter_id, Sending(READINGS.showing({"zone": "Europe/London"})))


@router.post("/team/projects/{application_id}/meters/{meter_id}/readings")
async def upload_readings(sent: TeamForm, application_id: UUID, meter_id: UUID) -> Response:
    """Hand the file over, and go on to what became of its rows."""
    sending = Sending(sent.read(READINGS))
    if sending.filled.ok:
        import_id = sent.id_for("import")
        fields = {"import_id": str(import_id), **_stated(sending)}
        sending = await send_file(sent, sending.filled, f"/meters/{meter_id}/readings", fields)
        if sending.filled.ok:
            return see_other(f"/team/projects/{application_id}/meters/{meter_id}/imports/{import_id}")
    return await _ask(sent, application_id, meter_id, sending, 422)


@router.get("/team/projects/{application_id}/meters/{meter_id}/imports/{import_id}")
async def show_import(page: TeamPage, application_id: UUID, meter_id: UUID, import_id: UUID) -> Response:
    """What became of the file: days taken, rows left out and why, days that are not complete."""
    project = await read_project(page, application_id)
    return render(
        page.request,
        "team/import.html",
        project=project,
        meter=find_meter(project, meter_id),
        report=await read_report(page, import_id),
    )


async def read_report(page: Page, import_id: UUID) -> ImportReport:
    """What became of a file of readings or temperatures."""
    return ImportReport.model_validate(await page.services.monitoring.get(f"/imports/{import_id}"))


def _stated(sending: Sending) -> dict[str, str]:
    values = sending.filled.values
    stated = {name: str(values[name]) for name in FIELDS if values[name] is not None}
    return {**stated, "unit_confirmed": "true" if values["unit_confirmed"] else "false"}


async def _ask(
    page: Page, application_id: UUID, meter_id: UUID, sending: Sending, status_code: int = 200
) -> Response:
    project = await read_project(page, application_id)
    return render(
        page.request,
        "team/readings.html",
        status_code=status_code,
        form=sending.filled,
        sending=sending,
        project=project,
        meter=find_meter(project, meter_id),
        units=UNITS,
        zones=ZONES,
        intervals=INTERVALS,
        confirm=CONFIRM,
    )
