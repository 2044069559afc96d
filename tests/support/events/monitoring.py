"""Builders of what the monitoring service publishes."""

from datetime import date
from decimal import Decimal
from typing import Any

from shared.carbon.quantities import Fuel
from shared.events import monitoring
from tests.support.events.ids import (
    APPLICATION_ID,
    BUNHILL,
    CLAIM_ID,
    METER_ID,
    REQUESTED_PENCE,
    SAVING_ID,
    made,
)
from tests.support.people import VERIFIER


def project_started(**changes: Any) -> monitoring.ProjectStarted:
    return made(
        monitoring.ProjectStarted,
        changes,
        application_id=APPLICATION_ID,
        building_name="Old Street Community Hall",
        ward=BUNHILL,
        promised_kwh=Decimal(12_000),
        promised_kg_co2e=Decimal("2206.20"),
        started_on=date(2019, 12, 2),
    )


def milestone_verified(**changes: Any) -> monitoring.MilestoneVerified:
    return made(
        monitoring.MilestoneVerified,
        changes,
        application_id=APPLICATION_ID,
        claim_id=CLAIM_ID,
        milestone="Roof insulated",
        amount_pence=REQUESTED_PENCE,
        verified_on=date(2021, 3, 15),
        verifier_id=VERIFIER.id,
    )


def works_completed(**changes: Any) -> monitoring.WorksCompleted:
    return made(
        monitoring.WorksCompleted,
        changes,
        application_id=APPLICATION_ID,
        completed_on=date(2021, 3, 26),
    )


def boundary_declared(**changes: Any) -> monitoring.BoundaryDeclared:
    return made(
        monitoring.BoundaryDeclared,
        changes,
        application_id=APPLICATION_ID,
        complete=True,
        fuels=(Fuel.NATURAL_GAS,),
        reason="Gas is the only fuel that heats the hall, and the works touch nothing else.",
    )


def baseline_frozen(**changes: Any) -> monitoring.BaselineFrozen:
    return made(
        monitoring.BaselineFrozen,
        changes,
        application_id=APPLICATION_ID,
        meter_id=METER_ID,
        fuel=Fuel.NATURAL_GAS,
        station="Invented station",
        period_start=date(2020, 4, 2),
        period_end=date(2021, 4, 2),
        balance_point_celsius=Decimal("15.5"),
        intercept_kwh_per_day=Decimal("4.20"),
        slope_kwh_per_degree_day=Decimal("2.35"),
    )


def meter_saving(**changes: Any) -> monitoring.MeterSaving:
    return made(
        monitoring.MeterSaving,
        changes,
        meter_id=METER_ID,
        fuel=Fuel.NATURAL_GAS,
        counterfactual_kwh=Decimal(48_000),
        observed_kwh=Decimal(37_000),
        avoided_kwh=Decimal(11_000),
        model_band_kwh=Decimal(1_500),
        total_band_kwh=Decimal(2_000),
        factor_kg_co2e_per_kwh=Decimal("0.18316"),
        saved_kg_co2e=Decimal("2014.76"),
    )


def savings_verified(**changes: Any) -> monitoring.SavingsVerified:
    return made(
        monitoring.SavingsVerified,
        changes,
        application_id=APPLICATION_ID,
        saving_id=SAVING_ID,
        basis="metered, weather-normalised",
        period_start=date(2021, 4, 2),
        period_end=date(2022, 4, 2),
        meters=(meter_saving(),),
        avoided_kwh=Decimal(11_000),
        counterfactual_kwh=Decimal(48_000),
        model_band_kwh=Decimal(1_500),
        total_band_kwh=Decimal(2_000),
        saved_kg_co2e=Decimal("2014.76"),
        model_band_kg_co2e=Decimal("274.74"),
        total_band_kg_co2e=Decimal("366.32"),
        confidence_percent=90,
        distinguishable=True,
        factor_edition="UK Government GHG Conversion Factors for Company Reporting 2021, version 2",
        verified_on=date(2022, 5, 3),
        verifier_id=VERIFIER.id,
    )
