from dataclasses import fields
from datetime import date
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from services.contributions.domain.grants.payment import Payment, PaymentState
from services.contributions.domain.grants.reservation import Reservation, ReservationState, reserve
from services.contributions.domain.ledger import movements
from services.contributions.domain.ledger.ledger import (
    Account,
    Line,
    Movement,
    MovementKind,
    PotBalance,
    balances,
    line_totals,
    move,
)
from services.contributions.domain.pots.drawing import Shortfall, choose_shares
from services.contributions.domain.pots.pot import AvailablePot, Pot, Share
from shared.errors import Conflict
from tests.support.contributions import TODAY, a_pot, an_award, an_id

CAUSE = an_id("cause")
VERIFIED_ON = date(2021, 3, 31)


def test_a_receipt_is_credited_to_its_developer_and_debited_to_the_pot() -> None:
    pot = a_pot("pot", 88_596_00).pot

    movement = movements.for_receipt(pot, cause_id=CAUSE, developer="P2018/2269/FUL")

    assert movement.cause_id == CAUSE
    assert movement.lines == (
        Line(Account.RECEIVED, pot.id, -88_596_00, "P2018/2269/FUL"),
        Line(Account.AVAILABLE, pot.id, 88_596_00),
    )


def test_an_opening_balance_counts_as_received() -> None:
    pot = a_pot("pot", 100).pot

    opened = movements.for_opening_balance(pot, cause_id=CAUSE, source="halton import")

    assert balances([opened]) == {pot.id: PotBalance(received_pence=100, available_pence=100)}


def test_only_the_payment_names_the_grantee() -> None:
    payment = Payment(
        id=an_id("payment"),
        claim_id=an_id("claim"),
        shares=(Share(an_id("1"), 5),),
        claim_verified_on=VERIFIED_ON,
        requested_by="rose",
    )

    movement = movements.for_payment(payment, cause_id=CAUSE, grantee="Hilldrop Hall")

    assert [line.party for line in movement.lines] == [None, "Hilldrop Hall"]


def test_lines_that_do_not_balance_in_each_pot_are_no_movement() -> None:
    lines = (Line(Account.AVAILABLE, an_id("1"), -5), Line(Account.RESERVED, an_id("2"), 5))

    with pytest.raises(ValueError, match="do not balance"):
        Movement(MovementKind.RESERVATION, CAUSE, lines)
    with pytest.raises(ValueError, match="do not balance"):
        Movement(MovementKind.RESERVATION, CAUSE, ())


@pytest.mark.parametrize("pence", [0, -5])
def test_nothing_is_moved_backwards(pence: int) -> None:
    with pytest.raises(ValueError, match="a movement of"):
        move(MovementKind.RESERVATION, [Share(an_id("1"), pence)], cause_id=CAUSE)


def test_a_pot_that_would_be_overdrawn_is_a_conflict() -> None:
    pot = a_pot("pot", 100).pot
    received = movements.for_receipt(pot, cause_id=CAUSE, developer="d")
    too_much = move(MovementKind.RESERVATION, [Share(pot.id, 101)], cause_id=CAUSE)

    with pytest.raises(Conflict) as refusal:
        balances([received, too_much])

    assert refusal.value.code == "ledger.overdrawn"


class LifeOfPounds(RuleBasedStateMachine):
    """Any order of receipts, awards, commitments, payments and releases, as the service would record them."""

    def __init__(self) -> None:
        super().__init__()
        self.pots: list[Pot] = []
        self.reservations: list[Reservation] = []
        self.booked: list[Movement] = []
        self.count = 0

    def next_id(self) -> UUID:
        self.count += 1
        return an_id(str(self.count))

    def pick(self, data: st.DataObject, *states: ReservationState) -> int:
        indexes = [index for index, each in enumerate(self.reservations) if each.state in states]
        return data.draw(st.sampled_from(indexes)) if indexes else -1

    def pick_payment(self, data: st.DataObject, *states: PaymentState) -> tuple[int, Payment] | None:
        found = [
            (index, payment)
            for index, each in enumerate(self.reservations)
            for payment in each.payments
            if payment.state in states
        ]
        return data.draw(st.sampled_from(found)) if found else None

    @rule(
        pence=st.integers(1, 1_000_00), spend_by_on=st.none() | st.dates(date(2019, 1, 1), date(2030, 1, 1))
    )
    def receive(self, pence: int, spend_by_on: date | None) -> None:
        pot = a_pot(str(len(self.pots)), pence, id=self.next_id(), spend_by_on=spend_by_on).pot
        self.pots.append(pot)
        self.booked.append(movements.for_receipt(pot, cause_id=self.next_id(), developer="d"))

    @rule(pence=st.integers(1, 1_500_00))
    def award(self, pence: int) -> None:
        held = balances(self.booked)
        award = an_award(pence, application_id=self.next_id())
        chosen = choose_shares(award, [AvailablePot(pot, held[pot.id].available_pence) for pot in self.pots])
        if not isinstance(chosen, Shortfall):
            self.reservations.append(reserve(award, chosen, reservation_id=self.next_id()))
            self.booked.append(movements.for_reservation(self.reservations[-1], cause_id=self.next_id()))

    @precondition(lambda self: self.reservations)
    @rule(data=st.data())
    def commit(self, data: st.DataObject) -> None:
        index = self.pick(data, ReservationState.RESERVED)
        if index >= 0:
            self.reservations[index] = self.reservations[index].commit()
            self.booked.append(movements.for_commitment(self.reservations[index], cause_id=self.next_id()))

    @precondition(lambda self: self.reservations)
    @rule(data=st.data())
    def release(self, data: st.DataObject) -> None:
        index = self.pick(data, ReservationState.RESERVED, ReservationState.COMMITTED)
        if index < 0 or any(payment.is_open for payment in self.reservations[index].payments):
            return
        before = self.reservations[index]
        self.reservations[index] = before.release()
        self.booked.append(movements.for_release(before, cause_id=self.next_id()))

    @precondition(lambda self: self.reservations)
    @rule(data=st.data())
    def request(self, data: st.DataObject) -> None:
        index = self.pick(data, ReservationState.COMMITTED)
        if index < 0 or not self.reservations[index].remaining_pence:
            return
        payment_id = self.next_id()
        self.reservations[index] = self.reservations[index].request_payment(
            payment_id=payment_id,
            claim_id=self.next_id(),
            amount_pence=data.draw(st.integers(1, self.reservations[index].remaining_pence)),
            claim_verified_on=VERIFIED_ON,
            requested_by="rose",
        )
        payment = self.reservations[index].payment(payment_id)
        self.booked.append(movements.for_payment_request(payment, cause_id=self.next_id()))

    @precondition(lambda self: self.reservations)
    @rule(data=st.data())
    def approve(self, data: st.DataObject) -> None:
        picked = self.pick_payment(data, PaymentState.REQUESTED)
        if picked:
            index, payment = picked
            self.reservations[index] = self.reservations[index].approve_payment(payment.id, by="amir")
            self.booked.append(movements.for_payment_approval(payment, cause_id=self.next_id()))

    @precondition(lambda self: self.reservations)
    @rule(data=st.data())
    def refuse(self, data: st.DataObject) -> None:
        picked = self.pick_payment(data, PaymentState.REQUESTED, PaymentState.APPROVED)
        if picked:
            index, payment = picked
            self.reservations[index] = self.reservations[index].refuse_payment(
                payment.id, by="amir", reason="Not this one."
            )
            self.booked.append(movements.for_payment_refusal(payment, cause_id=self.next_id()))

    @precondition(lambda self: self.reservations)
    @rule(data=st.data())
    def pay(self, data: st.DataObject) -> None:
        picked = self.pick_payment(data, PaymentState.APPROVED)
        if picked:
            index, payment = picked
            self.reservations[index] = self.reservations[index].mark_payment_paid(
                payment.id, voucher_reference="V-1", paid_on=VERIFIED_ON, today=TODAY
            )
            self.booked.append(movements.for_payment(payment, cause_id=self.next_id(), grantee="hall"))

    @invariant()
    def the_trial_balance_is_zero(self) -> None:
        assert sum(line_totals(self.booked).values()) == 0

    @invariant()
    def every_pot_holds_what_it_received_and_no_account_is_below_zero(self) -> None:
        held = balances(self.booked)
        for pot in self.pots:
            balance = held[pot.id]
            amounts = [getattr(balance, each.name) for each in fields(balance)]
            assert min(amounts) >= 0
            assert amounts[0] == sum(amounts[1:]) == pot.received_pence

    @invariant()
    def the_ledger_and_the_grants_agree(self) -> None:
        held = balances(self.booked).values()
        remaining = {
            state: sum(each.remaining_pence for each in self.reservations if each.state is state)
            for state in ReservationState
        }
        assert sum(each.reserved_pence for each in held) == remaining[ReservationState.RESERVED]
        assert sum(each.committed_pence for each in held) == remaining[ReservationState.COMMITTED]
        assert sum(each.paid_pence for each in held) == sum(each.paid_pence for each in self.reservations)


LifeOfPounds.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestLifeOfPounds = LifeOfPounds.TestCase
