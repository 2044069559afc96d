"""A flat sum for each dwelling: multiplied here, which is forgotten more often than anything else."""

from collections.abc import Sequence
from decimal import Decimal

from services.contributions.domain.pricing.policy import DwellingSums
from services.contributions.domain.pricing.statement import Dwellings
from services.contributions.domain.pricing.steps import (
    DWELLINGS,
    POUNDS,
    POUNDS_A_DWELLING,
    Quantity,
    Step,
    plus,
    times,
)
from shared.checks import refuse_all
from shared.errors import Invalid

KINDS = (("houses", "house_pence"), ("flats", "flat_pence"), ("dwellings", "dwelling_pence"))


def dwelling_steps(sums: DwellingSums, dwellings: Dwellings) -> Sequence[Step]:
    """A product for each kind of dwelling there is, then their total."""
    found = [(kind, getattr(dwellings, kind), getattr(sums, pence)) for kind, pence in KINDS]
    refuse_all("dwellings.invalid", [_refusal(sums, dwellings), *(_kind_refusal(*each) for each in found)])
    products = [_product(kind, count, pence) for kind, count, pence in found if count]
    if len(products) == 1:
        return products
    sums_of_kinds = [each.result for each in products]
    total = plus(
        "All dwellings", "the sums of all kinds together", sums_of_kinds, result="the sum", unit=POUNDS
    )
    return [*products, total]


def _product(kind: str, count: int, pence: int) -> Step:
    operands = (
        Quantity(kind, Decimal(count), kind if count != 1 else kind.removesuffix("s")),
        Quantity(f"sum for each of the {kind}", Decimal(pence) / 100, POUNDS_A_DWELLING),
    )
    formula = f"consented {kind} times the sum for each"
    return times(kind.capitalize(), formula, operands, result=f"the sum for {kind}", unit=POUNDS)


def _refusal(sums: DwellingSums, dwellings: Dwellings) -> Invalid | None:
    if dwellings.total and sums.given:
        return None
    if dwellings.total:
        message = "Enter the sum for each house, flat or dwelling."
        return Invalid("dwelling_sums.missing", message, field="dwelling_pence")
    message = "Enter how many dwellings are consented: the sum for one is multiplied by their number."
    return Invalid("dwellings.missing", message, field=DWELLINGS)


def _kind_refusal(kind: str, count: int, pence: int | None) -> Invalid | None:
    if not count or pence is not None:
        return None
    message = (
        f"There are {count} {kind}, but no sum is named for them. Enter it, or count them as another kind."
    )
    return Invalid("dwelling_sums.missing_kind", message, field=f"{kind.removesuffix('s')}_pence")
