"""Meters, their readings and their baselines."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request, UploadFile
from pydantic import BaseModel

from services.monitoring.api.uploads import LIMIT_BYTES, folder_for
from services.monitoring.commands.add_meter import AddMeter, add_meter
from services.monitoring.commands.freeze_baseline import FreezeBaseline, freeze
from services.monitoring.commands.import_readings import ImportReadings, import_readings
from services.monitoring.domain.boundary import Meter
from services.monitoring.domain.import_report import ImportReport
from services.monitoring.domain.local_time import Zone
from services.monitoring.domain.series import Resolution
from services.monitoring.queries.meters import get_report
from shared.carbon.quantities import EnergyUnit, Fuel
from shared.web import Edge, Role, View, commands, read_upload, reads
from shared.web.answers import Recorded

router = APIRouter(tags=["meters"])

Team = Annotated[Edge, commands(Role.TEAM)]


class MeterBody(BaseModel):
    """A meter of the building and the fuel it measures."""

    meter_id: UUID
    name: str
    fuel: Fuel


class BaselineBody(BaseModel):
    """The year before the works (half-open local days), and the station whose weather explains it."""

    station_id: UUID
    period_start: date
    period_end: date


class ReadingsForm(BaseModel):
    """What the sender of a file says about it; `calorific_value` (MJ/m3) with gas in cubic metres."""

    import_id: UUID
    file: UploadFile
    unit: EnergyUnit
    zone: Zone
    interval: Resolution
    calorific_value: Decimal | None = None
    unit_confirmed: bool = False


@router.post("/projects/{application_id}/meters", status_code=201)
async def post_meter(application_id: UUID, body: MeterBody, edge: Team) -> Recorded:
    """Add a meter to the project's building."""
    meter = Meter(meter_id=body.meter_id, name=body.name, fuel=body.fuel)
    return await edge.perform(AddMeter(application_id=application_id, meter=meter), add_meter)


@router.post("/meters/{meter_id}/readings", status_code=201)
async def post_readings(
    meter_id: UUID,
    form: Annotated[ReadingsForm, Form(media_type="multipart/form-data")],
    request: Request,
    edge: Team,
) -> ImportReport:
    """Take every new day of a CSV file, or nothing where a row is refused."""
    command = ImportReadings(
        meter_id=meter_id,
        content=await read_upload(form.file, limit_bytes=LIMIT_BYTES),
        folder=folder_for(request, "readings"),
        **form.model_dump(exclude={"file"}),
    )
    return await edge.perform(command, import_readings)


@router.get("/imports/{import_id}")
async def show_report(import_id: UUID, view: Annotated[View, reads(Role.TEAM)]) -> ImportReport:
    """What became of a file of readings or temperatures that was taken."""
    return await get_report(view.session, import_id)


@router.post("/projects/{application_id}/meters/{meter_id}/baseline", status_code=201)
async def post_baseline(application_id: UUID, meter_id: UUID, body: BaselineBody, edge: Team) -> Recorded:
    """Freeze the model of the year before the works, once."""
    command = FreezeBaseline(application_id=application_id, meter_id=meter_id, **body.model_dump())
    return await edge.perform(command, freeze)
