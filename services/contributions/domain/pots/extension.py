"""A later spend-by date, which only a deed of variation can give."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.contributions.domain.checks import web_address_refusal
from services.contributions.domain.months import add_months
from services.contributions.domain.pots.held_pot import HeldPot
from shared.checks import future_refusal, refuse_all
from shared.errors import Conflict, Invalid
from shared.wording import in_words

LONGEST_MONTHS = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """A pot's spend-by date as a deed of variation changed it; both dates are kept."""

    pot_id: UUID
    spend_by_before: date
    spend_by_on: date
    deed_on: date
    document_url: str | None
    extended_by: str


def extend_spend_by(
    held: HeldPot, *, spend_by_on: date, deed_on: date, document_url: str | None, by: str, today: date
) -> Extension:
    """The extension, checked field by field; it may come after the old date has passed."""
    before = held.pot.spend_by_on
    if before is None:
        message = "This pot has no spend-by date, so there is none to extend."
        raise Conflict("extension.no_date", message)
    refuse_all(
        "extension.invalid",
        [
            _not_later_refusal(before, spend_by_on),
            _too_late_refusal(before, spend_by_on),
            _before_receipt_refusal(held, deed_on),
            future_refusal(deed_on, today=today, field="deed_on", name="The deed of variation"),
            web_address_refusal(document_url, field="document_url"),
        ],
    )
    return Extension(
        pot_id=held.pot.id,
        spend_by_before=before,
        spend_by_on=spend_by_on,
        deed_on=deed_on,
        document_url=document_url,
        extended_by=by,
    )


def _not_later_refusal(before: date, spend_by_on: date) -> Invalid | None:
    if spend_by_on > before:
        return None
    message = f"Enter a date after the one in force, {in_words(before)}."
    return Invalid("extension.not_later", message, field="spend_by_on")


def _too_late_refusal(before: date, spend_by_on: date) -> Invalid | None:
    if spend_by_on <= add_months(before, LONGEST_MONTHS):
        return None
    message = f"{in_words(spend_by_on)} is more than 50 years later. Check the year."
    return Invalid("extension.too_late", message, field="spend_by_on")


def _before_receipt_refusal(held: HeldPot, deed_on: date) -> Invalid | None:
    if held.deed_on is None or deed_on >= held.deed_on:
        return None
    message = (
        f"A deed of variation cannot be older than the deed of {in_words(held.deed_on)}. Check the date."
    )
    return Invalid("extension.before_deed", message, field="deed_on")
