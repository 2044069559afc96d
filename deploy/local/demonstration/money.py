"""The deeds and receipts of the demonstration council; all developments, wards and sums are invented."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from deploy.local.demonstration import prices
from deploy.local.demonstration.client import FundClient
from services.portal.identity import people

COUNCIL = "local-authority-eng:OZV"
PURPOSE = "green-infrastructure"
"""The national list has no carbon purpose; councils file carbon offset money under this one or `other`."""

WARDS = ("Stonebridge", "Ouzel Meadow", "Wolver Hill", "Tattenfield", "Bradwell Park")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One agreement with what offsets its carbon, and what became of it.

    The sum is fixed in the deed, or worked out from an energy statement; `waits` says what kind of trigger
    the words of `trigger` are, and `second` is a later tranche with its half.
    """

    application: str
    deed_on: date
    amount_pence: int
    spend_by_months: int | None
    wards: tuple[str, ...] = ()
    trigger: str = "First occupation of any dwelling"
    trigger_met_on: date | None = None
    received_on: date | None = None
    kind: str = "section_106"
    developer: str = "Ouzel Vale Homes Ltd"
    site_address: str | None = None
    varied_on: date | None = None
    waits: Mapping[str, Any] = field(default_factory=dict)
    statement: prices.Statement | None = None
    second: prices.Tranche | None = None
    begun_on: date | None = None

    @property
    def reference(self) -> str:
        """The council's reference of the deed."""
        return f"S106/{self.application}"


DEEDS = (
    Deed(
        application="20/01187/FUL",
        deed_on=date(2021, 3, 12),
        amount_pence=86_400_00,
        spend_by_months=84,
        waits={"trigger_kind": "first_occupation"},
        statement=prices.Statement(
            approved_on=date(2021, 1, 20),
            baseline="700",
            domestic="372.4",
            non_domestic="59.6",
            dwellings=180,
        ),
        trigger_met_on=date(2022, 5, 16),
        received_on=date(2022, 6, 1),
    ),
    Deed(
        application="19/02954/OUT",
        deed_on=date(2020, 9, 30),
        amount_pence=52_180_40,
        spend_by_months=60,
        wards=("Ouzel Meadow", "Wolver Hill"),
        site_address="Land at Wolver Farm, Ouzel Meadow",
        varied_on=date(2024, 11, 14),
        trigger_met_on=date(2022, 2, 1),
        received_on=date(2022, 3, 14),
    ),
    Deed(
        application="21/00415/FUL",
        deed_on=date(2021, 11, 4),
        amount_pence=31_975_00,
        spend_by_months=None,
        trigger_met_on=date(2023, 1, 9),
        received_on=date(2023, 2, 2),
        trigger="Commencement of development",
        waits={"trigger_kind": "commencement"},
    ),
    Deed(
        application="22/01633/FUL",
        deed_on=date(2022, 12, 20),
        amount_pence=84_260_00,
        spend_by_months=120,
        trigger_met_on=date(2024, 7, 8),
        received_on=date(2024, 8, 19),
        trigger="Occupation of the 50th dwelling",
        waits={"trigger_kind": "nth_occupation", "trigger_dwelling": 50},
    ),
    Deed(
        application="23/00721/FUL",
        deed_on=date(2023, 10, 17),
        amount_pence=24_330_60,
        spend_by_months=60,
        wards=("Tattenfield",),
        trigger_met_on=date(2025, 4, 3),
    ),
    Deed(
        application="24/01940/OUT",
        deed_on=date(2025, 6, 26),
        amount_pence=207_900_00,
        spend_by_months=120,
        kind="unilateral_undertaking",
        trigger="Commencement of development",
        waits={"trigger_kind": "commencement"},
        statement=prices.Statement(
            approved_on=date(2025, 4, 8), baseline="1650", domestic="1039.5", dwellings=420
        ),
        second=prices.Tranche(
            percent="50",
            trigger="Occupation of half of the dwellings",
            waits={"trigger_kind": "percent_occupation", "trigger_percent": 50},
        ),
        begun_on=date(2026, 6, 15),
    ),
)


async def record(fund: FundClient, deed: Deed) -> str | None:
    """The officer records the deed, its trigger and its receipt; answers the pot's id, if one opened."""
    agreement_id = fund.id("agreement", deed.application)
    agreement = {
        "agreement_id": str(agreement_id),
        "organisation": COUNCIL,
        "reference": deed.reference,
        "planning_application": deed.application,
        "kind": deed.kind,
        "deed_on": deed.deed_on.isoformat(),
        "site_address": deed.site_address,
        "developer": {"name": deed.developer, "is_organisation": True},
    }
    await fund.post("contributions", "/agreements", people.OFFICER, agreement)
    obligation_id = await _secure(fund, deed, agreement_id)
    place = f"/agreements/{agreement_id}/obligations"
    await _name_payee(fund, deed, f"/agreements/{agreement_id}/payees")
    if deed.trigger_met_on is not None:
        met = {"trigger_met_on": deed.trigger_met_on.isoformat()}
        await fund.post("contributions", f"{place}/{obligation_id}/trigger", people.OFFICER, met)
    if deed.begun_on is not None:
        begun = {"kind": "commenced", "happened_on": deed.begun_on.isoformat()}
        await prices.report_progress(fund, agreement_id, **begun)
    pot_id = None
    if deed.received_on is not None:
        pot_id = await _receive(fund, deed, f"{place}/{obligation_id}/receipts")
    if deed.varied_on is not None:
        await _vary(fund, deed, f"/agreements/{agreement_id}/variations", obligation_id)
    return pot_id


async def _name_payee(fund: FundClient, deed: Deed, path: str) -> None:
    payee = {"payee_id": str(fund.id("payee", deed.application)), "name": deed.developer}
    await fund.post("contributions", path, people.OFFICER, payee)


async def _vary(fund: FundClient, deed: Deed, path: str, obligation_id: UUID) -> None:
    """A deed of variation lets further money of the obligation be spent within ten years."""
    assert deed.varied_on is not None
    variation = {
        "variation_id": str(fund.id("variation", deed.application)),
        "deed_on": deed.varied_on.isoformat(),
        "summary": "Money received from now on may be spent within ten years.",
        "obligations": [{"obligation_id": str(obligation_id), "spend_by_months": 120}],
    }
    await fund.post("contributions", path, people.OFFICER, variation)


async def _secure(fund: FundClient, deed: Deed, agreement_id: UUID) -> UUID:
    """What the deed secures: a sum that it names, or one from the energy statement; answers the first id."""
    clause = {
        "reference": f"{deed.reference}/C1",
        "purpose": PURPOSE,
        "spend_by_months": deed.spend_by_months,
        "wards": list(deed.wards),
        "clause": "Schedule 3, paragraph 2",
    }
    if deed.statement is not None:
        policy_id = await prices.record_policy(fund, COUNCIL)
        first = prices.Tranche(percent="50" if deed.second else "100", trigger=deed.trigger, waits=deed.waits)
        tranches = [first, deed.second] if deed.second else [first]
        ids = await prices.record_clause(fund, agreement_id, policy_id, deed.statement, tranches, clause)
        return ids[0]
    obligation_id = fund.id("obligation", deed.application)
    named = {"amount_pence": deed.amount_pence, "trigger": deed.trigger, **deed.waits}
    body = {"obligation_id": str(obligation_id), **clause, **named}
    await fund.post("contributions", f"/agreements/{agreement_id}/obligations", people.OFFICER, body)
    return obligation_id


async def _receive(fund: FundClient, deed: Deed, path: str) -> str:
    assert deed.received_on is not None
    pot_id = str(fund.id("receipt", deed.application))
    receipt = {
        "receipt_id": pot_id,
        "amount_pence": deed.amount_pence,
        "received_on": deed.received_on.isoformat(),
    }
    await fund.post("contributions", path, people.OFFICER, receipt)
    return pot_id
