"""What contributions answers about terms of payment and demands."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from services.portal.officer.books import Told


class Rule(Told):
    """How the sum grows until it is paid."""

    basis: str
    series_id: UUID | None
    yearly_percent: Decimal | None
    compounds: bool
    base_on: date | None
    base_month: str
    end_day: str
    end_month: str
    floor: bool
    rounding: str


class LateTerms(Told):
    """Interest on what is paid late: the bank's base rate plus the margin, in percent a year."""

    bank: str
    margin_percent: Decimal
    compounding: str


class Terms(Told):
    """What the deed says of an obligation's payment; number 0 where nothing is recorded."""

    number: int
    clause: str | None
    indexation: Rule
    days_to_pay: int | None
    late_interest: LateTerms | None


class Step(Told):
    """One line of a working."""

    what: str
    figure: str


class Working(Told):
    """How a sum was worked out, step by step."""

    steps: tuple[Step, ...]


class Letter(Told):
    """What the letter says beside the sums."""

    council_name: str
    council_address: str
    addressee: str
    addressee_address: str
    how_to_pay: str


class Preview(Told):
    """What a demand of a day would ask for; the letter is that of the demand before."""

    issued_on: date
    due_on: date
    demanded_pence: int
    provisional: bool
    working: Working
    letter: Letter


class Demand(Told):
    """A demand, what came of it and what is still owed, in pence."""

    demand_id: UUID
    reference: str
    agreement_id: UUID
    agreement_reference: str
    development: str
    obligation_id: UUID
    obligation_reference: str
    state: str
    issued_on: date
    due_on: date
    base_pence: int
    demanded_pence: int
    received_pence: int
    outstanding_pence: int
    provisional: bool
    overdue: bool
    replaces_id: UUID | None
    replaced_by_id: UUID | None
    withdrawn_on: date | None
    withdrawn_reason: str | None


class Demands(Told):
    """Some demands, the earliest due first; the cursor leads to the next ones."""

    demands: tuple[Demand, ...]
    next_cursor: UUID | None


class InterestStep(Told):
    """Days on which nothing changed: what was owed, at which rate, with what interest in pence."""

    start: date
    end: date
    days: int
    owed_pence: int
    base_percent: Decimal
    margin_percent: Decimal
    rate_percent: Decimal
    interest_pence: Decimal


class LateInterest(Told):
    """Interest up to a day, in pence; or why it cannot be worked out."""

    until: date
    interest_pence: int | None
    steps: tuple[InterestStep, ...]
    problem: str | None


class DemandDetails(Told):
    """A demand with its working, its terms and the late interest so far."""

    demand: Demand
    working: Working
    terms: Terms
    letter: Letter
    late_interest: LateInterest | None
