"""How much an application may ask for, from its costs, its match funding and the fund's terms."""

from dataclasses import dataclass

from services.applications.domain.sections import Answers, Costs, MatchFunding
from shared.errors import Invalid
from shared.events.applications import FundTerms
from shared.wording import in_pounds

WHOLE_PERCENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The sums of an application in pence; `highest_request_pence` is the most it may ask for."""

    total_cost_pence: int
    eligible_cost_pence: int
    match_funding_pence: int
    requested_pence: int | None
    highest_request_pence: int
    quotes: int


def figures(answers: Answers, terms: FundTerms) -> Figures:
    """The sums of what has been answered so far."""
    costs, money = answers.costs or Costs(), answers.match_funding or MatchFunding()
    return Figures(
        total_cost_pence=costs.total_pence,
        eligible_cost_pence=costs.eligible_pence,
        match_funding_pence=money.total_pence,
        requested_pence=money.requested_pence,
        highest_request_pence=min(limit for limit, _ in _limits(costs.eligible_pence, money, terms)),
        quotes=costs.quotes,
    )


def request_refusal(answers: Answers, terms: FundTerms) -> Invalid | None:
    """Why the sum asked for is too high, with the figure above which it cannot go; None if it is not."""
    costs, money = answers.costs, answers.match_funding
    if costs is None or money is None or money.requested_pence is None:
        return None
    limit, because = min(_limits(costs.eligible_pence, money, terms))
    if money.requested_pence <= limit:
        return None
    asked, most = in_pounds(money.requested_pence), in_pounds(limit)
    message = f"You ask for {asked}. You can ask for at most {most}: {because}."
    return Invalid("request.too_high", message, field="requested_pence")


def _limits(eligible_pence: int, money: MatchFunding, terms: FundTerms) -> list[tuple[int, str]]:
    percent, eligible = terms.grant_percent_limit, in_pounds(eligible_pence)
    others = f"{in_pounds(money.total_pence)} from others"
    return [
        (eligible_pence * percent // WHOLE_PERCENT, f"{percent} per cent of the eligible cost of {eligible}"),
        (max(0, eligible_pence - money.total_pence), f"the eligible cost of {eligible} less {others}"),
        (terms.maximum_grant_pence, f"the largest grant of {terms.name}"),
    ]
