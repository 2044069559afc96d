"""Holds an application against each rule of the fund, as the fund's terms stood when it was submitted."""

from shared.events.applications import AnnualEnergy, ApplicationSubmitted
from shared.events.assessment import ScreeningCheck
from shared.wording import in_pounds

DAYS_OF_TWELVE_MONTHS = 365


def screen(application: ApplicationSubmitted) -> tuple[ScreeningCheck, ...]:
    """One check per rule, in the order in which people ask; eligible means that all are passed."""
    return (
        _organisation_kind(application),
        _ward(application),
        _measures(application),
        _maximum(application),
        _percent(application),
        _quotes(application),
        _energy(application),
        _covered(application),
    )


def _check(rule: str, passed: bool, met: str, not_met: str) -> ScreeningCheck:
    return ScreeningCheck(rule=rule, passed=passed, explanation=met if passed else not_met)


def _organisation_kind(application: ApplicationSubmitted) -> ScreeningCheck:
    kind, allowed = application.organisation_kind, application.fund.organisation_kinds
    return _check(
        "organisation_kind",
        kind in allowed,
        f"The fund is open to this kind of organisation ({_plain(kind)}).",
        f"The fund is not open to this kind of organisation ({_plain(kind)}), only to: {_listed(allowed)}.",
    )


def _ward(application: ApplicationSubmitted) -> ScreeningCheck:
    ward = application.building.ward
    return _check(
        "ward",
        ward in application.fund.wards,
        f"The building is in a ward of the fund ({ward}).",
        f"The building is in {ward}, which is not a ward of the fund.",
    )


def _measures(application: ApplicationSubmitted) -> ScreeningCheck:
    allowed = application.fund.measure_kinds
    asked = {measure.kind for measure in application.measures}
    outside = sorted(asked.difference(allowed))
    return _check(
        "measures",
        bool(asked) and not outside,
        f"The fund pays for these works ({_listed(sorted(asked))}).",
        f"The fund does not pay for: {_listed(outside)}. It pays for: {_listed(allowed)}."
        if outside
        else "No works are named that the fund could pay for.",
    )


def _maximum(application: ApplicationSubmitted) -> ScreeningCheck:
    requested, maximum = application.requested_pence, application.fund.maximum_grant_pence
    return _check(
        "maximum_grant",
        requested <= maximum,
        f"{in_pounds(requested)} is within the largest grant of {in_pounds(maximum)}.",
        f"{in_pounds(requested)} is {in_pounds(requested - maximum)} above the largest grant "
        f"of {in_pounds(maximum)}.",
    )


def _percent(application: ApplicationSubmitted) -> ScreeningCheck:
    requested, eligible = application.requested_pence, application.eligible_cost_pence
    percent = application.fund.grant_percent_limit
    limit = f"{percent} % of the eligible cost of {in_pounds(eligible)}"
    return _check(
        "grant_percent",
        requested * 100 <= eligible * percent,
        f"{in_pounds(requested)} is within {limit}.",
        f"{in_pounds(requested)} is more than {limit}, which is {in_pounds(eligible * percent // 100)}.",
    )


def _quotes(application: ApplicationSubmitted) -> ScreeningCheck:
    given, needed = application.quotes, application.fund.minimum_quotes
    return _check(
        "quotes",
        given >= needed,
        f"Quotes given: {given}; the fund asks for {needed}.",
        f"Quotes given: {given}; the fund asks for {needed}, so {needed - given} more must be sent.",
    )


def _energy(application: ApplicationSubmitted) -> ScreeningCheck:
    if application.energy_missing:
        stated = (
            "Twelve months of energy use are not given, and the application states why. Weigh the reason."
        )
        return ScreeningCheck(rule="energy", passed=True, explanation=stated)
    short = [energy.fuel for energy in application.energy if not _covers_twelve_months(energy)]
    return _check(
        "energy",
        bool(application.energy) and not short,
        "Twelve months of energy use are given for each fuel.",
        f"Less than twelve months of energy use are given for: {_listed(short)}."
        if short
        else "No energy use is given, and no reason why.",
    )


def _covers_twelve_months(energy: AnnualEnergy) -> bool:
    return (energy.period_end - energy.period_start).days >= DAYS_OF_TWELVE_MONTHS


def _covered(application: ApplicationSubmitted) -> ScreeningCheck:
    found = application.match_funding_pence + application.requested_pence
    cost = application.total_cost_pence
    together = f"Match funding and grant come to {in_pounds(found)}"
    return _check(
        "cost_covered",
        found >= cost,
        f"{together}, which covers the cost of {in_pounds(cost)}.",
        f"{together}, which leaves {in_pounds(cost - found)} of the cost of {in_pounds(cost)} without money.",
    )


def _plain(code: str) -> str:
    return code.replace("_", " ").replace("-", " ")


def _listed(codes: tuple[str, ...] | list[str]) -> str:
    return ", ".join(_plain(code) for code in codes)
