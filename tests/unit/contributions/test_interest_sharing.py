"""Interest shared out to the penny: by what each pot held, whatever order the pots come in."""

from fractions import Fraction
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contributions.domain.interest.digest import digest_of
from services.contributions.domain.interest.sharing import Held, share_out
from shared.errors import Invalid

HELD = st.dictionaries(st.uuids(), st.integers(0, 10**15), min_size=1, max_size=30).filter(
    lambda pots: any(pots.values())
)
PENCE = st.integers(1, 10**9)
ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))


def held(pots: dict[UUID, int]) -> list[Held]:
    return [Held(pot_id, pence_days) for pot_id, pence_days in pots.items()]


@given(pots=HELD, pence=PENCE)
def test_the_shares_add_up_and_none_is_a_penny_or_more_from_its_exact_part(
    pots: dict[UUID, int], pence: int
) -> None:
    shares = {share.pot_id: share.amount_pence for share in share_out(pence, held(pots))}

    total = sum(pots.values())
    assert sum(shares.values()) == pence
    assert all(
        abs(shares.get(pot_id, 0) - Fraction(pence * pence_days, total)) < 1
        for pot_id, pence_days in pots.items()
    )
    assert all(shares.values())


@given(pots=HELD, pence=PENCE, data=st.data())
def test_the_order_in_which_pots_come_does_not_matter(
    pots: dict[UUID, int], pence: int, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(held(pots)))

    shares = share_out(pence, held(pots))

    assert share_out(pence, shuffled) == shares
    assert digest_of(reversed(shares)) == digest_of(shares)


@given(pots=HELD, pence=PENCE)
def test_who_held_more_never_gets_less(pots: dict[UUID, int], pence: int) -> None:
    shares = {share.pot_id: share.amount_pence for share in share_out(pence, held(pots))}

    by_held = sorted(pots, key=lambda pot_id: pots[pot_id])
    for less, more in pairwise(by_held):
        if pots[less] < pots[more]:
            assert shares.get(less, 0) <= shares.get(more, 0)


def test_a_hundred_and_one_pence_over_three_equal_pots_go_to_the_lower_ids_first() -> None:
    shares = share_out(101, held({THREE: 5, ONE: 5, TWO: 5}))

    assert [(share.pot_id, share.amount_pence) for share in shares] == [(ONE, 34), (TWO, 34), (THREE, 33)]


def test_a_pot_that_held_nothing_gets_nothing() -> None:
    assert [share.pot_id for share in share_out(100, held({ONE: 0, TWO: 1}))] == [TWO]


@pytest.mark.parametrize("pots", [{}, {ONE: 0}])
def test_interest_on_nothing_is_refused(pots: dict[UUID, int]) -> None:
    with pytest.raises(Invalid) as refused:
        share_out(100, held(pots))

    assert refused.value.code == "interest.nothing_held"
