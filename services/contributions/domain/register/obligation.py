"""What a clause of a deed secures, and what makes it due."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.contributions.domain.money import amount_refusal
from services.contributions.domain.register.purposes import purpose_refusal
from services.contributions.domain.register.spending import NOTHING_SAID, SpendingTerms
from services.contributions.domain.register.trigger import Trigger, trigger_refusals
from shared.checks import text_refusal
from shared.errors import Invalid

LONGEST_SPEND_BY_MONTHS = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """One sum a deed secures, what and where it may be spent on, and the one trigger that makes it due.

    Tranches of one clause are obligations that carry its words and which of how many they are; how their
    sum was worked out is kept once (docs/decisions/0013). `trigger` is the deed's words, `due_on` what they
    wait for.
    No wards means anywhere; no allowed purposes means only the purpose itself. Only an imported obligation
    may be without a sum or a known purpose, or name another organisation than its agreement's.
    """

    id: UUID
    reference: str
    purpose: str | None
    amount_pence: int | None
    trigger: str
    spend_by_months: int | None = None
    wards: frozenset[str] = frozenset()
    allowed_purposes: frozenset[str] = frozenset()
    trigger_met_on: date | None = None
    organisation: str | None = None
    due_on: Trigger | None = None
    clause: str | None = None
    tranche_number: int | None = None
    tranche_count: int | None = None
    calculation_id: UUID | None = None
    spending: SpendingTerms = NOTHING_SAID


def obligation_refusals(obligation: Obligation, known_wards: frozenset[str]) -> list[Invalid | None]:
    """Why a new obligation cannot be taken as a form gives it, field by field."""
    return [
        text_refusal(obligation.reference, field="reference", name="the obligation's reference"),
        purpose_refusal({obligation.purpose or "A blank"}, field="purpose"),
        purpose_refusal(obligation.allowed_purposes, field="allowed_purposes"),
        amount_refusal(obligation.amount_pence or 0),
        _spend_by_refusal(obligation.spend_by_months),
        _ward_refusal(obligation.wards, known_wards),
        text_refusal(obligation.trigger, field="trigger", name="what makes the sum due", longest=2000),
        *trigger_refusals(obligation.due_on),
        text_refusal(
            obligation.clause or "none", field="clause", name="the clause of the deed", longest=2000
        ),
        _met_already_refusal(obligation),
    ]


def _spend_by_refusal(months: int | None) -> Invalid | None:
    if months is None or 1 <= months <= LONGEST_SPEND_BY_MONTHS:
        return None
    return Invalid(
        "spend_by_months.out_of_range",
        "Enter the months from receipt to the spend-by date, "
        f"1 to {LONGEST_SPEND_BY_MONTHS}, or leave it empty.",
        field="spend_by_months",
    )


def _ward_refusal(wards: frozenset[str], known_wards: frozenset[str]) -> Invalid | None:
    unknown = sorted(wards - known_wards)
    if not unknown:
        return None
    return Invalid(
        "ward.unknown",
        f"{', '.join(unknown)} is not a ward of this council. Choose wards from the list.",
        field="wards",
    )


def _met_already_refusal(obligation: Obligation) -> Invalid | None:
    if obligation.trigger_met_on is None:
        return None
    return Invalid(
        "trigger.not_yet",
        "Record the obligation first, then say when its trigger was met.",
        field="trigger_met_on",
    )
