"""The deeds and receipts of the demonstration council; all developments, wards and sums are invented."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from deploy.local.demonstration.client import FundClient
from services.portal.identity import people

COUNCIL = "local-authority-eng:OZV"
PURPOSE = "green-infrastructure"
"""The national list has no carbon purpose; councils file carbon offset money under this one or `other`."""

WARDS = ("Stonebridge", "Ouzel Meadow", "Wolver Hill", "Tattenfield", "Bradwell Park")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One agreement with the obligation that offsets its carbon, and what became of it."""

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
    ),
    Deed(
        application="22/01633/FUL",
        deed_on=date(2022, 12, 20),
        amount_pence=84_260_00,
        spend_by_months=120,
        trigger_met_on=date(2024, 7, 8),
        received_on=date(2024, 8, 19),
        trigger="Occupation of the 50th dwelling",
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
        trigger="Practical completion of the first phase",
    ),
)


async def record(fund: FundClient, deed: Deed) -> str | None:
    """The officer records the deed, its trigger and its receipt; answers the pot's id, if one opened."""
    agreement_id, obligation_id = (
        fund.id("agreement", deed.application),
        fund.id("obligation", deed.application),
    )
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
    place = f"/agreements/{agreement_id}/obligations"
    obligation = {
        "obligation_id": str(obligation_id),
        "reference": f"{deed.reference}/C1",
        "purpose": PURPOSE,
        "amount_pence": deed.amount_pence,
        "spend_by_months": deed.spend_by_months,
        "wards": list(deed.wards),
        "trigger": deed.trigger,
    }
    await fund.post("contributions", place, people.OFFICER, obligation)
    await _name_payee(fund, deed, f"/agreements/{agreement_id}/payees")
    if deed.trigger_met_on is not None:
        met = {"trigger_met_on": deed.trigger_met_on.isoformat()}
        await fund.post("contributions", f"{place}/{obligation_id}/trigger", people.OFFICER, met)
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
