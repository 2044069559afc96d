"""What is sent to the fund: the facts of a complete application, as the published language says them."""

from datetime import date
from uuid import UUID

from services.applications.domain.organisation import Organisation
from services.applications.domain.request import figures
from services.applications.domain.saving import PromisedSaving
from services.applications.domain.sections import Answers, BuildingAnswers, Energy
from services.applications.domain.task_list import promised
from shared.events.applications import AnnualEnergy, ApplicationSubmitted, Building, FundTerms, Measure


def submission_of(
    application_id: UUID,
    reference: str,
    terms: FundTerms,
    organisation: Organisation,
    answers: Answers,
    submitted_on: date,
) -> ApplicationSubmitted:
    """The submission of complete answers, its saving promised with the factors of that day."""
    assert answers.building, "only complete answers are sent"
    assert answers.energy, "only complete answers are sent"
    saving, sums = promised(answers, terms, on=submitted_on), figures(answers, terms)
    return ApplicationSubmitted(
        application_id=application_id,
        reference=reference,
        fund=terms,
        organisation_id=organisation.id,
        organisation_name=organisation.name,
        organisation_kind=organisation.kind,
        people=organisation.people,
        building=_building(answers.building),
        measures=_measures(saving),
        energy=_energy(answers.energy),
        energy_missing=not answers.energy.energy,
        total_cost_pence=sums.total_cost_pence,
        eligible_cost_pence=sums.eligible_cost_pence,
        match_funding_pence=sums.match_funding_pence,
        requested_pence=sums.requested_pence or 0,
        quotes=sums.quotes,
        promised_kwh=saving.promised_kwh,
        promised_kg_co2e=saving.promised_kg_co2e,
        factor_edition=saving.factor_edition,
        submitted_on=submitted_on,
    )


def _building(answers: BuildingAnswers) -> Building:
    return Building(
        name=answers.name or "",
        address=answers.address or "",
        ward=answers.ward or "",
        use=answers.use or "",
        uprn=answers.uprn or None,
        latitude=answers.latitude,
        longitude=answers.longitude,
    )


def _measures(saving: PromisedSaving) -> tuple[Measure, ...]:
    return tuple(
        Measure(
            measure_id=measure.measure_id,
            kind=measure.kind,
            fuel=measure.fuel,
            lifetime_years=measure.lifetime_years,
            promised_kwh=measure.promised_kwh,
            promised_kg_co2e=measure.promised_kg_co2e,
            added_fuel=measure.added_fuel,
            added_kwh=measure.added_kwh or None,
        )
        for measure in saving.measures
        if measure.measure_id is not None
    )


def _energy(answers: Energy) -> tuple[AnnualEnergy, ...]:
    return tuple(
        AnnualEnergy(fuel=use.fuel, period_start=use.period_start, period_end=use.period_end, kwh=use.kwh)
        for use in answers.energy
        if use.fuel and use.period_start and use.period_end and use.kwh
    )
