"""How a clause's sum is worked out, step by step, so that an applicant can check it with a pocket calculator.

Exact decimals all the way; pence are rounded once, at the end, by the policy's named rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from services.contributions.domain.money import amount_refusal
from services.contributions.domain.pricing.per_dwelling import dwelling_steps
from services.contributions.domain.pricing.per_tonne import minimum_check, tonne_steps
from services.contributions.domain.pricing.policy import Basis, DwellingSums, PricePolicy
from services.contributions.domain.pricing.rounding import Rounding
from services.contributions.domain.pricing.statement import Dwellings, EnergyStatement
from services.contributions.domain.pricing.steps import PERCENT, POUNDS, Quantity, Step, times


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The calculation that one as built follows, and what is owed of the clause already, in pence."""

    calculation_id: UUID
    owed_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """A sum and how it was found: the steps, the sum, what is due of it now, and the fee beside it.

    `due_pence` is less than `amount_pence` only where an earlier calculation already made a part of it due.
    """

    steps: tuple[Step, ...]
    amount_pence: int
    due_pence: int
    fee_pence: int
    rounding: Rounding
    replaces_id: UUID | None = None


def fixed(amount_pence: int) -> Worked:
    """The sum that the deed itself names: there is nothing to work out."""
    refusal = amount_refusal(amount_pence)
    if refusal:
        raise refusal
    return Worked(
        steps=(),
        amount_pence=amount_pence,
        due_pence=amount_pence,
        fee_pence=0,
        rounding=Rounding.NEAREST_PENNY,
    )


def per_dwelling(sums: DwellingSums, dwellings: Dwellings) -> Worked:
    """The deed's own sum for each dwelling, times the consented dwellings."""
    return _finished(dwelling_steps(sums, dwellings), Rounding.NEAREST_PENNY)


def under_policy(policy: PricePolicy, statement: EnergyStatement, earlier: Earlier | None = None) -> Worked:
    """The sum of a statement under a version of a policy; after an earlier calculation, what more is due."""
    if policy.basis == Basis.PER_DWELLING:
        steps = dwelling_steps(policy.dwelling_sums, statement.dwellings)
    else:
        steps = tonne_steps(policy, statement)
    checks = minimum_check(policy, statement)
    return _finished(steps, policy.rounding, earlier, policy.management_fee_percent, checks)


def _finished(
    steps: Sequence[Step],
    rounding: Rounding,
    earlier: Earlier | None = None,
    fee_percent: Decimal = Decimal(0),
    checks: Sequence[Step] = (),
) -> Worked:
    _refuse_too_large(steps[-1].result)
    amount, amount_pence = _rounded("The sum", steps[-1].result, rounding)
    due, due_pence = _still_due(amount_pence, earlier)
    fee, fee_pence = _fee(due_pence, fee_percent, rounding)
    return Worked(
        steps=(*steps, amount, *due, *fee, *checks),
        amount_pence=amount_pence,
        due_pence=due_pence,
        fee_pence=fee_pence,
        rounding=rounding,
        replaces_id=earlier.calculation_id if earlier else None,
    )


def _refuse_too_large(exact: Quantity) -> None:
    refusal = amount_refusal(int(exact.value * 100), field="statement_id", allow_zero=True)
    if refusal:
        raise refusal


def _rounded(label: str, exact: Quantity, rounding: Rounding) -> tuple[Step, int]:
    pence = rounding.to_pence(exact.value)
    step = Step(
        label=f"{label}, rounded once",
        formula=rounding.in_words,
        operands=(exact,),
        working=exact.in_words,
        result=_money(label.lower(), pence),
    )
    return step, pence


def _still_due(amount_pence: int, earlier: Earlier | None) -> tuple[tuple[Step, ...], int]:
    if earlier is None:
        return (), amount_pence
    due_pence = max(amount_pence - earlier.owed_pence, 0)
    now, before = _money("the sum as built", amount_pence), _money("owed already", earlier.owed_pence)
    step = Step(
        label="Top-up",
        formula="the sum as built, less what is owed of this clause already; never below nothing",
        operands=(now, before),
        working=f"{now.in_words} - {before.in_words}",
        result=_money("top-up", due_pence),
    )
    return (step,), due_pence


def _fee(due_pence: int, percent: Decimal, rounding: Rounding) -> tuple[tuple[Step, ...], int]:
    if not percent:
        return (), 0
    operands = (_money("the sum", due_pence), Quantity("management fee", percent, PERCENT))
    label, formula = "Management fee", "the sum times the fee's percentage; owed beside the sum"
    exact = times(label, formula, operands, result="management fee", unit=POUNDS)
    rounded, fee_pence = _rounded("Management fee", exact.result, rounding)
    return (exact, rounded), fee_pence


def _money(name: str, pence: int) -> Quantity:
    return Quantity(name, Decimal(pence) / 100, POUNDS)
