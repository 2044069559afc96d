"""Add a weather station."""

from dataclasses import dataclass, replace

from services.monitoring.domain.checks import required_text
from services.monitoring.repository.stations import Station, Stations
from shared.errors import Conflict
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded

LONGEST_NAME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class AddStation:
    """A source of outdoor temperatures, which may be generated for a demonstration."""

    station: Station


async def add_station(command: AddStation, uow: UnitOfWork) -> Recorded:
    """Keep the station; every result that uses it says whether its temperatures are generated."""
    stations, station = Stations(uow), command.station
    name = required_text(station.name, field="name", name="the station's name", longest=LONGEST_NAME)
    if await stations.id_taken(station.station_id):
        message = "A station has this station_id already. Name this one by an id of its own."
        raise Conflict("station.id_taken", message)
    if await stations.name_taken(name):
        message = "A station has this name already. Use that one, or choose another name."
        raise Conflict("station.name_taken", message)
    stations.add(replace(station, name=name))
    return Recorded(id=station.station_id, sequence=0)
