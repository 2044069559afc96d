"""Generated temperatures and readings: a plain model of weather and of heating, the same in every run.

They are labelled as generated wherever they are shown. Nothing real stands behind them.
"""

import math
import random
from collections.abc import Iterator
from datetime import date, timedelta

MEAN_CELSIUS, SWING_CELSIUS = 10.6, 7.2
"""About the yearly mean of the English midlands, and half the way from winter to summer."""
BALANCE_POINT_CELSIUS = 15.0


def days(first: date, after_last: date) -> Iterator[date]:
    """Every day of the half-open period."""
    return (first + timedelta(days=n) for n in range((after_last - first).days))


def temperatures(first: date, after_last: date) -> dict[date, float]:
    """Daily means in Celsius: the year's wave, and weather that lasts some days."""
    chance = random.Random("weather")  # noqa: S311 - generated data, no secret
    weather, found = 0.0, {}
    for day in days(first, after_last):
        weather = 0.75 * weather + chance.gauss(0, 1.9)
        wave = math.cos(2 * math.pi * (day.timetuple().tm_yday - 20) / 365.25)
        found[day] = MEAN_CELSIUS - SWING_CELSIUS * wave + weather
    return found


def readings(
    name: str,
    celsius: dict[date, float],
    *,
    base_kwh_per_day: float,
    kwh_per_degree_day: float,
    changed_from: date,
    change: float,
) -> dict[date, float]:
    """Daily gas in kWh of a heated building; from `changed_from` on heating needs `change` of what it did."""
    chance = random.Random(name)  # noqa: S311 - generated data, no secret
    found = {}
    for day, outside in celsius.items():
        heating = kwh_per_degree_day * max(0.0, BALANCE_POINT_CELSIUS - outside)
        factor = change if day >= changed_from else 1.0
        found[day] = max(0.0, (base_kwh_per_day + heating * factor) * chance.gauss(1, 0.07))
    return found


def as_csv(heading: str, values: dict[date, float]) -> bytes:
    """One row a day, as a team would upload it."""
    rows = [f"{day.isoformat()},{value:.3f}" for day, value in values.items()]
    return ("\n".join([f"date,{heading}", *rows]) + "\n").encode()
