"""Weather stations and their temperatures."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request, UploadFile
from pydantic import BaseModel, StrictBool

from services.monitoring.api.uploads import LIMIT_BYTES, folder_for
from services.monitoring.commands.add_station import AddStation, add_station
from services.monitoring.commands.import_temperatures import ImportTemperatures, import_temperatures
from services.monitoring.domain.import_report import ImportReport
from services.monitoring.domain.local_time import Zone
from services.monitoring.domain.series import Resolution
from services.monitoring.queries import meters
from services.monitoring.queries.views import StationView
from services.monitoring.repository.stations import Station
from shared.web import Edge, Role, View, commands, read_upload, reads
from shared.web.answers import Recorded

router = APIRouter(prefix="/stations", tags=["stations"])

Team = Annotated[Edge, commands(Role.TEAM)]


class StationBody(BaseModel):
    """A weather station; `generated` where its temperatures are invented for a demonstration."""

    station_id: UUID
    name: str
    generated: StrictBool


class TemperaturesForm(BaseModel):
    """What the sender of a file of temperatures in Celsius says about it."""

    import_id: UUID
    file: UploadFile
    zone: Zone
    interval: Resolution


@router.get("")
async def list_stations(view: Annotated[View, reads(Role.TEAM)]) -> list[StationView]:
    """Every station with the days it holds."""
    return await meters.list_stations(view.session)


@router.post("", status_code=201)
async def post_station(body: StationBody, edge: Team) -> Recorded:
    """Add a weather station."""
    station = Station(station_id=body.station_id, name=body.name, generated=body.generated)
    return await edge.perform(AddStation(station=station), add_station)


@router.post("/{station_id}/temperatures", status_code=201)
async def post_temperatures(
    station_id: UUID,
    form: Annotated[TemperaturesForm, Form(media_type="multipart/form-data")],
    request: Request,
    edge: Team,
) -> ImportReport:
    """Take every new day of a CSV file, or nothing where a row is refused."""
    command = ImportTemperatures(
        station_id=station_id,
        content=await read_upload(form.file, limit_bytes=LIMIT_BYTES),
        folder=folder_for(request, "temperatures"),
        **form.model_dump(exclude={"file"}),
    )
    return await edge.perform(command, import_temperatures)
