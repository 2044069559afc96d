"""What can be decided on an application, and what a decision must hold."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.checks import refuse_all, text_refusal
from shared.errors import Invalid
from shared.wording import in_pounds, in_words

SENTENCE_CHARACTERS = 20
"""The least that can be a sentence: shorter reasons tell an applicant nothing."""
LONGEST_REASONS = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """A grant of so many pence, and the reasons as they are published."""

    award_id: UUID
    amount_pence: int
    decided_on: date
    reasons: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline:
    """No grant: why, and what the applicant can do next, as they are published."""

    decided_on: date
    reasons: str
    way_forward: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Who decided what; there is one for each application."""

    by: UUID
    outcome: Award | Decline


def check_award(award: Award, *, requested_pence: int, submitted_on: date, today: date) -> None:
    """Refuse an award of nothing, of more than was requested, without reasons or out of time."""
    refuse_all(
        "decision.invalid",
        [
            _amount_refusal(award.amount_pence, requested_pence),
            _text_refusal(award.reasons, field="reasons", name="the reasons"),
            _date_refusal(award.decided_on, submitted_on=submitted_on, today=today),
        ],
    )


def check_decline(decline: Decline, *, submitted_on: date, today: date) -> None:
    """Refuse a decline without reasons or a way forward, or out of time."""
    refuse_all(
        "decision.invalid",
        [
            _text_refusal(decline.reasons, field="reasons", name="the reasons"),
            _text_refusal(decline.way_forward, field="way_forward", name="what the applicant can do next"),
            _date_refusal(decline.decided_on, submitted_on=submitted_on, today=today),
        ],
    )


def _amount_refusal(amount_pence: int, requested_pence: int) -> Invalid | None:
    if amount_pence <= 0:
        message = "Give the amount of the award: it must be more than £0.00. To give nothing, decline."
        return Invalid("decision.amount_not_positive", message, field="amount_pence")
    if amount_pence > requested_pence:
        message = f"The applicant asked for {in_pounds(requested_pence)}. Award that or less."
        return Invalid("decision.amount_above_requested", message, field="amount_pence")
    return None


def _text_refusal(value: str, *, field: str, name: str) -> Invalid | None:
    return text_refusal(value, field=field, name=name, shortest=SENTENCE_CHARACTERS, longest=LONGEST_REASONS)


def _date_refusal(decided_on: date, *, submitted_on: date, today: date) -> Invalid | None:
    if decided_on < submitted_on:
        message = f"The decision is dated before the application of {in_words(submitted_on)}. Check the date."
        return Invalid("decision.before_submission", message, field="decided_on")
    if decided_on > today:
        message = f"The decision is dated {in_words(decided_on)}, later than today. Check the date."
        return Invalid("decision.in_the_future", message, field="decided_on")
    return None
