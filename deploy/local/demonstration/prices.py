"""The demonstration council's price of a tonne, and sums worked out under it.

The price is Milton Keynes's, which the council is like; developments and their statements are invented.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from deploy.local.demonstration.client import FundClient
from services.portal.identity import people

POLICY: Mapping[str, Any] = {
    "name": "Carbon offset price",
    "basis": "one_off",
    "scope": "regulated",
    "price_pence_per_tonne": 200_00,
    "minimum_factors": ["0.81", "0.80"],
    "valid_from": "2019-03-20",
    "source": (
        "As Plan:MK, adopted on 20 March 2019, policy SC1: 19 % better than building regulations, then a "
        "fifth of the rest by renewables, then £200 once for each tonne of the first year. UNCONFIRMED: the "
        "policy's own words for the contribution, and whether the price is index-linked today."
    ),
    "source_url": "https://energy-evaluation.co.uk/changes-to-mk-planning-energy-policy/",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """An approved energy statement: tonnes of CO2e a year, as text so that none is lost."""

    approved_on: date
    baseline: str
    domestic: str
    non_domestic: str = "0"
    dwellings: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tranche:
    """A part of a sum in percent, and what makes it due: `waits` has its kind and threshold."""

    percent: str = "100"
    trigger: str
    waits: Mapping[str, Any] = field(default_factory=dict)


async def record_policy(fund: FundClient, organisation: str) -> str:
    """The fund manager enters the council's price; answers the policy's id."""
    policy_id = str(fund.id("price policy"))
    body = {"policy_id": policy_id, "organisation": organisation, **POLICY}
    await fund.post("contributions", "/price-policies", people.FUND_MANAGER, body)
    return policy_id


async def record_clause(
    fund: FundClient,
    agreement_id: UUID,
    policy_id: str,
    statement: Statement,
    tranches: Sequence[Tranche],
    clause: Mapping[str, Any],
) -> list[UUID]:
    """The officer enters the statement and what it makes due; answers the obligations' ids."""
    statement_id = str(fund.id("statement", agreement_id))
    body = {
        "statement_id": statement_id,
        "stage": "as_designed",
        "reference": "Energy and sustainability statement",
        "approved_on": statement.approved_on.isoformat(),
        "dwellings": statement.dwellings,
        "baseline_t_co2e": statement.baseline,
        "domestic_regulated_t_co2e": statement.domestic,
        "non_domestic_regulated_t_co2e": statement.non_domestic,
    }
    place = f"/agreements/{agreement_id}"
    await fund.post("contributions", f"{place}/energy-statements", people.OFFICER, body)
    ids = [fund.id("obligation", agreement_id, number) for number in range(len(tranches))]
    under = {"method": "policy", "policy_id": policy_id, "policy_version": 1, "statement_id": statement_id}
    lines = [_tranche(one, each) for one, each in zip(ids, tranches, strict=True)]
    asked = {"calculation_id": str(fund.id("calculation", agreement_id)), "sum": under, "tranches": lines}
    await fund.post("contributions", f"{place}/clauses", people.OFFICER, {**clause, **asked})
    return ids


def _tranche(obligation_id: UUID, tranche: Tranche) -> dict[str, Any]:
    told = {"percent": tranche.percent, "trigger": tranche.trigger, **tranche.waits}
    return {"obligation_id": str(obligation_id), **told}


async def report_progress(fund: FundClient, agreement_id: UUID, **report: Any) -> UUID:
    """The officer records how far a site has come."""
    progress_id = fund.id("progress", agreement_id, *sorted(report.items()))
    body = {"progress_id": str(progress_id), **report}
    await fund.post("contributions", f"/agreements/{agreement_id}/progress", people.OFFICER, body)
    return progress_id


async def withdraw_progress(fund: FundClient, agreement_id: UUID, progress_id: UUID, reason: str) -> None:
    """The officer takes a wrong report back."""
    path = f"/agreements/{agreement_id}/progress/{progress_id}/withdraw"
    await fund.post("contributions", path, people.OFFICER, {"reason": reason})
