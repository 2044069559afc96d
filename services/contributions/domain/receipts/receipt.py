"""Money received from a developer, and the pot it opens."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.contributions.domain.money import amount_refusal
from services.contributions.domain.months import add_months
from services.contributions.domain.pots.pot import Pot
from services.contributions.domain.register.agreement import Agreement
from services.contributions.domain.register.obligation import Obligation
from shared.checks import future_refusal, refuse_all
from shared.errors import Invalid
from shared.wording import in_pounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A developer's payment of all or part of an obligation, in pence, on the day it arrived."""

    id: UUID
    obligation_id: UUID
    amount_pence: int
    received_on: date


def record_receipt(
    agreement: Agreement,
    receipt: Receipt,
    *,
    today: date,
    received_before_pence: int = 0,
    demanded_pence: int | None = None,
) -> Pot:
    """The pot the receipt opens under its own id; Invalid where the trigger, a date or the sum is wrong.

    What is owed is the sum demanded, where a demand stands, else the sum in the deed.
    """
    obligation = agreement.obligation(receipt.obligation_id)
    refuse_all(
        "receipt.invalid",
        [
            _not_due_refusal(obligation),
            _above_outstanding_refusal(obligation, receipt, received_before_pence, demanded_pence),
            amount_refusal(receipt.amount_pence),
            agreement.before_deed_refusal(receipt.received_on, field="received_on", what="receipt"),
            future_refusal(receipt.received_on, today=today, field="received_on", name="The receipt"),
        ],
    )
    return _open_pot(agreement.organisation, obligation, receipt)


def spend_by(received_on: date, months: int | None) -> date | None:
    """The last day on which money received that day may be spent; None where the deed sets no limit."""
    return None if months is None else add_months(received_on, months)


def _not_due_refusal(obligation: Obligation) -> Invalid | None:
    if obligation.trigger_met_on is not None:
        return None
    return Invalid(
        "receipt.not_due",
        f"The trigger of {obligation.reference} is not recorded as met, so nothing is due yet. "
        "Record the day on which it was met, then the receipt.",
        field="obligation_id",
    )


def _above_outstanding_refusal(
    obligation: Obligation, receipt: Receipt, received_before_pence: int, demanded_pence: int | None
) -> Invalid | None:
    owed_pence = obligation.amount_pence if demanded_pence is None else demanded_pence
    if owed_pence is None:
        return None
    outstanding_pence = owed_pence - received_before_pence
    if receipt.amount_pence <= outstanding_pence:
        return None
    return Invalid(
        "receipt.above_outstanding",
        f"{in_pounds(receipt.amount_pence)} is more than the {in_pounds(max(outstanding_pence, 0))} "
        f"still owed under {obligation.reference}. Check the sum and the obligation.",
        field="amount_pence",
    )


def _open_pot(organisation: str, obligation: Obligation, receipt: Receipt) -> Pot:
    return Pot(
        id=receipt.id,
        organisation=obligation.organisation or organisation,
        obligation_id=obligation.id,
        purpose=obligation.purpose,
        allowed_purposes=obligation.allowed_purposes,
        wards=obligation.wards,
        recipients=obligation.spending.recipients,
        received_on=receipt.received_on,
        spend_by_on=spend_by(receipt.received_on, obligation.spend_by_months),
        received_pence=receipt.amount_pence,
    )
