from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contributions.domain.pots.drawing import Shortfall, Unlawful, choose_shares, why_unlawful
from services.contributions.domain.pots.pot import AvailablePot, Share
from shared.errors import Invalid
from tests.support.contributions import BUNHILL, GREEN, HILLRISE, a_pot, an_award, an_id


def test_the_award_draws_on_the_earliest_spend_by_first() -> None:
    later = a_pot("later", 50_00, spend_by_on=date(2025, 1, 1))
    sooner = a_pot("sooner", 50_00, spend_by_on=date(2024, 1, 1))

    shares = choose_shares(an_award(70_01), [later, sooner])

    assert shares == (Share(sooner.pot.id, 50_00), Share(later.pot.id, 20_01))


def test_pots_without_a_spend_by_date_come_last_and_are_flagged() -> None:
    undated = a_pot("undated", 50_00, spend_by_on=None)
    dated = a_pot("dated", 50_00, spend_by_on=date(2099, 1, 1))

    shares = choose_shares(an_award(60_00), [undated, dated])

    assert shares == (Share(dated.pot.id, 50_00), Share(undated.pot.id, 10_00, without_spend_by=True))


def test_pots_of_the_same_spend_by_are_drawn_in_the_order_of_their_ids() -> None:
    pots = [a_pot(name, 1_00) for name in "abcdef"]

    shares = choose_shares(an_award(6_00), pots)

    assert not isinstance(shares, Shortfall)
    assert [share.pot_id for share in shares] == sorted(each.pot.id for each in pots)


@pytest.mark.parametrize(
    ("pot", "reason"),
    [
        (a_pot("p", 1, organisation="local-authority-eng:HAL"), Unlawful.OTHER_ORGANISATION),
        (a_pot("p", 1, purpose="highways"), Unlawful.PURPOSE_NOT_IN_POLICY),
        (a_pot("p", 1, purpose=None), Unlawful.PURPOSE_NOT_IN_POLICY),
        (a_pot("p", 1, wards=frozenset({HILLRISE})), Unlawful.WARD_NOT_ALLOWED),
        (a_pot("p", 1, spend_by_on=date(2020, 2, 29)), Unlawful.SPEND_BY_PASSED),
        (a_pot("p", 1, spend_by_on=date(2020, 3, 1)), None),
        (a_pot("p", 1, wards=frozenset({HILLRISE, BUNHILL})), None),
        (a_pot("p", 1, purpose="highways", allowed_purposes=frozenset({GREEN})), None),
    ],
)
def test_a_pot_is_lawful_by_owner_purpose_ward_and_spend_by_day(
    pot: AvailablePot, reason: Unlawful | None
) -> None:
    assert why_unlawful(an_award(1), pot.pot) == reason


def test_an_award_above_all_lawful_pots_is_refused_with_its_shortfall() -> None:
    lawful = a_pot("lawful", 100_00)
    elsewhere = a_pot("elsewhere", 900_00, wards=frozenset({HILLRISE}))

    refusal = choose_shares(an_award(100_01), [lawful, elsewhere])

    assert refusal == Shortfall(requested_pence=100_01, lawfully_available_pence=100_00)
    assert refusal.shortfall_pence == 1


@pytest.mark.parametrize("pence", [0, -1])
def test_an_award_of_nothing_is_refused(pence: int) -> None:
    with pytest.raises(Invalid):
        choose_shares(an_award(pence), [a_pot("pot", 100_00)])


some_pots = st.lists(
    st.tuples(
        st.integers(0, 10_000_00),
        st.none() | st.dates(date(2018, 1, 1), date(2030, 1, 1)),
        st.sampled_from([frozenset[str](), frozenset({BUNHILL}), frozenset({HILLRISE})]),
        st.sampled_from([GREEN, "highways", None]),
    ),
    max_size=8,
).map(
    lambda drawn: [
        a_pot(str(index), pence, spend_by_on=spend_by_on, wards=wards, purpose=purpose)
        for index, (pence, spend_by_on, wards, purpose) in enumerate(drawn)
    ]
)


@given(pots=some_pots, pence=st.integers(1, 30_000_00), shuffled=st.randoms())
def test_an_award_is_split_to_the_penny_and_overdraws_no_pot(
    pots: list[AvailablePot], pence: int, shuffled: object
) -> None:
    award = an_award(pence)
    lawful = {each.pot.id: each for each in pots if why_unlawful(award, each.pot) is None}

    chosen = choose_shares(award, pots)

    if isinstance(chosen, Shortfall):
        assert (
            sum(each.available_pence for each in lawful.values()) == chosen.lawfully_available_pence < pence
        )
        return
    assert sum(share.amount_pence for share in chosen) == pence
    assert len({share.pot_id for share in chosen}) == len(chosen)
    assert all(0 < share.amount_pence <= lawful[share.pot_id].available_pence for share in chosen)
    drawn = [lawful[share.pot_id] for share in chosen]
    assert drawn == sorted(drawn, key=lambda each: each.pot.order)
    assert all(share.amount_pence == lawful[share.pot_id].available_pence for share in chosen[:-1])
    shuffled.shuffle(pots)  # type: ignore[attr-defined]
    assert choose_shares(award, pots) == chosen


def test_the_order_of_pots_is_the_order_balances_are_locked_in() -> None:
    pots = [a_pot("b", 1, spend_by_on=None), a_pot("a", 1), a_pot("c", 1, spend_by_on=date(2020, 1, 1))]

    ordered = sorted((each.pot for each in pots), key=lambda pot: pot.order)

    assert [pot.id for pot in ordered] == [an_id("c"), an_id("a"), an_id("b")]
