"""A sample is drawn by its seed alone: anybody draws it again, and every penny has its chance."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contributions.domain.samples.drawing import (
    Candidate,
    Drawn,
    Method,
    SampleOrder,
    check_order,
    draw,
)
from shared.errors import Invalid

ORDER = SampleOrder(
    organisation="local-authority-eng:XMP",
    first_on=date(2025, 4, 1),
    last_on=date(2026, 3, 31),
    count=3,
    method=Method.SIMPLE_RANDOM,
    seed="2025/26, C.B.",
)
POPULATIONS = st.lists(st.integers(1, 1_000_000_00), max_size=60).map(
    lambda sums: [Candidate(position, pence) for position, pence in enumerate(sums, start=1)]
)


@given(POPULATIONS, st.integers(1, 40), st.text(min_size=1, max_size=20), st.sampled_from(Method))
def test_the_same_order_draws_the_same_entries_in_whatever_order_they_were_read(
    population: list[Candidate], count: int, seed: str, method: Method
) -> None:
    order = replace(ORDER, count=count, seed=seed, method=method)

    drawn = draw(order, population)

    assert drawn == draw(order, population[::-1])
    assert [each.position for each in drawn] == sorted({each.position for each in drawn})


@given(POPULATIONS, st.integers(1, 40), st.text(min_size=1, max_size=20))
def test_a_simple_sample_has_as_many_entries_as_asked_or_all_there_are(
    population: list[Candidate], count: int, seed: str
) -> None:
    drawn = draw(replace(ORDER, count=count, seed=seed), population)

    assert len(drawn) == min(count, len(population))


@given(POPULATIONS, st.integers(1, 40), st.text(min_size=1, max_size=20))
def test_a_monetary_sample_falls_as_often_as_asked_and_never_misses_an_entry_above_the_step(
    population: list[Candidate], count: int, seed: str
) -> None:
    drawn = draw(replace(ORDER, count=count, seed=seed, method=Method.MONETARY_UNIT), population)
    total_pence = sum(each.amount_pence for each in population)

    assert sum(each.times for each in drawn) == min(count, total_pence)
    step = total_pence // count
    positions = {each.position for each in drawn}
    # The remainder of the division lies behind the last step: only there may a large entry be missed.
    assert all(
        each.position in positions
        for each in population[:-1]
        if each.amount_pence >= 2 * step + total_pence % count and step
    )


def test_the_draw_is_the_one_that_the_pack_explains() -> None:
    population = [Candidate(1, 100), Candidate(2, 1), Candidate(3, 199)]
    start = int.from_bytes(sha256(b"seed").digest()) % 100
    by_digest = sorted((1, 2, 3), key=lambda position: sha256(f"seed:{position}".encode()).digest())

    monetary = draw(replace(ORDER, seed="seed", method=Method.MONETARY_UNIT), population)
    simple = draw(replace(ORDER, seed="seed", count=2), population)

    assert monetary == [Drawn(1), Drawn(3, 2)] if start else [Drawn(1), Drawn(2), Drawn(3)]
    assert [each.position for each in simple] == sorted(by_digest[:2])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"count": 0}, "count"),
        ({"count": 201}, "count"),
        ({"seed": " "}, "seed"),
        ({"organisation": "Islington"}, "organisation"),
        ({"last_on": date(2025, 3, 31)}, "last_on"),
    ],
)
def test_a_wrong_order_is_refused_by_its_field(change: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_order(replace(ORDER, **change))  # type: ignore[arg-type]

    assert [problem.field for problem in refusal.value.problems] == [field]
