"""On which terms a deed lets an obligation be demanded: growth, time to pay, and interest when it is late."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from services.contributions.domain.indexation.rule import IndexationRule, percent_refusal, rule_refusals
from shared.checks import refuse_all, text_refusal
from shared.errors import Invalid

USUAL_DAYS_TO_PAY = 28
MOST_DAYS_TO_PAY = 366


class Compounding(StrEnum):
    """When late interest bears interest itself: never, or after each such period from the due date."""

    SIMPLE = "simple"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


@dataclass(frozen=True, slots=True, kw_only=True)
class LateInterestTerms:
    """Interest on what is paid late: a bank's base rate plus a margin, both in percent a year."""

    bank: str
    margin_percent: Decimal
    compounding: Compounding = Compounding.SIMPLE


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentTerms:
    """What the deed says of one obligation's payment; the defaults hold where nothing is recorded.

    `days_to_pay` run from the day of the demand; None means that the sum is due when its trigger is met.
    `number` counts the terms recorded: the newest hold, and a demand keeps those that it was made on.
    """

    number: int = 0
    clause: str | None = None
    indexation: IndexationRule = field(default_factory=IndexationRule)
    days_to_pay: int | None = USUAL_DAYS_TO_PAY
    late_interest: LateInterestTerms | None = None

    def due_on(self, *, issued_on: date, trigger_met_on: date) -> date:
        """The day by which a demand of that day is to be paid."""
        if self.days_to_pay is None:
            return trigger_met_on
        return issued_on + timedelta(days=self.days_to_pay)


def check_terms(terms: PaymentTerms) -> None:
    """Refuse by field what a form must not take."""
    refuse_all(
        "terms.invalid",
        [
            *rule_refusals(terms.indexation),
            _clause_refusal(terms.clause),
            _days_refusal(terms.days_to_pay),
            *_late_interest_refusals(terms.late_interest),
        ],
    )


def _clause_refusal(clause: str | None) -> Invalid | None:
    return None if clause is None else text_refusal(clause, field="clause", name="the clause of the deed")


def _days_refusal(days: int | None) -> Invalid | None:
    if days is None or 0 <= days <= MOST_DAYS_TO_PAY:
        return None
    message = f"Enter the days to pay in, 0 to {MOST_DAYS_TO_PAY}, counted from the day of the demand."
    return Invalid("days_to_pay.out_of_range", message, field="days_to_pay")


def _late_interest_refusals(terms: LateInterestTerms | None) -> list[Invalid | None]:
    if terms is None:
        return []
    bank = text_refusal(terms.bank, field="late_interest.bank", name="the bank whose base rate counts")
    if terms.margin_percent == 0:
        return [bank]
    return [bank, percent_refusal(terms.margin_percent, field="late_interest.margin_percent")]
