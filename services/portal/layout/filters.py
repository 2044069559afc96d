"""How amounts, quantities and times are written on a page: GOV.UK style, Europe/London."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TypeAlias
from zoneinfo import ZoneInfo

from shared.wording import in_words

LONDON = ZoneInfo("Europe/London")
NOT_KNOWN = "Not known"
NOON = 12
MINUS = "\N{MINUS SIGN}"

Quantity: TypeAlias = Decimal | int | None


def pounds(pence: int | None) -> str:
    """Whole pence as pounds: 123450 is £1,234.50."""
    if pence is None:
        return NOT_KNOWN
    whole, rest = divmod(abs(pence), 100)
    return f"{MINUS if pence < 0 else ''}£{whole:,}.{rest:02d}"


def number(value: Quantity, places: int = 0) -> str:
    """A number with thousands separators, rounded half to even to the given places."""
    if value is None:
        return NOT_KNOWN
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    return f"{MINUS if rounded < 0 else ''}{abs(rounded):,.{places}f}"


def kg(kg_co2e: Quantity) -> str:
    """Kilograms of carbon dioxide equivalent, to a tenth."""
    return NOT_KNOWN if kg_co2e is None else f"{number(kg_co2e, 1)} kgCO2e"


def tonnes(kg_co2e: Quantity) -> str:
    """Kilograms of carbon dioxide equivalent written in tonnes, to a hundredth."""
    return NOT_KNOWN if kg_co2e is None else f"{number(Decimal(kg_co2e) / 1000, 2)} tCO2e"


def kwh(energy_kwh: Quantity) -> str:
    """Kilowatt hours, to a hundredth."""
    return NOT_KNOWN if energy_kwh is None else f"{number(energy_kwh, 2)} kWh"


def percent(fraction: Quantity, places: int = 1) -> str:
    """A fraction as a percentage: 0.11875 is 11.9%."""
    return NOT_KNOWN if fraction is None else f"{number(Decimal(fraction) * 100, places)}%"


def day(on: date | None) -> str:
    """A date in full: 2 March 2021."""
    return NOT_KNOWN if on is None else in_words(on)


def moment(at: datetime | None) -> str:
    """An aware time as the clock in London shows it: 2 March 2021 at 2:05pm."""
    if at is None:
        return NOT_KNOWN
    if at.tzinfo is None:
        message = "A time on a page must know its zone."
        raise ValueError(message)
    local = at.astimezone(LONDON)
    hour = local.hour % 12 or 12
    return f"{day(local)} at {hour}:{local:%M}{'am' if local.hour < NOON else 'pm'}"


FILTERS: Mapping[str, Callable[..., str]] = {
    "pounds": pounds,
    "number": number,
    "kg": kg,
    "tonnes": tonnes,
    "kwh": kwh,
    "percent": percent,
    "day": day,
    "moment": moment,
}
