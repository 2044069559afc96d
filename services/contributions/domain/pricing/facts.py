"""Facts about prices and sums, as the published language words them."""

from uuid import UUID

from services.contributions.domain.pricing.calculation import Worked
from services.contributions.domain.pricing.policy import PricePolicy
from services.contributions.domain.pricing.statement import EnergyStatement
from services.contributions.domain.pricing.steps import Step
from shared.events import contributions as published


def policy_recorded(policy: PricePolicy) -> published.PricePolicyRecorded:
    """The version of the policy is in force from its day."""
    return published.PricePolicyRecorded(
        policy_id=policy.policy_id,
        version=policy.version,
        organisation=policy.organisation,
        policy_name=policy.name,
        basis=policy.basis,
        scope=policy.scope,
        price_pence_per_tonne=policy.price_pence_per_tonne,
        years=policy.years,
        series=tuple(
            published.YearOfPrices(
                year=each.year,
                price_pence_per_tonne=each.price_pence_per_tonne,
                kg_co2e_per_kwh=each.kg_co2e_per_kwh,
            )
            for each in policy.series
        ),
        pence_per_house=policy.dwelling_sums.house_pence,
        pence_per_flat=policy.dwelling_sums.flat_pence,
        pence_per_dwelling=policy.dwelling_sums.dwelling_pence,
        management_fee_percent=policy.management_fee_percent,
        minimum_factors=policy.minimum_factors,
        rounding=policy.rounding,
        valid_from=policy.valid_from,
        source=policy.source,
        source_url=policy.source_url,
    )


def statement_recorded(statement: EnergyStatement) -> published.EnergyStatementRecorded:
    """The statement was approved."""
    left, dwellings = statement.residual, statement.dwellings
    return published.EnergyStatementRecorded(
        agreement_id=statement.agreement_id,
        statement_id=statement.id,
        stage=statement.stage,
        reference=statement.reference,
        approved_on=statement.approved_on,
        houses=dwellings.houses,
        flats=dwellings.flats,
        dwellings=dwellings.dwellings,
        baseline_t_co2e=statement.baseline_t_co2e,
        domestic_regulated_t_co2e=left.domestic_regulated_t_co2e,
        domestic_unregulated_t_co2e=left.domestic_unregulated_t_co2e,
        non_domestic_regulated_t_co2e=left.non_domestic_regulated_t_co2e,
        non_domestic_unregulated_t_co2e=left.non_domestic_unregulated_t_co2e,
        electricity_kwh=statement.electricity_kwh,
        first_year=statement.first_year,
    )


def calculation_recorded(
    calculation_id: UUID,
    agreement_id: UUID,
    clause: str,
    worked: Worked,
    policy: PricePolicy | None,
    statement: EnergyStatement | None,
) -> published.CalculationRecorded:
    """The sum of a clause was worked out; policy and statement are None where the deed sets it itself."""
    return published.CalculationRecorded(
        agreement_id=agreement_id,
        calculation_id=calculation_id,
        clause=clause,
        policy_id=policy.policy_id if policy else None,
        policy_version=policy.version if policy else None,
        policy_name=policy.name if policy else None,
        policy_valid_from=policy.valid_from if policy else None,
        policy_source=policy.source if policy else None,
        policy_source_url=policy.source_url if policy else None,
        statement_id=statement.id if statement else None,
        statement_reference=statement.reference if statement else None,
        statement_stage=statement.stage if statement else None,
        statement_approved_on=statement.approved_on if statement else None,
        replaces_id=worked.replaces_id,
        rounding=worked.rounding.in_words,
        amount_pence=worked.amount_pence,
        due_pence=worked.due_pence,
        fee_pence=worked.fee_pence,
        steps=tuple(_told(step) for step in worked.steps),
    )


def _told(step: Step) -> published.CalculationStep:
    return published.CalculationStep(
        label=step.label,
        formula=step.formula,
        working=step.working,
        result=step.result.in_words,
        check=step.kind == "check",
        met=step.met,
    )
