"""The fund's codes and states in words that applicants use."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

SECTION_TITLES = {
    "who": "Who is applying",
    "building": "The building",
    "measures": "The works",
    "energy": "Energy used now",
    "costs": "What the works will cost",
    "match_funding": "Money from others, and the grant you ask for",
}

YES_NO = (("yes", "Yes"), ("no", "No"))
STATUSES = {
    "draft": (
        "Not sent yet",
        "You have not sent this application. Nobody else reads it until you do.",
        "grey",
    ),
    "submitted": ("Sent", "The fund has your application and is assessing it.", "blue"),
    "awarded": (
        "Grant decided",
        "The fund decided to award a grant. Its money is being reserved; an offer follows.",
        "turquoise",
    ),
    "unfunded": (
        "Decided, no money yet",
        "The fund decided to award a grant, but there is not enough money for it at present.",
        "orange",
    ),
    "offered": ("Offer to answer", "The fund offers you a grant. Accept or decline it.", "purple"),
    "accepted": ("Accepted", "You accepted the grant. Claim it when works are done.", "green"),
    "declined_by_fund": ("Not awarded", "The fund decided against this application.", "red"),
    "declined_by_applicant": ("Declined by you", "You declined the grant. Its money went back.", "grey"),
}
UNKNOWN_STATUS = ("With the fund", "The fund is working on this application.", "blue")


def status_words(status: str) -> tuple[str, str, str]:
    """A state as a short label, a sentence and the colour of its tag."""
    return STATUSES.get(status, UNKNOWN_STATUS)


def last_day(period_end: str | None) -> date | None:
    """The last day of twelve months whose end, as the service keeps it, is the day after."""
    return date.fromisoformat(period_end) - timedelta(days=1) if period_end else None


def first_day(given: str | None) -> date | None:
    """A date of the service's JSON."""
    return date.fromisoformat(given) if given else None


def quantity(given: Any) -> Decimal | None:
    """A figure of the service's JSON, where decimals are strings."""
    return None if given is None else Decimal(str(given))


def yes_no(given: bool | None) -> str | None:
    """An answer to a yes or no question; None where it is open."""
    return None if given is None else "Yes" if given else "No"
