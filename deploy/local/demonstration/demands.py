"""An index, a bank's base rates and one overdue demand of the demonstration; every value is invented."""

from datetime import date

from deploy.local.demonstration.client import FundClient
from deploy.local.demonstration.money import Deed
from services.portal.identity import people

INDEX = "Ouzel Valley tender price index (invented)"
BANK = "Bank of Ouzel Valley (invented)"
SOURCE = "Invented for the demonstration"
FIRST = """period,value,provisional
2023 Q3,377,no
2023 Q4,379,no
2024 Q1,383,no
2024 Q2,386,no
2024 Q3,388,no
2024 Q4,391,no
2025 Q1,394,yes
"""
REVISED = """period,value,provisional
2025 Q1,395,no
2025 Q2,398,yes
"""
PUBLISHED = ((date(2025, 4, 24), FIRST), (date(2025, 7, 24), REVISED))
RATES = (("2025-02-06", "4.50"), ("2025-08-07", "4.00"))
LETTER = {
    "council_name": "Ouzel Valley City Council",
    "council_address": "Civic Offices\n1 Market Square\nOuzel Valley",
    "addressee": "Tattenfield Homes Ltd",
    "addressee_address": "2 Mill Lane\nOuzel Valley",
    "how_to_pay": "By bank transfer to the account that the council's website names for these sums.",
}


async def demand(fund: FundClient, deed: Deed) -> None:
    """The sum of a deed grows with the index, is demanded a month after its trigger, and is not paid."""
    agreement_id, obligation_id = (fund.id(what, deed.application) for what in ("agreement", "obligation"))
    path = f"/agreements/{agreement_id}/obligations/{obligation_id}"
    await _publish(fund)
    terms = {
        "clause": "Schedule 3, paragraph 2",
        "indexation": {"basis": "index", "series_id": str(fund.id("index")), "end_day": "trigger"},
        "late_interest": {"bank": BANK, "margin_percent": "4"},
    }
    await fund.post("contributions", f"{path}/payment-terms", people.OFFICER, terms)
    issued = {
        "demand_id": str(fund.id("demand", deed.application)),
        "issued_on": "2025-05-06",
        "letter": LETTER,
    }
    await fund.post("contributions", f"{path}/demands", people.OFFICER, issued)


async def _publish(fund: FundClient) -> None:
    series_id = str(fund.id("index"))
    series = {"series_id": series_id, "name": INDEX, "publisher": SOURCE, "frequency": "quarterly"}
    await fund.post("contributions", "/index-series", people.FUND_MANAGER, series)
    for published_on, values in PUBLISHED:
        await fund.upload(
            "contributions",
            f"/index-series/{series_id}/publications",
            people.FUND_MANAGER,
            {"file": ("values.csv", values.encode())},
            {
                "publication_id": str(fund.id("publication", published_on)),
                "published_on": published_on.isoformat(),
                "source": SOURCE,
            },
        )
    for effective_on, percent in RATES:
        rate = {"bank": BANK, "effective_on": effective_on, "percent": percent, "source": SOURCE}
        await fund.post("contributions", "/base-rates", people.FUND_MANAGER, rate)
