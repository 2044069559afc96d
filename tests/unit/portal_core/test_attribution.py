"""Kilograms are ascribed to pots by their pence, and add up to the whole exactly."""

from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.portal.public.attribution import attribute

FIRST, SECOND, THIRD = (UUID(int=number) for number in (1, 2, 3))
KILOGRAMS = st.decimals(min_value=-(10**7), max_value=10**7, places=5)
SHARES = st.dictionaries(st.uuids(), st.integers(0, 10**10), min_size=1, max_size=6)


def test_a_pot_that_bore_a_third_of_the_grant_is_given_a_third_of_the_kilograms() -> None:
    parts = attribute(Decimal(300), {FIRST: 10_000_00, SECOND: 20_000_00})

    assert parts == {FIRST: Decimal("100.000"), SECOND: Decimal("200.000")}


def test_the_gram_that_is_left_over_goes_to_the_largest_remainder() -> None:
    parts = attribute(Decimal("0.001"), {FIRST: 1, SECOND: 2})

    assert parts == {FIRST: Decimal("0.000"), SECOND: Decimal("0.001")}


def test_equal_remainders_are_settled_in_the_order_of_the_pots() -> None:
    parts = attribute(Decimal(100), {THIRD: 1, FIRST: 1, SECOND: 1})

    assert parts == {FIRST: Decimal("33.334"), SECOND: Decimal("33.333"), THIRD: Decimal("33.333")}


def test_a_building_that_used_more_takes_kilograms_away() -> None:
    assert attribute(Decimal(-3), {FIRST: 1, SECOND: 2}) == {
        FIRST: Decimal("-1.000"),
        SECOND: Decimal("-2.000"),
    }


@pytest.mark.parametrize("shares", [{}, {FIRST: 0}])
def test_without_a_penny_there_is_nothing_to_ascribe(shares: dict[UUID, int]) -> None:
    assert attribute(Decimal(5), shares) == {}


@given(KILOGRAMS, SHARES.filter(lambda shares: sum(shares.values()) > 0))
def test_the_parts_add_up_to_the_whole_exactly(whole: Decimal, shares: dict[UUID, int]) -> None:
    parts = attribute(whole, shares)

    assert sum(parts.values()) == whole


@given(KILOGRAMS, SHARES.filter(lambda shares: sum(shares.values()) > 0))
def test_no_part_is_further_than_one_unit_from_its_due(whole: Decimal, shares: dict[UUID, int]) -> None:
    parts = attribute(whole, shares)

    total = sum(shares.values())
    assert all(
        abs(parts[pot] * total - whole * pence) <= total * Decimal("0.001") for pot, pence in shares.items()
    )
