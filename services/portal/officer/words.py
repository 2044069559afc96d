"""The fund's codes in plain words, and how near a spend-by date is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.portal.words import plain
from shared.messaging.unit_of_work import LOCAL_ZONE

SOON = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag on a page: its words and their colour."""

    text: str
    colour: str


AGREEMENT_KINDS = (
    ("section_106", "Section 106 agreement"),
    ("unilateral_undertaking", "Unilateral undertaking"),
    ("community_infrastructure_levy", "Community infrastructure levy"),
    ("section_278", "Section 278 agreement"),
)
AGREEMENT_STATES: Mapping[str, str] = {
    "recorded": "Recorded",
    "secured": "Secured",
    "part_received": "Part received",
    "received_in_full": "Received in full",
}
MOVEMENTS: Mapping[str, str] = {
    "receipt": "Received from the developer",
    "opening_balance": "Balance taken over from the open data",
    "correction_of_opening_balance": "Balance taken over corrected",
    "reservation": "Reserved for an award",
    "commitment": "Committed to an accepted grant",
    "release_of_reservation": "Reservation released",
    "release_of_commitment": "Commitment released",
    "payment_request": "Payment requested",
    "payment_approval": "Payment approved",
    "payment": "Paid to the grant holder",
    "refusal_of_requested_payment": "Payment refused",
    "refusal_of_approved_payment": "Approved payment refused",
    "reversal_of_receipt": "Receipt reversed",
    "interest": "Share of interest earned",
    "refund_request": "Refund requested",
    "refund_approval": "Refund approved",
    "refund": "Returned to the developer",
    "refusal_of_requested_refund": "Refund refused",
    "refusal_of_approved_refund": "Approved refund refused",
}
ACCOUNTS: Mapping[str, str] = {
    "received": "Received from developers",
    "opening_balance": "Taken over from the open data",
    "interest_earned": "Interest earned",
    "available": "Available",
    "reserved": "Reserved for awards",
    "committed": "Committed to accepted grants",
    "payment_requested": "Payment requested",
    "payment_approved": "Payment approved",
    "paid": "Paid to grant holders",
    "refund_requested": "Refund requested",
    "refund_approved": "Refund approved",
    "returned": "Returned to developers",
}
FILES: Mapping[str, str] = {
    "developer-agreement": "Agreements",
    "developer-agreement-contribution": "Contributions",
    "developer-agreement-transaction": "Transactions",
}
EXCEPTIONS: Mapping[str, str] = {
    "more_gone_than_received": "More was spent, transferred or returned than was received",
    "outgoing_below_zero": "An outgoing sum is below zero",
    "differs_from_books": "The files and the books give different sums",
    "disputed_claim": "A claim that cannot be paid as it stands",
}
OUTCOMES: Mapping[str, Tag] = {
    "refused": Tag("Refused", "red"),
    "warned": Tag("Warning", "yellow"),
    "mended": Tag("Put right", "blue"),
    "changed": Tag("Says otherwise", "purple"),
    "repeated": Tag("Known already", "grey"),
    "taken": Tag("Taken", "green"),
}
PAYMENT_STATES: Mapping[str, Tag] = {
    "requested": Tag("To be approved", "yellow"),
    "approved": Tag("To be paid", "blue"),
    "paid": Tag("Paid", "green"),
    "refused": Tag("Refused", "red"),
}
REFUND_STATES: Mapping[str, Tag] = {
    "requested": Tag("To be approved", "yellow"),
    "approved": Tag("To be returned", "blue"),
    "returned": Tag("Returned", "green"),
    "refused": Tag("Refused", "red"),
}
KIND_OF_AGREEMENT: Mapping[str, str] = dict(AGREEMENT_KINDS)


def today() -> date:
    """The day it is where the council is."""
    return datetime.now(LOCAL_ZONE).date()


def nearness(spend_by_on: date | None) -> Tag | None:
    """The tag of a spend-by date that somebody should look at; None for one that is far off."""
    if spend_by_on is None:
        return Tag("No date", "grey")
    if spend_by_on < today():
        return Tag("Passed", "red")
    return Tag("Within 6 months", "yellow") if spend_by_on <= today() + SOON else None


def in_words(code: str | None, words: Mapping[str, str]) -> str:
    """The words for a code; the code itself, made readable, where there are none."""
    if code is None:
        return "Not known"
    return words.get(code) or plain(code)
