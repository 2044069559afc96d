"""Price policies and energy statements for tests, as councils have them (section-106 facts, A1 to A3)."""

from datetime import date
from decimal import Decimal
from typing import Any

from services.contributions.domain.pricing.policy import Basis, DwellingSums, PricePolicy, Scope
from services.contributions.domain.pricing.statement import Dwellings, EnergyStatement, Residual, Stage
from tests.support.contributions import ISLINGTON, an_id

SOURCE = "Invented for a test."


def a_policy(**changes: Any) -> PricePolicy:
    """Milton Keynes: GBP 200 once for each tonne of the first year; 0.81 and 0.80 are its minimum."""
    fields: dict[str, Any] = {
        "policy_id": an_id("policy"),
        "version": 1,
        "organisation": ISLINGTON,
        "name": "Carbon offset price",
        "basis": Basis.ONE_OFF,
        "price_pence_per_tonne": 200_00,
        "minimum_factors": (Decimal("0.81"), Decimal("0.80")),
        "valid_from": date(2019, 3, 20),
        "source": SOURCE,
    }
    return PricePolicy(**(fields | changes))


def london(price_pence: int = 95_00, **changes: Any) -> PricePolicy:
    """The London Plan: a price a tonne for each of thirty years."""
    fields: dict[str, Any] = {
        "basis": Basis.YEARLY,
        "price_pence_per_tonne": price_pence,
        "years": 30,
        "minimum_factors": (),
    }
    return a_policy(**(fields | changes))


def islington(**changes: Any) -> PricePolicy:
    """Islington: GBP 920 once for each annual tonne, appliances and cooking too."""
    fields: dict[str, Any] = {
        "price_pence_per_tonne": 920_00,
        "scope": Scope.TOTAL,
        "minimum_factors": (),
    }
    return a_policy(**(fields | changes))


def per_dwelling(**changes: Any) -> PricePolicy:
    """Flat sums: GBP 1,500 for a house, GBP 1,000 for a flat."""
    fields: dict[str, Any] = {
        "basis": Basis.PER_DWELLING,
        "price_pence_per_tonne": None,
        "minimum_factors": (),
        "dwelling_sums": DwellingSums(house_pence=1_500_00, flat_pence=1_000_00),
    }
    return a_policy(**(fields | changes))


def a_statement(
    domestic: str = "0", non_domestic: str = "0", *, unregulated: str = "0", **changes: Any
) -> EnergyStatement:
    """An approved statement with its regulated tonnes a year by use."""
    fields: dict[str, Any] = {
        "id": an_id("statement"),
        "agreement_id": an_id("agreement"),
        "stage": Stage.AS_DESIGNED,
        "reference": "Energy statement, revision C",
        "approved_on": date(2019, 2, 1),
        "residual": Residual(
            domestic_regulated_t_co2e=Decimal(domestic),
            non_domestic_regulated_t_co2e=Decimal(non_domestic),
            domestic_unregulated_t_co2e=Decimal(unregulated),
        ),
        "dwellings": Dwellings(),
    }
    return EnergyStatement(**(fields | changes))
