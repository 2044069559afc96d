"""The building boundary: the meters that together cover every fuel the works touch."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.monitoring.domain.checks import required_text
from shared.carbon.quantities import Fuel
from shared.errors import Invalid

LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """One meter of the building and the fuel it measures."""

    meter_id: UUID
    name: str
    fuel: Fuel


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What somebody of the team says about the boundary, on a day and for a published reason."""

    complete: bool
    reason: str
    declared_on: date
    fuels: tuple[Fuel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundary:
    """The declared boundary: its fuels, and the meters that measured them when it was declared."""

    complete: bool
    reason: str
    declared_on: date
    fuels: tuple[Fuel, ...]
    meter_ids: tuple[UUID, ...]


def draw_boundary(declaration: Declaration, meters: Collection[Meter], touched: Collection[str]) -> Boundary:
    """The boundary with its meters; refused where a fuel has no meter, or a touched fuel is left out."""
    reason = required_text(declaration.reason, field="reason", name="the reason", longest=LONGEST_REASON)
    _refuse_unmetered(set(declaration.fuels) - {meter.fuel for meter in meters})
    if declaration.complete:
        _refuse_left_out(set(touched) - set(declaration.fuels))
    return Boundary(
        complete=declaration.complete,
        reason=reason,
        declared_on=declaration.declared_on,
        fuels=tuple(sorted(declaration.fuels)),
        meter_ids=meters_of(declaration.fuels, meters),
    )


def meters_of(fuels: Collection[Fuel], meters: Iterable[Meter]) -> tuple[UUID, ...]:
    """The meters of these fuels, in the order of their ids."""
    return tuple(sorted(meter.meter_id for meter in meters if meter.fuel in fuels))


def listed(fuels: Iterable[str]) -> str:
    """Fuels as words: electricity, natural gas."""
    return ", ".join(sorted(fuel.replace("_", " ") for fuel in fuels))


def _refuse_unmetered(fuels: Collection[str]) -> None:
    if fuels:
        message = f"No meter of this project measures {listed(fuels)}. Add the meter first."
        raise Invalid("boundary.meter_missing", message, field="fuels")


def _refuse_left_out(fuels: Collection[str]) -> None:
    if fuels:
        message = (
            f"The works touch {listed(fuels)}, which the boundary leaves out. Add a meter for it, "
            "or declare the boundary incomplete."
        )
        raise Invalid("boundary.fuels_missing", message, field="fuels")
