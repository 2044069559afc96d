"""The fund at a glance: each division of its money adds up to the whole."""

from typing import Any

from tests.support.contributions_service import a_due_obligation, a_pot, pay
from tests.support.events import GREEN, awarded, fund_opened, milestone_verified, offer_accepted
from tests.support.people import APPLICANT, AUDITOR
from tests.support.services import ServiceUnderTest

STANDING = ("available", "reserved", "committed", "paid", "returning", "returned")


async def a_fund_with_a_grant(service: ServiceUnderTest) -> None:
    """Two pots, one of them for one ward; a grant of 30,000 pounds, all of it paid; a sum that is owed."""
    await a_pot(service, "for Bunhill", 40_000_00, wards=["Bunhill"], received_on="2020-03-31")
    await a_pot(service, "for anywhere", 60_000_00, received_on="2020-04-01")
    await a_due_obligation(service, "owed", amount_pence=5_000_00, purpose="highways")
    await service.give(fund_opened(), awarded(), offer_accepted(), milestone_verified())
    await pay(service)


async def read(service: ServiceUnderTest) -> Any:
    return await service.get("/dashboard", AUDITOR)


async def test_an_empty_fund_has_nothing_in_every_figure(contributions: ServiceUnderTest) -> None:
    told = await read(contributions)

    assert set(told["total"].values()) == {0}
    assert (told["years"], told["wards"], told["purposes"]) == ([], [], [])


async def test_what_was_received_is_all_accounted_for(contributions: ServiceUnderTest) -> None:
    await a_fund_with_a_grant(contributions)

    total = (await read(contributions))["total"]

    assert total["secured_pence"] == 105_000_00
    assert total["received_pence"] == 100_000_00
    assert sum(total[f"{name}_pence"] for name in STANDING) == 100_000_00
    assert total["paid_pence"] == 30_000_00


async def test_wards_and_purposes_add_up_to_the_whole(contributions: ServiceUnderTest) -> None:
    await a_fund_with_a_grant(contributions)

    told = await read(contributions)

    for division in (told["wards"], told["purposes"]):
        for name, pence in told["total"].items():
            assert sum(each[name] for each in division) == pence, name
    assert {each["name"]: each["received_pence"] for each in told["wards"]} == {
        "anywhere": 60_000_00,
        "Bunhill": 40_000_00,
    }
    assert {each["name"]: each["secured_pence"] for each in told["purposes"]} == {
        GREEN: 100_000_00,
        "highways": 5_000_00,
    }


async def test_a_financial_year_ends_on_the_31st_of_march(contributions: ServiceUnderTest) -> None:
    await a_fund_with_a_grant(contributions)

    years = {each["begins_in"]: each for each in (await read(contributions))["years"]}

    assert years[2019]["secured_pence"] == 105_000_00
    assert years[2019]["received_pence"] == 40_000_00
    assert years[2020]["received_pence"] == 60_000_00
    assert sum(each["reserved_pence"] for each in years.values()) == 30_000_00
    assert sum(each["committed_pence"] for each in years.values()) == 30_000_00
    assert sum(each["paid_pence"] for each in years.values()) == 30_000_00


async def test_money_near_its_spend_by_date_is_at_risk_until_it_is_paid(
    contributions: ServiceUnderTest,
) -> None:
    await a_pot(contributions, "late", 1_000_00, spend_by_months=12)
    await a_pot(contributions, "far off", 2_000_00, spend_by_months=600)
    await a_pot(contributions, "without a date", 4_000_00, spend_by_months=None)

    assert (await read(contributions))["total"]["at_risk_pence"] == 1_000_00


async def test_one_organisation_sees_its_own_money_alone(contributions: ServiceUnderTest) -> None:
    await a_pot(contributions, "ours", 1_000_00)
    await a_pot(contributions, "theirs", 2_000_00, organisation="local-authority-eng:HAL")

    told = await contributions.get("/dashboard?organisation=local-authority-eng:HAL", AUDITOR)

    assert told["total"]["received_pence"] == told["total"]["secured_pence"] == 2_000_00


async def test_an_applicant_may_not_see_it(contributions: ServiceUnderTest) -> None:
    await contributions.refused(403, "GET", "/dashboard", APPLICANT)
