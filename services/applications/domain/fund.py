"""A fund that takes applications: its policy is data, checked once when it opens."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.applications.domain.checks import pence_refusal, required_refusal
from services.applications.domain.organisation import OrganisationKind
from shared.checks import organisation_refusal, refuse_all
from shared.errors import Invalid
from shared.events.applications import Criterion, FundOpened, FundTerms

WHOLE_PERCENT = 100
MOST_QUOTES = 10
MEASURE_KIND = re.compile(r"[a-z][a-z0-9_]{1,39}")


@dataclass(frozen=True, slots=True)
class Fund:
    """A fund, the first day on which applications may be sent to it, and its terms."""

    id: UUID
    opens_on: date
    terms: FundTerms


def open_fund(terms: FundTerms, *, opens_on: date) -> tuple[Fund, FundOpened]:
    """The fund under these terms; Invalid names every term that cannot stand."""
    refuse_all(
        "fund.invalid",
        [
            required_refusal(terms.name, field="terms.name", name="The fund's name"),
            organisation_refusal(terms.organisation, field="terms.organisation"),
            *_list_refusals(terms),
            *_organisation_kind_refusals(terms.organisation_kinds),
            *_measure_kind_refusals(terms.measure_kinds),
            _percent_refusal(terms.grant_percent_limit, "terms.grant_percent_limit", "The grant's share"),
            pence_refusal(
                terms.maximum_grant_pence, field="terms.maximum_grant_pence", name="The largest grant"
            ),
            _quotes_refusal(terms.minimum_quotes),
            *_criteria_refusals(terms.criteria),
        ],
    )
    return Fund(terms.fund_id, opens_on, terms), FundOpened(
        fund_id=terms.fund_id, opens_on=opens_on, terms=terms
    )


def _list_refusals(terms: FundTerms) -> Iterator[Invalid]:
    lists = {
        "purposes": (terms.purposes, "purpose that its money may be spent on"),
        "wards": (terms.wards, "ward that buildings may stand in"),
        "organisation_kinds": (terms.organisation_kinds, "kind of organisation that may apply"),
        "measure_kinds": (terms.measure_kinds, "kind of measure that may be paid for"),
    }
    for name, (values, what) in lists.items():
        if not values or not all(value.strip() for value in values):
            yield Invalid("fund.list_empty", f"Name at least one {what}.", field=f"terms.{name}")
        repeated = [value for value, count in Counter(values).items() if count > 1]
        if repeated:
            yield Invalid("fund.list_repeats", f"{repeated[0]} is listed twice.", field=f"terms.{name}")


def _organisation_kind_refusals(kinds: tuple[str, ...]) -> Iterator[Invalid]:
    for kind in kinds:
        if kind not in set(OrganisationKind):
            message = f"{kind} is not a kind of organisation. The kinds are: {', '.join(OrganisationKind)}."
            yield Invalid("fund.organisation_kind", message, field="terms.organisation_kinds")


def _measure_kind_refusals(kinds: tuple[str, ...]) -> Iterator[Invalid]:
    for kind in kinds:
        if not MEASURE_KIND.fullmatch(kind):
            message = f"Write {kind!r} in small letters with underscores, such as loft_insulation."
            yield Invalid("fund.measure_kind", message, field="terms.measure_kinds")


def _percent_refusal(percent: int, field: str, name: str) -> Invalid | None:
    if 1 <= percent <= WHOLE_PERCENT:
        return None
    message = f"{name} must be from 1 to {WHOLE_PERCENT} per cent."
    return Invalid("fund.percent", message, field=field)


def _quotes_refusal(quotes: int) -> Invalid | None:
    if 0 <= quotes <= MOST_QUOTES:
        return None
    message = f"The quotes that are asked for must be from 0 to {MOST_QUOTES}."
    return Invalid("fund.quotes", message, field="terms.minimum_quotes")


def _criteria_refusals(criteria: tuple[Criterion, ...]) -> Iterator[Invalid | None]:
    for row, criterion in enumerate(criteria):
        place = f"terms.criteria.{row}"
        yield required_refusal(criterion.code, field=f"{place}.code", name="The criterion's code")
        yield required_refusal(criterion.title, field=f"{place}.title", name="The criterion's title")
        yield _percent_refusal(criterion.weight_percent, f"{place}.weight_percent", "The weight")
    if len({criterion.code for criterion in criteria}) != len(criteria):
        yield Invalid("fund.criteria_repeat", "Two criteria have the same code.", field="terms.criteria")
    total = sum(criterion.weight_percent for criterion in criteria)
    if total != WHOLE_PERCENT:
        message = f"The weights of the criteria add up to {total}, not {WHOLE_PERCENT}. Change them."
        yield Invalid("fund.weights", message, field="terms.criteria")
