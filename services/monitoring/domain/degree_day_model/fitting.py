"""The choice of balance points: every candidate by least squares at once, the best adjusted R2 wins."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from services.monitoring.domain.degree_day_model.observations import (
    Interval,
    Numbers,
    Observations,
    degree_days,
)
from shared.errors import Invalid

BALANCE_POINTS_CELSIUS: tuple[float, ...] = tuple(half_degrees / 2 for half_degrees in range(16, 45))
"""8 to 22 C by half a degree: the heating balance points tried unless the fund sets others."""

# Candidates that differ only by floating point noise are ties; the first, with the fewest slopes and then the
# lowest balance point, wins.
_TIE_DECIMALS = 10

# An intercept and two slopes leave one degree of freedom.
_FEWEST_OBSERVATIONS = 4


class WeatherTerms(StrEnum):
    """What the building's use may depend on; fuels that do not cool are fitted for heating only."""

    HEATING = "heating"
    HEATING_AND_COOLING = "heating_and_cooling"


@dataclass(frozen=True, slots=True, kw_only=True)
class WeatherTerm:
    """How use rises with each degree day beyond a balance point in Celsius."""

    balance_point_celsius: float
    slope_kwh_per_degree_day: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """The chosen line: use per day without heating or cooling, and what each degree day adds."""

    intercept_kwh_per_day: float
    heating: WeatherTerm | None
    cooling: WeatherTerm | None
    adjusted_r2: float

    @property
    def slopes(self) -> int:
        """The number of weather terms, which is what CalTRACK counts as parameters."""
        return (self.heating is not None) + (self.cooling is not None)


@dataclass(frozen=True, slots=True)
class _Moments:
    """Weighted sums of squares about the mean, from which every candidate's least squares follow."""

    weights: Numbers
    mean_use: float
    use: Numbers
    total: float

    def centred(self, regressors: Numbers) -> tuple[Numbers, Numbers]:
        means = regressors @ self.weights
        return regressors - means[:, np.newaxis], means


def fit(
    observations: Observations,
    terms: WeatherTerms = WeatherTerms.HEATING,
    balance_points: Sequence[float] = BALANCE_POINTS_CELSIUS,
) -> Fit:
    """The candidate of best adjusted R2 with positive slopes and no negative intercept (CalTRACK 2.0)."""
    moments = _moments(observations)
    points = np.asarray(balance_points, dtype=np.float64)
    candidates = [_single(observations, moments, points, cooling=False)]
    if terms is WeatherTerms.HEATING_AND_COOLING:
        candidates.append(_single(observations, moments, points, cooling=True))
        candidates.append(_both(observations, moments, points))
    allowed = [_flat(moments), *(candidate for candidate in candidates if candidate is not None)]
    return max(allowed, key=lambda candidate: round(candidate.adjusted_r2, _TIE_DECIMALS))


def _moments(observations: Observations) -> _Moments:
    """Bills weigh by their days; days weigh the same."""
    if observations.kwh.size < _FEWEST_OBSERVATIONS:
        raise Invalid(
            "model.too_few",
            f"{_FEWEST_OBSERVATIONS} readings or more are needed to fit a line. Add readings.",
        )
    use = observations.kwh / observations.days
    daily = observations.interval is Interval.DAILY
    weights = np.ones_like(use) if daily else observations.days.astype(np.float64)
    weights = weights / weights.sum()
    mean = float(use @ weights)
    centred = use - mean
    total = float(centred**2 @ weights)
    if total <= (1e-9 * mean) ** 2:
        raise Invalid(
            "model.constant_use",
            "The use is the same every day, so it cannot follow the weather. "
            "Check that the file holds measured readings, not a yearly figure spread over the days.",
        )
    return _Moments(weights, mean, centred, total)


def _flat(moments: _Moments) -> Fit:
    return Fit(intercept_kwh_per_day=moments.mean_use, heating=None, cooling=None, adjusted_r2=0.0)


def _single(observations: Observations, moments: _Moments, points: Numbers, *, cooling: bool) -> Fit | None:
    centred, means = moments.centred(degree_days(observations, points, cooling=cooling))
    squares, products = centred**2 @ moments.weights, centred @ (moments.weights * moments.use)
    slopes = _divide(products, squares)
    intercepts = moments.mean_use - slopes * means
    adjusted = _adjusted_r2(slopes * products, moments, slopes=1)
    at = _best(adjusted, (slopes > 0) & (intercepts >= 0))
    if at is None:
        return None
    term = WeatherTerm(balance_point_celsius=float(points[at]), slope_kwh_per_degree_day=float(slopes[at]))
    return Fit(
        intercept_kwh_per_day=float(intercepts[at]),
        heating=None if cooling else term,
        cooling=term if cooling else None,
        adjusted_r2=float(adjusted[at]),
    )


def _both(observations: Observations, moments: _Moments, points: Numbers) -> Fit | None:
    """Every pair with the cooling balance point not below the heating one, which are the rows."""
    heat, heat_means = moments.centred(degree_days(observations, points))
    cool, cool_means = moments.centred(degree_days(observations, points, cooling=True))
    weighted_use = moments.weights * moments.use
    heat_heat, heat_use = (heat**2 @ moments.weights)[:, np.newaxis], (heat @ weighted_use)[:, np.newaxis]
    cool_cool, cool_use = (cool**2 @ moments.weights)[np.newaxis, :], (cool @ weighted_use)[np.newaxis, :]
    cross = (heat * moments.weights) @ cool.T
    determinant = heat_heat * cool_cool - cross**2
    determinant[determinant < 1e-9 * heat_heat * cool_cool] = 0.0
    heat_slopes = _divide(heat_use * cool_cool - cool_use * cross, determinant)
    cool_slopes = _divide(cool_use * heat_heat - heat_use * cross, determinant)
    intercepts = moments.mean_use - heat_slopes * heat_means[:, np.newaxis] - cool_slopes * cool_means
    adjusted = _adjusted_r2(heat_slopes * heat_use + cool_slopes * cool_use, moments, slopes=2)
    ordered = points[np.newaxis, :] >= points[:, np.newaxis]
    at = _best(adjusted, (heat_slopes > 0) & (cool_slopes > 0) & (intercepts >= 0) & ordered)
    if at is None:
        return None
    row, column = divmod(at, points.size)
    return Fit(
        intercept_kwh_per_day=float(intercepts[row, column]),
        heating=WeatherTerm(
            balance_point_celsius=float(points[row]), slope_kwh_per_degree_day=float(heat_slopes[row, column])
        ),
        cooling=WeatherTerm(
            balance_point_celsius=float(points[column]),
            slope_kwh_per_degree_day=float(cool_slopes[row, column]),
        ),
        adjusted_r2=float(adjusted[row, column]),
    )


def _adjusted_r2(explained: Numbers, moments: _Moments, *, slopes: int) -> Numbers:
    count = moments.weights.size
    unexplained = 1.0 - explained / moments.total
    return 1.0 - unexplained * (count - 1) / (count - slopes - 1)


def _best(adjusted_r2: Numbers, allowed: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> int | None:
    """The flat position of the first highest allowed value."""
    if not allowed.any():
        return None
    return int(np.argmax(np.round(np.where(allowed, adjusted_r2, -np.inf), _TIE_DECIMALS)))


def _divide(numerator: Numbers, denominator: Numbers) -> Numbers:
    return np.divide(numerator, denominator, out=np.zeros_like(numerator), where=denominator > 0)
