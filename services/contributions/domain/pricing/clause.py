"""A clause and its tranches: one obligation for each, split to the penny (docs/decisions/0013)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from services.contributions.domain.pricing.calculation import Worked
from services.contributions.domain.pricing.quantities import HUNDRED, PERCENT_PLACES, places_refusal
from services.contributions.domain.register.obligation import Obligation
from services.contributions.domain.register.trigger import Trigger, trigger_refusals
from shared.checks import refuse_all, text_refusal
from shared.errors import Invalid
from shared.wording import in_pounds

MOST_TRANCHES = 20
FEE_PURPOSE = "monitoring-fees"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tranche:
    """A share of the clause's sum in percent, and what makes it due: in the deed's words and by kind."""

    obligation_id: UUID
    percent: Decimal
    trigger: str
    due_on: Trigger


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """What a deed secures by one clause; the fee, if the policy has one, has a trigger of its own."""

    clause: str
    reference: str
    purpose: str
    tranches: tuple[Tranche, ...]
    spend_by_months: int | None = None
    wards: frozenset[str] = frozenset()
    fee: Tranche | None = None


def split(pence: int, percents: Sequence[Decimal]) -> list[int]:
    """The shares of a sum in pence, each rounded down and what is left over given to the first.

    Percentages must be above 0 and add up to 100, and no share may be nothing.
    """
    refuse_all("tranches.invalid", _percent_refusals(percents))
    shares = [int(pence * percent / HUNDRED) for percent in percents]
    shares[0] += pence - sum(shares)
    refuse_all("tranches.invalid", [_nothing_refusal(n, pence) for n, each in enumerate(shares) if not each])
    return shares


def obligations_of(clause: Clause, worked: Worked, calculation_id: UUID | None) -> list[Obligation]:
    """One obligation for each tranche, and one for the management fee; none where as built no more is due."""
    if worked.replaces_id and not worked.due_pence:
        return []
    refuse_all("clause.invalid", _refusals(clause, worked))
    shares = split(worked.due_pence, [each.percent for each in clause.tranches])
    numbered = enumerate(zip(clause.tranches, shares, strict=True), start=1)
    tranches = [
        _obligation(clause, each, pence, calculation_id, number) for number, (each, pence) in numbered
    ]
    return [*tranches, *_fee(clause, worked.fee_pence, calculation_id)]


def _obligation(
    clause: Clause, tranche: Tranche, pence: int, calculation_id: UUID | None, number: int
) -> Obligation:
    count = len(clause.tranches)
    return Obligation(
        id=tranche.obligation_id,
        reference=clause.reference if count == 1 else f"{clause.reference}/{number}",
        purpose=clause.purpose,
        amount_pence=pence,
        trigger=tranche.trigger,
        due_on=tranche.due_on,
        spend_by_months=clause.spend_by_months,
        wards=clause.wards,
        clause=clause.clause,
        tranche_number=number,
        tranche_count=count,
        calculation_id=calculation_id,
    )


def _fee(clause: Clause, fee_pence: int, calculation_id: UUID | None) -> list[Obligation]:
    if not fee_pence or clause.fee is None:
        return []
    return [
        Obligation(
            id=clause.fee.obligation_id,
            reference=f"{clause.reference}/fee",
            purpose=FEE_PURPOSE,
            amount_pence=fee_pence,
            trigger=clause.fee.trigger,
            due_on=clause.fee.due_on,
            clause=clause.clause,
            calculation_id=calculation_id,
        )
    ]


def _refusals(clause: Clause, worked: Worked) -> list[Invalid | None]:
    tranches = [
        refusal for n, each in enumerate(clause.tranches) for refusal in _due_refusals(each, f"tranches.{n}.")
    ]
    fee = _due_refusals(clause.fee, "fee.") if clause.fee else [_fee_refusal(worked)]
    return [
        text_refusal(clause.clause, field="clause", name="the clause's words", longest=2000),
        _nothing_owed_refusal(worked),
        *tranches,
        *fee,
    ]


def _nothing_owed_refusal(worked: Worked) -> Invalid | None:
    if worked.amount_pence:
        return None
    message = "The sum comes to £0.00: nothing is owed, so there is no obligation to record."
    return Invalid("money.zero", message, field="statement_id")


def _fee_refusal(worked: Worked) -> Invalid | None:
    if not worked.fee_pence:
        return None
    message = f"The policy adds a management fee of {in_pounds(worked.fee_pence)}. Say what makes it due."
    return Invalid("fee.missing", message, field="fee")


def _due_refusals(tranche: Tranche, prefix: str) -> list[Invalid | None]:
    name = "what makes this part due"
    return [
        text_refusal(tranche.trigger, field=f"{prefix}trigger", name=name, longest=2000),
        *trigger_refusals(tranche.due_on, prefix=prefix),
    ]


def _percent_refusals(percents: Sequence[Decimal]) -> list[Invalid | None]:
    if not 1 <= len(percents) <= MOST_TRANCHES:
        message = f"Give from 1 to {MOST_TRANCHES} tranches."
        return [Invalid("tranches.count", message, field="tranches")]
    each = [_percent_refusal(percent, f"tranches.{n}.percent") for n, percent in enumerate(percents)]
    return each if any(each) else [_total_refusal(sum(percents, Decimal(0)))]


def _percent_refusal(percent: Decimal, field: str) -> Invalid | None:
    if not 0 < percent <= HUNDRED:
        message = "Enter the share as a percentage above 0, at most 100."
        return Invalid("percent.out_of_range", message, field=field)
    return places_refusal(percent, PERCENT_PLACES, field=field, name="the share")


def _total_refusal(total: Decimal) -> Invalid | None:
    if total == HUNDRED:
        return None
    message = f"The shares add up to {total:f} %. Make them add up to 100 %."
    return Invalid("tranches.not_whole", message, field="tranches.0.percent")


def _nothing_refusal(number: int, pence: int) -> Invalid:
    message = f"This share of {in_pounds(pence)} comes to less than a penny. Make it larger, or leave it out."
    return Invalid("money.zero", message, field=f"tranches.{number}.percent")
