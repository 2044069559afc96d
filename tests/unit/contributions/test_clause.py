from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contributions.domain.pricing.calculation import Earlier, Worked, fixed, under_policy
from services.contributions.domain.pricing.clause import Clause, Tranche, obligations_of, split
from services.contributions.domain.register.trigger import Trigger, TriggerKind
from shared.errors import Invalid
from tests.support.contributions import GREEN, an_id
from tests.support.pricing import a_policy, a_statement

COMMENCEMENT = Trigger(kind=TriggerKind.COMMENCEMENT)
FIFTIETH = Trigger(kind=TriggerKind.NTH_OCCUPATION, dwelling=50)


def tranche(percent: str, due_on: Trigger = COMMENCEMENT, **changes: Any) -> Tranche:
    fields: dict[str, Any] = {
        "obligation_id": an_id(f"tranche {percent} {due_on.kind}"),
        "percent": Decimal(percent),
        "trigger": "Before the development begins",
        "due_on": due_on,
    }
    return Tranche(**(fields | changes))


def clause(*tranches: Tranche, fee: Tranche | None = None) -> Clause:
    return Clause(
        clause="Schedule 3, paragraph 2", reference="COCM", purpose=GREEN, tranches=tranches, fee=fee
    )


def test_a_clause_in_tranches_is_one_obligation_for_each() -> None:
    first, second = obligations_of(
        clause(tranche("50"), tranche("50", FIFTIETH)), fixed(100_01), an_id("calculation")
    )

    assert (first.amount_pence, second.amount_pence) == (50_01, 50_00)
    assert (first.reference, second.reference) == ("COCM/1", "COCM/2")
    assert (second.tranche_number, second.tranche_count, second.due_on) == (2, 2, FIFTIETH)
    assert first.clause == second.clause == "Schedule 3, paragraph 2"
    assert first.calculation_id == second.calculation_id == an_id("calculation")


def test_a_clause_in_one_part_keeps_its_reference() -> None:
    (only,) = obligations_of(clause(tranche("100")), fixed(100_00), None)

    assert (only.reference, only.amount_pence) == ("COCM", 100_00)


def test_three_thirds_leave_the_odd_penny_to_the_first() -> None:
    assert split(100_00, [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]) == [33_34, 33_33, 33_33]
    assert split(100_01, [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]) == [33_35, 33_33, 33_33]


@given(pence=st.integers(10_000, 10**12), cuts=st.sets(st.integers(1, 99), max_size=19))
def test_tranches_add_up_to_the_penny(pence: int, cuts: set[int]) -> None:
    edges = [0, *sorted(cuts), 100]
    percents = [Decimal(end - start) for start, end in pairwise(edges)]

    shares = split(pence, percents)

    assert sum(shares) == pence
    for share, percent in zip(shares[1:], percents[1:], strict=True):
        assert share == pence * percent // 100
    assert 0 <= shares[0] - pence * percents[0] // 100 < len(shares)


@pytest.mark.parametrize(
    ("percents", "field"),
    [
        (["101"], "tranches.0.percent"),
        (["50", "0"], "tranches.1.percent"),
        (["50", "-50", "100"], "tranches.1.percent"),
        (["50", "49.99"], "tranches.0.percent"),
        (["60", "50"], "tranches.0.percent"),
        (["33.33333", "66.66667"], "tranches.0.percent"),
        ([], "tranches"),
        (["5"] * 20 + ["0.1"], "tranches"),
    ],
)
def test_shares_that_are_not_the_whole_are_refused_by_field(percents: list[str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        split(100_00, [Decimal(each) for each in percents])

    assert field in {problem.field for problem in refused.value.problems}


def test_a_tranche_of_nothing_is_refused() -> None:
    with pytest.raises(Invalid, match="less than a penny") as refused:
        split(10, [Decimal(99), Decimal(1)])

    assert refused.value.problems[0].field == "tranches.1.percent"


def test_each_tranche_is_told_what_is_wrong_with_its_own_trigger() -> None:
    wrong = Trigger(kind=TriggerKind.NTH_OCCUPATION)

    with pytest.raises(Invalid) as refused:
        obligations_of(clause(tranche("50", trigger=" "), tranche("50", wrong)), fixed(100_00), None)

    assert {problem.field for problem in refused.value.problems} == {
        "tranches.0.trigger",
        "tranches.1.trigger_dwelling",
    }


def with_a_fee() -> Worked:
    policy = a_policy(price_pence_per_tonne=1_800_00, management_fee_percent=Decimal(10), minimum_factors=())
    return under_policy(policy, a_statement("12.345"))


def test_a_management_fee_is_an_obligation_of_its_own() -> None:
    obligations = obligations_of(clause(tranche("100"), fee=tranche("100", FIFTIETH)), with_a_fee(), None)

    fee = obligations[-1]
    assert (fee.reference, fee.purpose, fee.amount_pence) == ("COCM/fee", "monitoring-fees", 2_222_10)
    assert (fee.due_on, fee.tranche_number) == (FIFTIETH, None)


def test_a_policy_with_a_fee_needs_to_know_when_the_fee_is_due() -> None:
    with pytest.raises(Invalid, match="adds a management fee") as refused:
        obligations_of(clause(tranche("100")), with_a_fee(), None)

    assert refused.value.problems[0].field == "fee"


def test_as_built_with_nothing_more_due_there_is_no_obligation() -> None:
    earlier = Earlier(calculation_id=an_id("calculation"), owed_pence=100_00)

    assert (
        obligations_of(clause(tranche("100")), under_policy(a_policy(), a_statement("0"), earlier), None)
        == []
    )


def test_nothing_left_is_nothing_owed() -> None:
    worked = under_policy(a_policy(), a_statement("0"))

    with pytest.raises(Invalid, match="nothing is owed"):
        obligations_of(clause(tranche("100")), worked, None)
