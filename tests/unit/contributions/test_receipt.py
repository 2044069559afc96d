from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contributions.domain.months import add_months
from services.contributions.domain.receipts.receipt import Receipt, record_receipt
from shared.errors import Invalid, NotFound
from tests.support.contributions import (
    BUNHILL,
    DEED_ON,
    GREEN,
    ISLINGTON,
    TODAY,
    a_due_agreement,
    an_agreement,
    an_id,
    an_obligation,
)


def a_receipt(
    *, amount_pence: int = 88_596_00, received_on: date = date(2019, 8, 31), of: str = "obligation"
) -> Receipt:
    return Receipt(
        id=an_id("receipt"), obligation_id=an_id(of), amount_pence=amount_pence, received_on=received_on
    )


def test_a_receipt_opens_a_pot_with_the_limits_of_its_deed() -> None:
    agreement = a_due_agreement(
        an_obligation(
            spend_by_months=6,
            wards=frozenset({BUNHILL}),
            allowed_purposes=frozenset({"community-facilities"}),
        )
    )

    pot = record_receipt(agreement, a_receipt(), today=TODAY)

    assert pot.id == an_id("receipt")
    assert pot.organisation == ISLINGTON
    assert pot.received_pence == 88_596_00
    assert pot.spendable_on == {GREEN, "community-facilities"}
    assert pot.wards == {BUNHILL}
    assert pot.spend_by_on == date(2020, 2, 29)


def test_a_pot_has_no_spend_by_date_where_the_deed_sets_none() -> None:
    pot = record_receipt(a_due_agreement(an_obligation(spend_by_months=None)), a_receipt(), today=TODAY)

    assert pot.spend_by_on is None


def test_money_may_arrive_on_the_day_of_the_deed_and_today() -> None:
    agreement = a_due_agreement(an_obligation())

    for received_on in (DEED_ON, TODAY):
        pot = record_receipt(agreement, a_receipt(received_on=received_on), today=TODAY)
        assert pot.received_on == received_on


@pytest.mark.parametrize(
    ("receipt", "code", "field"),
    [
        (a_receipt(amount_pence=0), "money.zero", "amount_pence"),
        (a_receipt(amount_pence=-1), "money.negative", "amount_pence"),
        (a_receipt(received_on=date(2019, 4, 16)), "receipt.before_deed", "received_on"),
        (a_receipt(received_on=date(2026, 11, 23)), "received_on.in_the_future", "received_on"),
    ],
)
def test_a_receipt_is_refused_by_field(receipt: Receipt, code: str, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        record_receipt(a_due_agreement(an_obligation()), receipt, today=TODAY)

    assert refusal.value.code == code
    assert [problem.field for problem in refusal.value.problems] == [field]


def test_nothing_is_received_before_the_trigger_is_met() -> None:
    with pytest.raises(Invalid) as refusal:
        record_receipt(an_agreement(an_obligation()), a_receipt(), today=TODAY)

    assert refusal.value.code == "receipt.not_due"


def test_no_more_is_received_than_is_still_owed() -> None:
    agreement = a_due_agreement(an_obligation())
    rest = a_receipt(amount_pence=8_596_00)

    with pytest.raises(Invalid) as refusal:
        record_receipt(agreement, rest, today=TODAY, received_before_pence=80_000_01)

    assert refusal.value.code == "receipt.above_outstanding"
    assert "£8,595.99" in refusal.value.message
    assert record_receipt(agreement, rest, today=TODAY, received_before_pence=80_000_00).received_pence


def test_money_for_an_obligation_of_another_agreement_is_not_found() -> None:
    with pytest.raises(NotFound):
        record_receipt(a_due_agreement(an_obligation()), a_receipt(of="another"), today=TODAY)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2019, 1, 31), 1, date(2019, 2, 28)),
        (date(2019, 11, 30), 3, date(2020, 2, 29)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2020, 2, 29), 48, date(2024, 2, 29)),
        (date(2019, 12, 15), 1, date(2020, 1, 15)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(
    start: date, months: int, end: date
) -> None:
    assert add_months(start, months) == end


@given(st.dates(date(1971, 1, 1), date(2100, 1, 1)), st.integers(1, 600))
def test_adding_months_lands_in_the_right_month_and_never_later_in_it(start: date, months: int) -> None:
    end = add_months(start, months)

    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day <= start.day
