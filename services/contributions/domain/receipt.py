"""Money received from a developer, and the pot it opens."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.contributions.domain.agreement import Agreement, Obligation
from services.contributions.domain.checks import future_refusal, refuse_all
from services.contributions.domain.money import amount_refusal
from services.contributions.domain.months import add_months
from services.contributions.domain.pots import Pot


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A developer's payment of all or part of an obligation, in pence, on the day it arrived."""

    id: UUID
    obligation_id: UUID
    amount_pence: int
    received_on: date


def record_receipt(
    agreement: Agreement, receipt: Receipt, *, pot_id: UUID, today: date
) -> tuple[Agreement, Pot]:
    """The agreement one version on, and the pot the receipt opens; Invalid where a date or sum is wrong."""
    obligation = agreement.obligation(receipt.obligation_id)
    refuse_all(
        "receipt.invalid",
        [
            amount_refusal(receipt.amount_pence),
            agreement.before_deed_refusal(receipt.received_on, field="received_on", what="receipt"),
            future_refusal(receipt.received_on, today=today, field="received_on", name="The receipt"),
        ],
    )
    pot = _open_pot(agreement.organisation, obligation, receipt, pot_id)
    return replace(agreement, version=agreement.version + 1), pot


def spend_by(received_on: date, months: int | None) -> date | None:
    """The last day on which money received that day may be spent; None where the deed sets no limit."""
    return None if months is None else add_months(received_on, months)


def _open_pot(organisation: str, obligation: Obligation, receipt: Receipt, pot_id: UUID) -> Pot:
    return Pot(
        id=pot_id,
        organisation=organisation,
        obligation_id=obligation.id,
        purpose=obligation.purpose,
        allowed_purposes=obligation.allowed_purposes,
        wards=obligation.wards,
        received_on=receipt.received_on,
        spend_by_on=spend_by(receipt.received_on, obligation.spend_by_months),
        received_pence=receipt.amount_pence,
    )
