"""The frozen baseline: fitted once, before the works, and kept so that savings need no old readings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from services.monitoring.domain.degree_day_model.fitting import (
    BALANCE_POINTS_CELSIUS,
    Fit,
    WeatherTerm,
    WeatherTerms,
    fit,
)
from services.monitoring.domain.degree_day_model.observations import (
    Interval,
    Numbers,
    Observations,
    degree_days,
)
from shared.errors import Invalid

MINIMUM_MEASURED_DAYS = 330
"""CalTRACK 2.2.1.2 asks for 90 % of the days of a 365 day baseline (328.5); this is the next round number."""

LONGEST_PERIOD_DAYS = {Interval.DAILY: 366, Interval.MONTHLY: 366 + 31}
"""CalTRACK 2.2.1.1: one year, so that no season counts twice; whole bills may overshoot it by a month."""

MINIMUM_ADJUSTED_R2 = 0.6
"""The non-routine share was measured on buildings whose heating model explains at least 60 % of the use
(placebo test of 101 pairs of years in 43 Cambridge buildings, November 2026); below it no band is proven."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """How the building used energy before the works, and all that its uncertainty needs (kWh, Celsius)."""

    interval: Interval
    starts_on: date
    ends_before: date
    intercept_kwh_per_day: float
    heating: WeatherTerm | None
    cooling: WeatherTerm | None
    adjusted_r2: float
    cvrmse: float
    lag_1_correlation: float
    observations: int
    measured_days: int
    slopes: int
    total_kwh: float

    @property
    def effective_observations(self) -> float:
        """The observations worth counting where each resembles the last: n (1 - rho) / (1 + rho)."""
        return self.observations * (1 - self.lag_1_correlation) / (1 + self.lag_1_correlation)


def freeze_baseline(
    observations: Observations,
    terms: WeatherTerms = WeatherTerms.HEATING,
    balance_points: Sequence[float] = BALANCE_POINTS_CELSIUS,
    *,
    minimum_measured_days: int = MINIMUM_MEASURED_DAYS,
    minimum_adjusted_r2: float = MINIMUM_ADJUSTED_R2,
) -> Baseline:
    """Fit the year before the works; refuses too few days, too many, or use that ignores the weather."""
    _refuse_unsuitable_period(observations, minimum_measured_days)
    chosen = fit(observations, terms, balance_points)
    if chosen.slopes == 0 or chosen.adjusted_r2 < minimum_adjusted_r2:
        raise Invalid(
            "baseline.no_weather_signal",
            f"The weather explains {max(0.0, chosen.adjusted_r2):.0%} of the use; "
            f"{minimum_adjusted_r2:.0%} is needed to correct for it. Check the unit, the weather "
            "station and that the meter serves the heating; if all are right, report "
            "the saving as modelled, not as metered.",
            field="period_start",
        )
    return _baseline(observations, chosen)


def expected_kwh(line: Fit | Baseline, observations: Observations) -> Numbers:
    """What the building would have used in each observation, had it stayed as it was, in kWh."""
    per_day = np.full(observations.kwh.size, line.intercept_kwh_per_day)
    for term, cooling in ((line.heating, False), (line.cooling, True)):
        if term is not None:
            points = np.array([term.balance_point_celsius])
            per_day += term.slope_kwh_per_degree_day * degree_days(observations, points, cooling=cooling)[0]
    return per_day * observations.days


def baseline_to_json(baseline: Baseline) -> dict[str, Any]:
    """The baseline as plain values, to be stored and read back to the last digit."""
    stored: dict[str, Any] = _ADAPTER.dump_python(baseline, mode="json")
    return stored


def baseline_from_json(stored: Mapping[str, Any]) -> Baseline:
    """The baseline as it was frozen."""
    return _ADAPTER.validate_python(stored)


def _refuse_unsuitable_period(observations: Observations, minimum_measured_days: int) -> None:
    if observations.period_days > LONGEST_PERIOD_DAYS[observations.interval]:
        raise Invalid(
            "baseline.too_long",
            f"The baseline period has {observations.period_days} days. "
            "Choose the last year before the works.",
            field="period_start",
        )
    if observations.measured_days < minimum_measured_days:
        raise Invalid(
            "baseline.too_few_days",
            f"The baseline period has {observations.measured_days} days with both a reading and a "
            f"temperature; {minimum_measured_days} are needed. Add the missing readings or temperatures, "
            "or choose another year.",
            field="period_start",
        )


def _baseline(observations: Observations, chosen: Fit) -> Baseline:
    residuals = observations.kwh - expected_kwh(chosen, observations)
    count = observations.kwh.size
    rmse = float(np.sqrt(residuals @ residuals / (count - chosen.slopes)))
    return Baseline(
        interval=observations.interval,
        starts_on=observations.starts_on,
        ends_before=observations.ends_before,
        intercept_kwh_per_day=chosen.intercept_kwh_per_day,
        heating=chosen.heating,
        cooling=chosen.cooling,
        adjusted_r2=chosen.adjusted_r2,
        cvrmse=rmse / float(observations.kwh.mean()),
        lag_1_correlation=_lag_1_correlation(residuals),
        observations=count,
        measured_days=observations.measured_days,
        slopes=chosen.slopes,
        total_kwh=float(observations.kwh.sum()),
    )


def _lag_1_correlation(residuals: Numbers) -> float:
    """How much each residual resembles the one before; 0 where there is nothing left to correlate."""
    earlier, later = residuals[:-1] - residuals[:-1].mean(), residuals[1:] - residuals[1:].mean()
    spread = float(np.sqrt((earlier @ earlier) * (later @ later)))
    return float(earlier @ later) / spread if spread > 0 else 0.0


_ADAPTER = TypeAdapter(Baseline)
