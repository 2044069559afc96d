"""A meter day by day for a chart: what was used, what the old building would have used, how warm it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from services.monitoring.domain.degree_day_model import Baseline, daily_observations, expected_kwh

_SHOWN_KWH = Decimal("0.001")


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfUse:
    """One local day; what is not known is None, never nought (kWh, Celsius)."""

    day: date
    observed_kwh: Decimal | None
    counterfactual_kwh: Decimal | None
    celsius: Decimal | None


def use_by_day(
    kwh_by_day: Mapping[date, Decimal],
    celsius_by_day: Mapping[date, Decimal],
    baseline: Baseline | None,
    starts_on: date,
    ends_before: date,
) -> list[DayOfUse]:
    """Every day of the half-open period; the counterfactual where there is a baseline and a temperature."""
    expected = _expected(celsius_by_day, baseline, starts_on, ends_before) if baseline else {}
    period = (starts_on + timedelta(days=offset) for offset in range((ends_before - starts_on).days))
    return [
        DayOfUse(
            day=day,
            observed_kwh=kwh_by_day.get(day),
            counterfactual_kwh=expected.get(day),
            celsius=celsius_by_day.get(day),
        )
        for day in period
    ]


def _expected(
    celsius_by_day: Mapping[date, Decimal], baseline: Baseline, starts_on: date, ends_before: date
) -> dict[date, Decimal]:
    days = sorted(day for day in celsius_by_day if starts_on <= day < ends_before)
    weather = daily_observations(dict.fromkeys(days, Decimal(0)), celsius_by_day, starts_on, ends_before)
    expected = expected_kwh(baseline, weather)
    return {day: Decimal(kwh).quantize(_SHOWN_KWH) for day, kwh in zip(days, expected, strict=True)}
