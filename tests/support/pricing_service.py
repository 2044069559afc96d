"""Prices, statements and clauses as people send them to the contributions service."""

from typing import Any

from tests.support.contributions_service import agreement_body
from tests.support.events import AGREEMENT_ID, GREEN, ISLINGTON, an_id
from tests.support.people import FUND_MANAGER, OFFICER
from tests.support.services import ServiceUnderTest

POLICY_ID = an_id("policy")
STATEMENT_ID = an_id("statement")
CALCULATION_ID = an_id("calculation")
STATEMENTS = f"/agreements/{AGREEMENT_ID}/energy-statements"
CLAUSES = f"/agreements/{AGREEMENT_ID}/clauses"
WORKINGS = f"/agreements/{AGREEMENT_ID}/workings"


def version_body(**changes: Any) -> dict[str, Any]:
    """GBP 200 once for each tonne of the first year, as Milton Keynes has it."""
    return {
        "basis": "one_off",
        "price_pence_per_tonne": 200_00,
        "minimum_factors": ["0.81", "0.80"],
        "valid_from": "2019-03-20",
        "source": "Invented for a test.",
        **changes,
    }


def policy_body(**changes: Any) -> dict[str, Any]:
    """A new policy with that version."""
    named = {"policy_id": str(POLICY_ID), "organisation": ISLINGTON, "name": "Carbon offset price"}
    return {**named, **version_body(), **changes}


def statement_body(name: str = "statement", **changes: Any) -> dict[str, Any]:
    """59.75 regulated tonnes a year are left of 100."""
    return {
        "statement_id": str(an_id(name)),
        "stage": "as_designed",
        "reference": "Energy statement, revision C",
        "approved_on": "2019-02-01",
        "flats": 48,
        "baseline_t_co2e": "100",
        "domestic_regulated_t_co2e": "41.25",
        "non_domestic_regulated_t_co2e": "18.5",
        **changes,
    }


def tranche_body(name: str = "tranche", **changes: Any) -> dict[str, Any]:
    """The whole sum, before the first occupation."""
    return {
        "obligation_id": str(an_id(f"tranche {name}")),
        "percent": "100",
        "trigger": "Before the first occupation of any flat",
        "trigger_kind": "first_occupation",
        **changes,
    }


def clause_body(**changes: Any) -> dict[str, Any]:
    """A clause whose sum is worked out from the statement under the policy."""
    return {
        "calculation_id": str(CALCULATION_ID),
        "clause": "Schedule 3, paragraph 2",
        "reference": "COC",
        "purpose": GREEN,
        "spend_by_months": 120,
        "sum": {
            "method": "policy",
            "policy_id": str(POLICY_ID),
            "policy_version": 1,
            "statement_id": str(STATEMENT_ID),
        },
        "tranches": [tranche_body()],
        **changes,
    }


async def prepare(service: ServiceUnderTest, **changes: Any) -> None:
    """An agreement with its energy statement, and a price policy."""
    await service.post("/agreements", OFFICER, agreement_body())
    await service.post("/price-policies", FUND_MANAGER, policy_body(**changes))
    await service.post(STATEMENTS, OFFICER, statement_body())
