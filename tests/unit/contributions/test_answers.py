from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contributions.domain.grants.answers import Answer, AskedAward, answer_in_turn
from services.contributions.domain.pots.pot import AvailablePot, Share
from shared.errors import Conflict
from tests.support.contributions import a_pot, an_award, an_id


def asked(number: int, pence: int, application: int | None = None) -> AskedAward:
    """An award of an application of its own, or of the one that is named."""
    name = f"application {number if application is None else application}"
    return AskedAward(an_id(f"award {number}"), an_award(pence, application_id=an_id(name)))


def two_pots() -> list[AvailablePot]:
    return [
        a_pot("later", 50_00, spend_by_on=date(2025, 1, 1)),
        a_pot("sooner", 50_00, spend_by_on=date(2024, 1, 1)),
    ]


def test_an_award_finds_what_the_one_before_it_left() -> None:
    later, sooner = two_pots()

    first, second = answer_in_turn([asked(1, 30_00), asked(2, 30_00)], {}, [later, sooner])

    assert first.shares == (Share(sooner.pot.id, 30_00),)
    assert second.shares == (Share(sooner.pot.id, 20_00), Share(later.pot.id, 10_00))


def test_a_refused_award_takes_nothing_from_the_next() -> None:
    answers = answer_in_turn([asked(1, 90_00), asked(2, 10_01), asked(3, 10_00)], {}, two_pots())

    assert [answer.shortfall and answer.shortfall.shortfall_pence for answer in answers] == [None, 1, None]


def test_a_refused_application_may_be_awarded_less_and_its_facts_are_counted() -> None:
    refused, held = answer_in_turn([asked(1, 100_01, 7), asked(2, 100_00, 7)], {}, two_pots())

    assert (refused.funding.version, held.funding.version) == (1, 2)
    assert held.funding.held.amount_pence == 100_00


def test_a_second_award_while_money_is_held_is_a_conflict() -> None:
    with pytest.raises(Conflict, match="another award"):
        answer_in_turn([asked(1, 1_00, 7), asked(2, 1_00, 7)], {}, two_pots())


@given(awards=st.lists(st.integers(1, 60_00), max_size=8), pots=st.lists(st.integers(1, 60_00), max_size=5))
def test_answering_many_is_answering_each_over_what_is_left(awards: list[int], pots: list[int]) -> None:
    available = [a_pot(f"pot {number}", pence) for number, pence in enumerate(pots)]

    answers = answer_in_turn([asked(*each) for each in enumerate(awards)], {}, available)

    assert [answer.shares for answer in answers] == [
        each.shares for each in _one_by_one(awards, dict(enumerate(available)))
    ]
    taken = sum(share.amount_pence for answer in answers for share in answer.shares)
    assert taken <= sum(pots)


def _one_by_one(awards: list[int], pots: dict[int, AvailablePot]) -> list[Answer]:
    answers = []
    for number, pence in enumerate(awards):
        (answer,) = answer_in_turn([asked(number, pence)], {}, pots.values())
        for share in answer.shares:
            place = next(place for place, pot in pots.items() if pot.pot.id == share.pot_id)
            left = pots[place].available_pence - share.amount_pence
            pots[place] = AvailablePot(pots[place].pot, left)
        answers.append(answer)
    return answers
