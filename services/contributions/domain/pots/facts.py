"""Facts about pots, as the published language words them."""

from typing import Literal
from uuid import UUID

from services.contributions.domain.pots.pot import Pot
from services.contributions.domain.receipts.reversal import Reversal
from services.contributions.domain.register.facts import NOT_KNOWN
from shared.events import contributions as published


def pot_opened(
    pot: Pot, *, agreement_id: UUID, reference: str, opened_by: Literal["receipt", "import"]
) -> published.PotOpened:
    """Money is there to be granted; the reference is its obligation's."""
    return published.PotOpened(
        pot_id=pot.id,
        agreement_id=agreement_id,
        obligation_id=pot.obligation_id,
        organisation=pot.organisation,
        reference=reference,
        purpose=pot.purpose or NOT_KNOWN,
        wards=tuple(sorted(pot.wards)),
        received_pence=pot.received_pence,
        received_on=pot.received_on,
        spend_by_on=pot.spend_by_on,
        opened_by=opened_by,
    )


def receipt_reversed(reversal: Reversal) -> published.ReceiptReversed:
    """The receipt was recorded by mistake and is taken back."""
    return published.ReceiptReversed(
        pot_id=reversal.pot_id,
        amount_pence=reversal.amount_pence,
        reversed_on=reversal.reversed_on,
        reason=reversal.reason,
    )
