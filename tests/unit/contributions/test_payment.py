from datetime import date

import pytest

from services.contributions.domain.grants.payment import Payment, PaymentState
from services.contributions.domain.pots.pot import Share
from shared.errors import Conflict, Forbidden, Invalid
from tests.support.contributions import TODAY, an_id


def a_payment() -> Payment:
    return Payment(
        id=an_id("payment"),
        claim_id=an_id("claim"),
        shares=(Share(an_id("1"), 30_00), Share(an_id("2"), 1)),
        claim_verified_on=date(2021, 3, 31),
        requested_by="rose",
    )


def test_a_payment_is_asked_for_approved_by_another_and_paid_by_finance() -> None:
    paid = (
        a_payment()
        .approve(by="amir")
        .mark_paid(voucher_reference="V-1", paid_on=date(2021, 3, 31), today=TODAY)
    )

    assert (paid.state, paid.approved_by, paid.voucher_reference) == (PaymentState.PAID, "amir", "V-1")
    assert paid.amount_pence == 30_01


def test_whoever_asked_cannot_approve() -> None:
    with pytest.raises(Forbidden):
        a_payment().approve(by="rose")


@pytest.mark.parametrize(
    ("voucher_reference", "paid_on", "code", "field"),
    [
        ("", date(2021, 4, 1), "voucher.missing", "voucher"),
        ("V-1", date(2021, 3, 30), "payment.before_claim_verified", "paid_on"),
        ("V-1", date(2026, 11, 23), "paid_on.in_the_future", "paid_on"),
    ],
)
def test_a_payment_is_marked_paid_with_a_voucher_and_a_possible_date(
    voucher_reference: str, paid_on: date, code: str, field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        a_payment().approve(by="amir").mark_paid(
            voucher_reference=voucher_reference, paid_on=paid_on, today=TODAY
        )

    assert refusal.value.code == code
    assert refusal.value.problems[0].field == field


def test_a_payment_nobody_approved_is_not_paid() -> None:
    with pytest.raises(Conflict):
        a_payment().mark_paid(voucher_reference="V-1", paid_on=date(2021, 4, 1), today=TODAY)


def test_a_second_click_on_approve_is_a_conflict() -> None:
    with pytest.raises(Conflict) as refusal:
        a_payment().approve(by="amir").approve(by="amir")

    assert refusal.value.code == "payment.wrong_state"


def test_a_payment_is_refused_with_a_reason_before_it_is_made() -> None:
    refused = a_payment().approve(by="amir").refuse(by="amir", reason="Paid by mistake to another.")

    assert (refused.state, refused.refused_by) == (PaymentState.REFUSED, "amir")
    with pytest.raises(Conflict):
        refused.refuse(by="amir", reason="Again.")
    with pytest.raises(Invalid):
        a_payment().refuse(by="amir", reason=" ")
