"""Avoided energy: what the old building would have used in the new weather, less what was used."""

import math
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from scipy.special import stdtrit

from services.monitoring.domain.degree_day_model.baseline import Baseline, expected_kwh
from services.monitoring.domain.degree_day_model.observations import Interval, Observations
from shared.errors import Invalid

NON_ROUTINE_SHARE = 0.075
"""The drift of untreated buildings from year to year, as a share of their use (one standard deviation).
Source: placebo test of 101 adjacent pairs of years in 43 Cambridge buildings with no known retrofit, run in
November 2026: sd 8.6 % where the model's own bands were about 6 %, hence 7 to 8 %; a fund may set its own."""

DAYS_PER_MONTH = 30
_STORED_KWH = Decimal("0.0001")
_STORED_FRACTION = Decimal("0.000001")


class Verdict(StrEnum):
    """What may be said of a measured building."""

    SAVING = "saving"
    RISE = "rise"
    NOT_DISTINGUISHABLE = "not_distinguishable"


@dataclass(frozen=True, slots=True, kw_only=True)
class AvoidedEnergy:
    """The result for one meter over the days measured; the bands are half-widths around the avoided kWh."""

    starts_on: date
    ends_before: date
    days: int
    counterfactual_kwh: Decimal
    observed_kwh: Decimal
    avoided_kwh: Decimal
    fraction: Decimal
    model_band_kwh: Decimal
    total_band_kwh: Decimal
    confidence: Decimal
    non_routine_share: Decimal
    distinguishable: bool


def avoided_energy(
    baseline: Baseline,
    observations: Observations,
    *,
    confidence: float = 0.9,
    non_routine_share: float = NON_ROUTINE_SHARE,
) -> AvoidedEnergy:
    """Counterfactual less observed, the model's band and the total band with its drift."""
    _refuse_unsuitable_period(baseline, observations)
    counterfactual, observed = (
        float(expected_kwh(baseline, observations).sum()),
        float(observations.kwh.sum()),
    )
    if counterfactual <= 0:
        raise Invalid(
            "avoided_energy.nothing_expected",
            "The baseline expects no use in this period. Choose a period that contains heating months.",
            field="period_start",
        )
    quantile = _t_quantile(baseline, confidence)
    model_band = quantile * _model_standard_error(baseline, observations)
    total_band = math.hypot(model_band, quantile * non_routine_share * counterfactual)
    avoided = counterfactual - observed
    return AvoidedEnergy(
        starts_on=observations.starts_on,
        ends_before=observations.ends_before,
        days=observations.measured_days,
        counterfactual_kwh=_kwh(counterfactual),
        observed_kwh=_kwh(observed),
        avoided_kwh=_kwh(avoided),
        fraction=Decimal(avoided / counterfactual).quantize(_STORED_FRACTION),
        model_band_kwh=_kwh(model_band),
        total_band_kwh=_kwh(total_band),
        confidence=Decimal(str(confidence)),
        non_routine_share=Decimal(str(non_routine_share)),
        distinguishable=abs(avoided) > total_band,
    )


def verdict(result: AvoidedEnergy) -> Verdict:
    """Saving or rise only where the difference is wider than the total band."""
    if not result.distinguishable:
        return Verdict.NOT_DISTINGUISHABLE
    return Verdict.SAVING if result.avoided_kwh > 0 else Verdict.RISE


def verdict_in_words(result: AvoidedEnergy) -> str:
    """One plain sentence for the page, the notice and the report."""
    difference = f"{abs(result.avoided_kwh):,.0f} kWh ({abs(result.fraction):.1%})"
    band = f"give or take {result.total_band_kwh:,.0f} kWh at {result.confidence:.0%} confidence"
    direction = "less" if result.avoided_kwh >= 0 else "more"
    measured = f"The building used {difference} {direction} than it would have without the works, {band}"
    match verdict(result):
        case Verdict.SAVING:
            return f"{measured}: a saving."
        case Verdict.RISE:
            return f"{measured}: a rise."
        case Verdict.NOT_DISTINGUISHABLE:
            return f"{measured}: not distinguishable from no change."


def _refuse_unsuitable_period(baseline: Baseline, observations: Observations) -> None:
    if observations.interval is not baseline.interval:
        raise Invalid(
            "avoided_energy.other_interval",
            f"The baseline is {baseline.interval} and these readings are {observations.interval}. "
            f"Use {baseline.interval} readings.",
        )
    if observations.starts_on < baseline.ends_before:
        raise Invalid(
            "avoided_energy.before_baseline_ends",
            "The period begins before the baseline ends. Begin it after the works were completed.",
            field="period_start",
        )
    if observations.measured_days < DAYS_PER_MONTH:
        raise Invalid(
            "avoided_energy.too_few_days",
            f"The period has {observations.measured_days} days with both a reading and a "
            f"temperature; the uncertainty is reckoned in whole months. Wait for "
            f"{DAYS_PER_MONTH} days, or add the missing readings.",
            field="period_end",
        )


def _t_quantile(baseline: Baseline, confidence: float) -> float:
    return float(stdtrit(baseline.observations - baseline.slopes, 1 - (1 - confidence) / 2))


def _model_standard_error(baseline: Baseline, observations: Observations) -> float:
    """Fractional savings uncertainty of Sun and Baltazar, as CalTRACK 2.0 computes it, in kWh for t = 1."""
    count, effective = baseline.observations, baseline.effective_observations
    months, reported = _reporting_length(observations)
    per_month = math.sqrt(count / effective * (1 + 2 / effective) / reported)
    return baseline.total_kwh * _season(observations.interval, months) * baseline.cvrmse * per_month


def _reporting_length(observations: Observations) -> tuple[float, float]:
    """Months reported, and the number of observations they stand for."""
    months = observations.measured_days / DAYS_PER_MONTH
    if observations.interval is Interval.DAILY:
        return months, observations.measured_days
    return round(months), round(months)


def _season(interval: Interval, months: float) -> float:
    """The polynomial in months that Sun and Baltazar fitted for each interval."""
    if interval is Interval.DAILY:
        return -0.00024 * months**2 + 0.03535 * months + 1.00286
    return -0.00022 * months**2 + 0.03306 * months + 0.94054


def _kwh(value: float) -> Decimal:
    return Decimal(value).quantize(_STORED_KWH)
