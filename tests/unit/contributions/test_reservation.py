from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.contributions.domain.grants.reservation import Reservation, ReservationState, reserve
from services.contributions.domain.pots.drawing import Shortfall, choose_shares
from services.contributions.domain.pots.pot import Share
from shared.errors import Conflict, Forbidden, Invalid, NotFound
from tests.support.contributions import TODAY, a_pot, an_award, an_id

VERIFIED_ON = date(2021, 3, 31)


def a_reservation(*pence: int) -> Reservation:
    """Reserved over pots that give these sums, in that order."""
    pots = [
        a_pot(str(number), share_pence, spend_by_on=date(2030, 1, number))
        for number, share_pence in enumerate(pence, start=1)
    ]
    award = an_award(sum(pence))
    shares = choose_shares(award, pots)
    assert not isinstance(shares, Shortfall)
    return reserve(award, shares, reservation_id=an_id("reservation"))


def requested(reservation: Reservation, pence: int, name: str = "first") -> Reservation:
    return reservation.request_payment(
        payment_id=an_id(name),
        claim_id=an_id(f"claim {name}"),
        amount_pence=pence,
        claim_verified_on=VERIFIED_ON,
        requested_by="rose",
    )


def paid(reservation: Reservation, pence: int, name: str = "first") -> Reservation:
    approved = requested(reservation, pence, name).approve_payment(an_id(name), by="amir")
    return approved.mark_payment_paid(an_id(name), voucher_reference="V-1", paid_on=VERIFIED_ON, today=TODAY)


def test_the_whole_grant_is_paid_in_parts_from_the_same_shares() -> None:
    committed = a_reservation(30_00, 20_00).commit()

    half = paid(committed, 40_00, "first")
    whole = paid(half, 10_00, "second")

    assert half.payment(an_id("first")).shares == (Share(an_id("1"), 30_00), Share(an_id("2"), 10_00))
    assert half.state is ReservationState.COMMITTED
    assert half.remaining_shares == (Share(an_id("2"), 10_00),)
    assert whole.state is ReservationState.PAID
    assert whole.remaining_shares == ()
    assert whole.paid_pence == 50_00
    assert whole.version == 8


def test_a_payment_above_what_is_committed_is_refused() -> None:
    after_first = requested(a_reservation(50_00).commit(), 30_00)

    with pytest.raises(Invalid) as refusal:
        requested(after_first, 20_01, "second")

    assert refusal.value.code == "payment.above_committed"
    assert "£20.00" in refusal.value.message
    assert refusal.value.problems[0].field == "amount_pence"


@pytest.mark.parametrize("pence", [0, -1])
def test_a_payment_of_nothing_is_refused(pence: int) -> None:
    with pytest.raises(Invalid):
        requested(a_reservation(50_00).commit(), pence)


def test_nothing_is_paid_before_the_grant_is_accepted() -> None:
    with pytest.raises(Conflict) as refusal:
        requested(a_reservation(50_00), 10_00)

    assert refusal.value.code == "reservation.wrong_state"


def test_one_claim_is_paid_once() -> None:
    once = paid(a_reservation(50_00).commit(), 10_00)

    with pytest.raises(Conflict) as refusal:
        once.request_payment(
            payment_id=an_id("again"),
            claim_id=an_id("claim first"),
            amount_pence=10_00,
            claim_verified_on=VERIFIED_ON,
            requested_by="rose",
        )

    assert refusal.value.code == "payment.claim_paid_before"


def test_a_refused_payment_leaves_its_money_committed_and_its_claim_open() -> None:
    refused = requested(a_reservation(50_00).commit(), 30_00).refuse_payment(
        an_id("first"), by="amir", reason="The invoice is another building's."
    )

    again = refused.request_payment(
        payment_id=an_id("again"),
        claim_id=an_id("claim first"),
        amount_pence=50_00,
        claim_verified_on=VERIFIED_ON,
        requested_by="rose",
    )

    assert refused.remaining_pence == 50_00
    assert again.remaining_pence == 0


def test_the_requester_cannot_approve() -> None:
    with pytest.raises(Forbidden) as refusal:
        requested(a_reservation(50_00).commit(), 30_00).approve_payment(an_id("first"), by="rose")

    assert refusal.value.code == "payment.same_person"


def test_a_declined_offer_releases_every_share() -> None:
    released = a_reservation(30_00, 20_00).release()

    assert released.state is ReservationState.RELEASED
    assert released.released_shares == (Share(an_id("1"), 30_00), Share(an_id("2"), 20_00))
    assert released.remaining_shares == ()


def test_what_was_not_claimed_is_released_after_the_last_payment() -> None:
    released = paid(a_reservation(30_00, 20_00).commit(), 35_00).release()

    assert released.released_shares == (Share(an_id("2"), 15_00),)
    assert released.paid_pence == 35_00


def test_nothing_is_released_while_a_payment_is_on_its_way() -> None:
    with pytest.raises(Conflict) as refusal:
        requested(a_reservation(50_00).commit(), 10_00).release()

    assert refusal.value.code == "reservation.payment_open"


@pytest.mark.parametrize("ending", ["released", "paid"])
def test_a_finished_reservation_is_neither_committed_nor_released_nor_paid_from(ending: str) -> None:
    done = (
        a_reservation(50_00).release() if ending == "released" else paid(a_reservation(50_00).commit(), 50_00)
    )

    with pytest.raises(Conflict):
        done.commit()
    with pytest.raises(Conflict):
        done.release()
    with pytest.raises(Conflict):
        requested(done, 1, "late")


def test_a_reservation_is_committed_once() -> None:
    with pytest.raises(Conflict):
        a_reservation(50_00).commit().commit()


def test_a_payment_of_another_grant_is_not_found() -> None:
    with pytest.raises(NotFound):
        a_reservation(50_00).commit().approve_payment(an_id("another"), by="amir")


def test_shares_that_are_not_the_award_make_no_reservation() -> None:
    with pytest.raises(ValueError, match="award of 100"):
        reserve(an_award(100), (Share(an_id("1"), 99),), reservation_id=an_id("reservation"))


@settings(max_examples=50)
@given(st.lists(st.integers(1, 5_000_00), min_size=1, max_size=5), st.data())
def test_part_payments_draw_on_the_shares_in_order_and_never_above_one(
    pence: list[int], data: st.DataObject
) -> None:
    reservation = a_reservation(*pence).commit()
    number = 0
    while reservation.state is ReservationState.COMMITTED:
        number += 1
        part = data.draw(st.integers(max(1, reservation.remaining_pence // 3), reservation.remaining_pence))
        reservation = paid(reservation, part, f"part {number}")
        assert reservation.payment(an_id(f"part {number}")).amount_pence == part
    drawn = [share for payment in reservation.payments for share in payment.shares]
    by_pot = {share.pot_id: 0 for share in reservation.shares}
    for share in drawn:
        by_pot[share.pot_id] += share.amount_pence

    assert by_pot == {share.pot_id: share.amount_pence for share in reservation.shares}
    order = [share.pot_id for share in reservation.shares]
    positions = [order.index(share.pot_id) for share in drawn]
    assert positions == sorted(positions)
