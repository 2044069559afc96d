"""How much may be asked for, whatever the sums."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.applications.domain.request import figures, request_refusal
from services.applications.domain.sections import Answers, CostLine, Costs, MatchFunding, MatchFundingLine
from tests.support.events import terms

PENCE = st.integers(1, 10_000_000_00)


def line(net_pence: int, vat_pence: int = 0, *, recoverable: bool = False, eligible: bool = True) -> CostLine:
    return CostLine(net_pence=net_pence, vat_pence=vat_pence, vat_recoverable=recoverable, eligible=eligible)


def answers(costs: tuple[CostLine, ...], match_pence: int, requested_pence: int) -> Answers:
    match = (MatchFundingLine(source="Reserves", amount_pence=match_pence, confirmed=True),)
    return Answers(
        costs=Costs(costs=costs),
        match_funding=MatchFunding(match_funding=match, requested_pence=requested_pence),
    )


def test_vat_that_cannot_be_recovered_is_a_cost_and_what_the_fund_does_not_share_is_not_eligible() -> None:
    costs = (line(1000, 200), line(1000, 200, recoverable=True), line(500, 100, eligible=False))

    sums = figures(answers(costs, 100, 1), terms())

    assert (sums.total_cost_pence, sums.eligible_cost_pence) == (1200 + 1000 + 600, 1200 + 1000)


@pytest.mark.parametrize(
    ("net_pence", "match_pence", "limit", "because"),
    [
        (60_000_00, 30_000_00, "£30,000.00", "50 per cent of the eligible cost of £60,000.00"),
        (60_000_00, 45_000_00, "£15,000.00", "the eligible cost of £60,000.00 less £45,000.00 from others"),
        (900_000_00, 1, "£50,000.00", "the largest grant of Carbon Offset Fund"),
        (60_000_00, 70_000_00, "£0.00", "less £70,000.00 from others"),
    ],
)
def test_the_refusal_names_the_most_that_can_be_asked_for(
    net_pence: int, match_pence: int, limit: str, because: str
) -> None:
    refusal = request_refusal(answers((line(net_pence),), match_pence, 60_000_00), terms())

    assert refusal is not None
    assert refusal.problems[0].field == "requested_pence"
    assert f"at most {limit}: " in refusal.message
    assert because in refusal.message


def test_half_a_penny_is_not_granted() -> None:
    assert request_refusal(answers((line(101),), 1, 50), terms()) is None
    assert request_refusal(answers((line(101),), 1, 51), terms()) is not None


@given(net=PENCE, vat=st.integers(0, 1_000_00), match=PENCE, percent=st.integers(1, 100), maximum=PENCE)
def test_no_grant_with_match_funding_exceeds_the_eligible_cost(
    net: int, vat: int, match: int, percent: int, maximum: int
) -> None:
    policy = terms(grant_percent_limit=percent, maximum_grant_pence=maximum)

    sums = figures(answers((line(net, vat),), match, 1), policy)

    highest = sums.highest_request_pence
    assert 0 <= highest <= maximum
    assert highest * 100 <= sums.eligible_cost_pence * percent
    assert highest == 0 or highest + match <= sums.eligible_cost_pence


@given(net=PENCE, match=PENCE, requested=PENCE)
def test_a_request_is_refused_exactly_above_the_highest(net: int, match: int, requested: int) -> None:
    given_answers = answers((line(net),), match, requested)

    refused = request_refusal(given_answers, terms()) is not None

    assert refused == (requested > figures(given_answers, terms()).highest_request_pence)
