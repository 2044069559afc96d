"""The degree-day model: what a building would have used without the works, and how sure that is.

Use against outdoor temperature by ordinary least squares, as CalTRACK 2.0 does it, in closed form.
"""

from services.monitoring.domain.degree_day_model.avoided_energy import (
    NON_ROUTINE_SHARE,
    AvoidedEnergy,
    Verdict,
    avoided_energy,
    verdict,
    verdict_in_words,
)
from services.monitoring.domain.degree_day_model.baseline import (
    Baseline,
    baseline_from_json,
    baseline_to_json,
    expected_kwh,
    freeze_baseline,
)
from services.monitoring.domain.degree_day_model.fitting import (
    BALANCE_POINTS_CELSIUS,
    Fit,
    WeatherTerm,
    WeatherTerms,
    fit,
)
from services.monitoring.domain.degree_day_model.observations import (
    DailySeries,
    Interval,
    Observations,
    daily_observations,
    degree_days,
    observations_of,
)

__all__ = [
    "BALANCE_POINTS_CELSIUS",
    "NON_ROUTINE_SHARE",
    "AvoidedEnergy",
    "Baseline",
    "DailySeries",
    "Fit",
    "Interval",
    "Observations",
    "Verdict",
    "WeatherTerm",
    "WeatherTerms",
    "avoided_energy",
    "baseline_from_json",
    "baseline_to_json",
    "daily_observations",
    "degree_days",
    "expected_kwh",
    "fit",
    "freeze_baseline",
    "observations_of",
    "verdict",
    "verdict_in_words",
]
