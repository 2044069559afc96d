"""A demand: what a developer is asked to pay under one obligation, by when, and how that was worked out."""

from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.contributions.domain.demands.terms import PaymentTerms
from services.contributions.domain.indexation.indexed import Indexed
from services.contributions.domain.money import amount_refusal
from services.contributions.domain.register.agreement import Agreement
from services.contributions.domain.register.obligation import Obligation
from shared.checks import future_refusal, refuse_all, text_refusal
from shared.errors import Conflict, Invalid
from shared.wording import in_pounds, in_words


class DemandState(StrEnum):
    """A demand stands until it is withdrawn; it is never edited."""

    ISSUED = "issued"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What the letter says beside the sums, as it stood on that day; what is blank is left out."""

    council_name: str = ""
    council_address: str = ""
    addressee: str = ""
    addressee_address: str = ""
    how_to_pay: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """A sum asked for: frozen with its working, the index figures behind it and the terms it was made on.

    `working.base_pence` is the deed's sum and `working.indexed_pence` what is demanded.
    """

    id: UUID
    obligation_id: UUID
    organisation: str
    reference: str
    issued_on: date
    due_on: date
    working: Indexed
    terms_number: int
    replaces: UUID | None = None
    state: DemandState = DemandState.ISSUED
    withdrawn_on: date | None = None
    withdrawn_reason: str | None = None

    @property
    def demanded_pence(self) -> int:
        """What the developer is asked to pay, in pence."""
        return self.working.indexed_pence

    def withdraw(self, *, reason: str, on: date, today: date) -> "Demand":
        """The demand taken back, for a reason that is kept; a corrected one is a new demand."""
        if self.state is DemandState.WITHDRAWN:
            assert self.withdrawn_on is not None
            raise Conflict(
                "demand.withdrawn_before",
                f"Demand {self.reference} was withdrawn on {in_words(self.withdrawn_on)}. "
                "There is nothing more to do.",
            )
        refuse_all(
            "withdrawal.invalid",
            [
                text_refusal(reason, field="reason", name="why the demand is withdrawn", longest=2000),
                _before_issue_refusal(self, on),
                future_refusal(on, today=today, field="withdrawn_on", name="The withdrawal"),
            ],
        )
        return replace(self, state=DemandState.WITHDRAWN, withdrawn_on=on, withdrawn_reason=reason.strip())


def demandable(agreement: Agreement, obligation_id: UUID, *, issued_on: date, today: date) -> Obligation:
    """The obligation, where a demand of that day may be made for it; else Invalid by field."""
    obligation = agreement.obligation(obligation_id)
    refuse_all(
        "demand.invalid",
        [
            _not_due_refusal(obligation, issued_on),
            _no_sum_refusal(obligation),
            agreement.before_deed_refusal(issued_on, field="issued_on", what="demand"),
            future_refusal(issued_on, today=today, field="issued_on", name="The demand"),
        ],
    )
    return obligation


def issue_demand(draft: Demand, terms: PaymentTerms, *, live: Demand | None, received_pence: int) -> Demand:
    """The demand as it goes out; Conflict while another one stands, or where nothing is owed by it."""
    if live is not None:
        raise Conflict(
            "demand.issued_before",
            f"Demand {live.reference} of {in_words(live.issued_on)} still stands for this obligation. "
            "Withdraw it first, then issue the corrected one.",
        )
    if received_pence >= draft.demanded_pence:
        raise Conflict(
            "demand.nothing_owed",
            f"Of the {in_pounds(draft.demanded_pence)} to be demanded {in_pounds(received_pence)} was "
            "received already, so nothing is owed. Check the sum and the terms of payment.",
        )
    refuse_all(
        "demand.invalid",
        [
            text_refusal(draft.reference, field="reference", name="the demand's reference"),
            amount_refusal(draft.demanded_pence, field="demanded_pence"),
        ],
    )
    return replace(draft, terms_number=terms.number)


def check_letter(letter: Letter) -> None:
    """Refuse by field what does not fit a letter; every part may be left out."""
    given = {each.name: getattr(letter, each.name) for each in fields(letter)}
    refuse_all(
        "letter.invalid",
        [
            text_refusal(value, field=f"letter.{name}", name="these lines of the letter", longest=1000)
            for name, value in given.items()
            if value
        ],
    )


def _not_due_refusal(obligation: Obligation, issued_on: date) -> Invalid | None:
    met_on = obligation.trigger_met_on
    if met_on is None:
        return Invalid(
            "demand.not_due",
            f"The trigger of {obligation.reference} is not recorded as met, so nothing is due yet. "
            "Record the day on which it was met, then the demand.",
            field="obligation_id",
        )
    if issued_on >= met_on:
        return None
    return Invalid(
        "demand.before_trigger",
        f"The demand is dated {in_words(issued_on)}, before the trigger was met on {in_words(met_on)}. "
        "Check the date.",
        field="issued_on",
    )


def _no_sum_refusal(obligation: Obligation) -> Invalid | None:
    if obligation.amount_pence:
        return None
    message = f"No sum is recorded for {obligation.reference}, so there is nothing to demand."
    return Invalid("demand.no_sum", message, field="obligation_id")


def _before_issue_refusal(demand: Demand, on: date) -> Invalid | None:
    if on >= demand.issued_on:
        return None
    message = f"The demand was issued on {in_words(demand.issued_on)}: it cannot be withdrawn before."
    return Invalid("withdrawal.before_issue", message, field="withdrawn_on")
