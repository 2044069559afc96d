"""A refund of unspent money: asked for by one person, approved by another, returned by finance."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.contributions.domain.money import amount_refusal
from services.contributions.domain.pots.held_pot import HeldPot
from shared.checks import future_refusal, refuse_all, text_refusal
from shared.errors import Conflict, Forbidden, Invalid
from shared.wording import in_pounds, in_words


class RefundState(StrEnum):
    """How far a refund has come."""

    REQUESTED = "requested"
    APPROVED = "approved"
    RETURNED = "returned"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """Unspent money of a pot on its way to the payee that the deed names, in pence.

    Payee and reason may speak of people: they stay in the service's erasable tables and in no event.
    """

    id: UUID
    pot_id: UUID
    amount_pence: int
    payee: str
    payee_reference: str | None
    reason: str
    requested_by: str
    requested_on: date
    state: RefundState = RefundState.REQUESTED
    approved_by: str | None = None
    approved_on: date | None = None
    refused_by: str | None = None
    refused_on: date | None = None
    refusal_reason: str | None = None
    voucher: str | None = None
    returned_on: date | None = None

    def approve(self, *, by: str, approved_on: date, today: date) -> "Refund":
        """The refund once a second person agreed; Forbidden to whoever asked for it."""
        self._expect(RefundState.REQUESTED, doing="approved")
        if by == self.requested_by:
            message = "You asked for this refund, so somebody else must approve it."
            raise Forbidden("refund.same_person", message)
        refuse_all(
            "refund.invalid",
            [
                _order_refusal(self.requested_on, approved_on, "approved_on", "the refund was asked for"),
                future_refusal(approved_on, today=today, field="approved_on", name="The approval"),
            ],
        )
        return replace(self, state=RefundState.APPROVED, approved_by=by, approved_on=approved_on)

    def refuse(self, *, by: str, reason: str, refused_on: date, today: date) -> "Refund":
        """The refund stopped before the money left, by anyone of finance, with the reason."""
        self._expect(RefundState.REQUESTED, RefundState.APPROVED, doing="refused")
        earliest = self.approved_on or self.requested_on
        refuse_all(
            "refund.invalid",
            [
                text_refusal(reason, field="reason", name="why the refund is refused", longest=2000),
                _order_refusal(earliest, refused_on, "refused_on", "the refund's last step"),
                future_refusal(refused_on, today=today, field="refused_on", name="The refusal"),
            ],
        )
        return replace(
            self,
            state=RefundState.REFUSED,
            refused_by=by,
            refused_on=refused_on,
            refusal_reason=reason.strip(),
        )

    def mark_returned(self, *, voucher: str, returned_on: date, today: date) -> "Refund":
        """The refund as finance made it, with its voucher and the day the money left."""
        self._expect(RefundState.APPROVED, doing="marked as returned")
        refuse_all(
            "refund.invalid",
            [
                text_refusal(voucher, field="voucher", name="finance's voucher reference"),
                _order_refusal(self.approved_on, returned_on, "returned_on", "the refund was approved"),
                future_refusal(returned_on, today=today, field="returned_on", name="The refund"),
            ],
        )
        return replace(self, state=RefundState.RETURNED, voucher=voucher.strip(), returned_on=returned_on)

    def _expect(self, *states: RefundState, doing: str) -> None:
        if self.state not in states:
            raise Conflict(
                "refund.wrong_state",
                f"This refund is {self.state} and cannot be {doing}: only one that is "
                f"{' or '.join(states)} can be. Open it again to see what happened.",
            )


def request_refund(draft: Refund, held: HeldPot, *, today: date) -> Refund:
    """A refund of what is available in the pot, checked field by field; Invalid above that."""
    refuse_all(
        "refund.invalid",
        [
            amount_refusal(draft.amount_pence) or _above_unspent_refusal(draft.amount_pence, held),
            text_refusal(draft.payee, field="payee", name="the payee that the deed names"),
            text_refusal(draft.reason, field="reason", name="why the money goes back", longest=2000),
            text_refusal(
                draft.payee_reference or "none", field="payee_reference", name="the payee's reference"
            ),
            _order_refusal(
                held.pot.received_on, draft.requested_on, "requested_on", "the money was received"
            ),
            future_refusal(draft.requested_on, today=today, field="requested_on", name="The request"),
        ],
    )
    return draft


def _above_unspent_refusal(amount_pence: int, held: HeldPot) -> Invalid | None:
    refundable_pence = held.refundable_pence
    if amount_pence <= refundable_pence:
        return None
    kept_pence = held.balance.available_pence - refundable_pence
    why = f", not counting {in_pounds(kept_pence)} of interest, which the deed lets the council keep"
    return Invalid(
        "refund.above_available",
        f"{in_pounds(amount_pence)} is more than the {in_pounds(refundable_pence)} of this pot that can be "
        f"refunded{why if kept_pence else ''}. What grants hold cannot be refunded: release it first.",
        field="amount_pence",
    )


def _order_refusal(earlier: date | None, later: date, field: str, what: str) -> Invalid | None:
    if earlier is None or later >= earlier:
        return None
    return Invalid(
        f"refund.{field}_too_early",
        f"{in_words(later)} is before {what} on {in_words(earlier)}. Check the date.",
        field=field,
    )
