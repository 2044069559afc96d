"""A verified saving: the sum over every meter of the boundary, in kWh and kgCO2e, with both bands.

The meters' model errors are independent, so their model bands add as the root of the sum of squares. The
drift of an untreated building moves all its meters together, so their drift bands (t x s_nr x counterfactual)
add up plainly; the total band is the root of the squares of the two sums. In kgCO2e the same, each meter's
bands times its factor. For one meter these are the meter's own bands.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from services.monitoring.domain.boundary import Meter
from services.monitoring.domain.degree_day_model import AvoidedEnergy, verdict_in_words
from shared.carbon.factors import FactorEdition
from shared.events.monitoring import MeterSaving, SavingsVerified

BASIS = "as metered, weather-normalised"
"""As metered and weather-normalised; never merged with savings adjusted to present use or modelled."""

_STORED = Decimal("0.0001")
_STORED_FRACTION = Decimal("0.000001")
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterResult:
    """One meter's avoided energy, and the factor of its fuel (kgCO2e per kWh)."""

    meter: Meter
    energy: AvoidedEnergy
    factor: Decimal

    @property
    def drift_band_kwh(self) -> Decimal:
        """The part of the total band that is not the model's: the drift of untreated buildings."""
        return (self.energy.total_band_kwh**2 - self.energy.model_band_kwh**2).sqrt()

    def as_part(self) -> MeterSaving:
        """The result as it is published."""
        return MeterSaving(
            meter_id=self.meter.meter_id,
            fuel=self.meter.fuel,
            counterfactual_kwh=self.energy.counterfactual_kwh,
            observed_kwh=self.energy.observed_kwh,
            avoided_kwh=self.energy.avoided_kwh,
            model_band_kwh=self.energy.model_band_kwh,
            total_band_kwh=self.energy.total_band_kwh,
            factor_kg_co2e_per_kwh=self.factor,
            saved_kg_co2e=(self.energy.avoided_kwh * self.factor).quantize(_STORED),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """Who verified a saving of which period, when, and by which id it is known."""

    saving_id: UUID
    period_start: date
    period_end: date
    verified_on: date
    verifier_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """What the building really saved in a period; `energy` is the sum over its meters."""

    verified: Verified
    meters: tuple[MeterResult, ...]
    energy: AvoidedEnergy
    saved_kg_co2e: Decimal
    model_band_kg_co2e: Decimal
    total_band_kg_co2e: Decimal
    factor_edition: str
    temperatures_generated: bool

    @property
    def period_start(self) -> date:
        """The first day of the period."""
        return self.verified.period_start

    @property
    def period_end(self) -> date:
        """The day after the last of the period."""
        return self.verified.period_end

    @property
    def verdict(self) -> str:
        """One plain sentence for the page, the notice and the report."""
        words = verdict_in_words(self.energy)
        if not self.temperatures_generated:
            return words
        return f"{words} The temperatures are generated for the demonstration."

    def as_event(self, application_id: UUID) -> SavingsVerified:
        """The saving as it is published."""
        return SavingsVerified(
            application_id=application_id,
            saving_id=self.verified.saving_id,
            basis=BASIS,
            period_start=self.period_start,
            period_end=self.period_end,
            meters=tuple(result.as_part() for result in self.meters),
            avoided_kwh=self.energy.avoided_kwh,
            counterfactual_kwh=self.energy.counterfactual_kwh,
            model_band_kwh=self.energy.model_band_kwh,
            total_band_kwh=self.energy.total_band_kwh,
            saved_kg_co2e=self.saved_kg_co2e,
            model_band_kg_co2e=self.model_band_kg_co2e,
            total_band_kg_co2e=self.total_band_kg_co2e,
            confidence_percent=int(self.energy.confidence * 100),
            distinguishable=self.energy.distinguishable,
            factor_edition=self.factor_edition,
            verified_on=self.verified.verified_on,
            verifier_id=self.verified.verifier_id,
            temperatures_generated=self.temperatures_generated,
        )


def sum_saving(
    results: Sequence[MeterResult],
    verified: Verified,
    edition: FactorEdition,
    *,
    temperatures_generated: bool,
) -> Saving:
    """Add the meters up; a change can be told only where it shows in kWh and in kgCO2e."""
    factors = [result.factor for result in results]
    saved = sum((result.energy.avoided_kwh * result.factor for result in results), Decimal(0))
    model_band, total_band = _bands(results, factors)
    energy = _sum_energy(results)
    told = energy.distinguishable and abs(saved) > total_band
    return Saving(
        verified=verified,
        meters=tuple(results),
        energy=replace(energy, distinguishable=told),
        saved_kg_co2e=saved.quantize(_STORED),
        model_band_kg_co2e=model_band.quantize(_STORED),
        total_band_kg_co2e=total_band.quantize(_STORED),
        factor_edition=edition.name,
        temperatures_generated=temperatures_generated,
    )


def _sum_energy(results: Sequence[MeterResult]) -> AvoidedEnergy:
    counterfactual = sum((result.energy.counterfactual_kwh for result in results), Decimal(0))
    observed = sum((result.energy.observed_kwh for result in results), Decimal(0))
    model_band, total_band = _bands(results, [_ONE] * len(results))
    avoided = counterfactual - observed
    return replace(
        results[0].energy,
        counterfactual_kwh=counterfactual,
        observed_kwh=observed,
        avoided_kwh=avoided,
        fraction=(avoided / counterfactual).quantize(_STORED_FRACTION),
        model_band_kwh=model_band.quantize(_STORED),
        total_band_kwh=total_band.quantize(_STORED),
        distinguishable=abs(avoided) > total_band,
    )


def _bands(results: Sequence[MeterResult], weights: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """The model band and the total band of the sum of these results, each times its weight."""
    weighted = list(zip(results, weights, strict=True))
    model_squared = sum(
        ((result.energy.model_band_kwh * weight) ** 2 for result, weight in weighted), Decimal(0)
    )
    drift = sum((result.drift_band_kwh * weight for result, weight in weighted), Decimal(0))
    return model_squared.sqrt(), (model_squared + drift**2).sqrt()
