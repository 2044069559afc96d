"""Facts about pots, as the published language words them."""

from datetime import date
from typing import Literal
from uuid import UUID

from services.contributions.domain.interest.sharing import InterestPeriod
from services.contributions.domain.pots.correction import Correction
from services.contributions.domain.pots.extension import Extension
from services.contributions.domain.pots.pot import Pot, Share
from services.contributions.domain.receipts.reversal import Reversal
from services.contributions.domain.record_keeping.mode import RecordKeeping
from services.contributions.domain.record_keeping.opening_balance import OpeningBalance
from services.contributions.domain.register.facts import NOT_KNOWN
from shared.events import contributions as published


def pot_opened(
    pot: Pot,
    *,
    agreement_id: UUID,
    reference: str,
    opened_by: Literal["receipt", "import"],
    keeping: RecordKeeping | None = None,
) -> published.PotOpened:
    """Money is there to be granted; the reference is its obligation's.

    Of money taken over, `keeping` says where records here begin.
    """
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
        records_begin_on=keeping.records_begin_on if keeping else None,
        kept_before_in=keeping.kept_before_in if keeping else None,
    )


def balance_taken_over(
    pot: Pot, balance: OpeningBalance, keeping: RecordKeeping, *, agreement_id: UUID, reference: str
) -> published.PotOpened:
    """A balance is taken over; the fact says how sure it is, and where records here begin."""
    opened = pot_opened(
        pot, agreement_id=agreement_id, reference=reference, opened_by="import", keeping=keeping
    )
    told = {"standing": balance.standing.value, "pool": balance.pool, "as_at_on": balance.as_at_on}
    return opened.model_copy(update=told)


def balance_corrected(correction: Correction) -> published.BalanceCorrected:
    """A balance that was taken over is less than was said."""
    return published.BalanceCorrected(
        correction_id=correction.id,
        pot_id=correction.pot_id,
        amount_pence=correction.amount_pence,
        corrected_on=correction.corrected_on,
        reason=correction.reason,
    )


def receipt_reversed(reversal: Reversal) -> published.ReceiptReversed:
    """The receipt was recorded by mistake and is taken back."""
    return published.ReceiptReversed(
        pot_id=reversal.pot_id,
        amount_pence=reversal.amount_pence,
        reversed_on=reversal.reversed_on,
        reason=reversal.reason,
    )


def interest_shared(period: InterestPeriod, share: Share, shared_on: date) -> published.InterestShared:
    """The pot was given its share of what held money earned."""
    return published.InterestShared(
        pot_id=share.pot_id,
        interest_id=period.id,
        amount_pence=share.amount_pence,
        period_start=period.period_start,
        period_end=period.period_end,
        shared_on=shared_on,
    )


def spend_by_extended(extension: Extension) -> published.SpendByExtended:
    """A deed of variation gives the pot a later date."""
    return published.SpendByExtended(
        pot_id=extension.pot_id,
        spend_by_on=extension.spend_by_on,
        deed_on=extension.deed_on,
        document_url=extension.document_url,
    )
