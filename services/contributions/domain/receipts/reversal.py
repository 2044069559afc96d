"""The reversal of a receipt that was posted to the wrong obligation, sum or day: never an edit."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.contributions.domain.pots.held_pot import HeldPot
from shared.checks import future_refusal, refuse_all, text_refusal
from shared.errors import Conflict, Invalid
from shared.wording import in_pounds, in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversal:
    """A receipt taken back whole, in pence; the reason is published."""

    pot_id: UUID
    amount_pence: int
    reversed_on: date
    reason: str
    reversed_by: str


def reverse_receipt(held: HeldPot, *, reason: str, reversed_on: date, by: str, today: date) -> Reversal:
    """The reversal of what the pot received; Conflict while any of it is held, naming by whom.

    Interest that the pot was given stays in it: the fund's money did earn it.
    """
    _refuse_what_is_no_receipt(held)
    refuse_all(
        "reversal.invalid",
        [
            text_refusal(reason, field="reason", name="why the receipt is reversed", longest=2000),
            _before_receipt_refusal(held, reversed_on),
            future_refusal(reversed_on, today=today, field="reversed_on", name="The reversal"),
        ],
    )
    _refuse_what_is_held(held)
    return Reversal(
        pot_id=held.pot.id,
        amount_pence=held.balance.received_pence,
        reversed_on=reversed_on,
        reason=reason.strip(),
        reversed_by=by,
    )


def _refuse_what_is_no_receipt(held: HeldPot) -> None:
    if held.opened_by == "import":
        raise Conflict(
            "reversal.not_a_receipt",
            "This balance was taken over from the open data. Correct the files and import them again.",
        )
    if not held.balance.received_pence:
        raise Conflict(
            "reversal.reversed_before",
            "This receipt is reversed already. Record the right one on its agreement's page.",
        )


def _before_receipt_refusal(held: HeldPot, reversed_on: date) -> Invalid | None:
    received_on = held.pot.received_on
    if received_on is None or reversed_on >= received_on:
        return None
    return Invalid(
        "reversal.before_receipt",
        f"{in_words(reversed_on)} is before the receipt of {in_words(received_on)}. Check the date.",
        field="reversed_on",
    )


def _refuse_what_is_held(held: HeldPot) -> None:
    balance = held.balance
    if balance.available_pence == balance.received_pence + balance.interest_pence:
        return
    raise Conflict("reversal.money_held", " ".join(_why(held)))


def _why(held: HeldPot) -> list[str]:
    """What stands in the way of the reversal, and what to do about each part."""
    balance, said = held.balance, [f"{'; '.join(map(str, held.holders))}."] if held.holders else []
    states = {holder.state for holder in held.holders}
    if "reserved" in states:
        said.append("Draw what is reserved from other pots first.")
    if "committed" in states:
        said.append("What is committed can be reversed once the grant is released or paid from other pots.")
    if "paid" in states:
        said.append("What was paid has left the council: correct it with finance in the general ledger.")
    refund_pence = balance.refund_requested_pence + balance.refund_approved_pence + balance.returned_pence
    if refund_pence:
        said.append(f"{in_pounds(refund_pence)} is in a refund: refuse the refund first, if it is not made.")
    return said
