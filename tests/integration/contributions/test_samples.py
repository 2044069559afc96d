"""An auditor draws entries, and gets with each what stands behind it, from the deed to the voucher."""

from typing import Any

from tests.support.contributions_service import a_pot, pay
from tests.support.events import ISLINGTON, awarded, milestone_verified, offer_accepted
from tests.support.people import AUDITOR, FUND_MANAGER, OFFICER
from tests.support.services import ServiceUnderTest

ORDER = {
    "organisation": ISLINGTON,
    "first_on": "2019-04-01",
    "last_on": "2022-03-31",
    "count": 200,
    "seed": "2025/26, C.B.",
    "method": "simple_random",
}


async def draw(service: ServiceUnderTest, **changes: Any) -> Any:
    return await service.get("/samples", AUDITOR, params={**ORDER, **changes})


async def test_each_entry_comes_with_deed_obligation_pot_grant_payment_and_events(
    contributions: ServiceUnderTest,
) -> None:
    pot_id = await a_pot(contributions, "one", 40_000_00)
    await contributions.give(awarded(), offer_accepted(), milestone_verified())
    await pay(contributions)

    sample = await draw(contributions)

    drawn = {each["entry"]["kind"]: each for each in sample["entries"]}
    assert sorted(drawn) == sorted(
        ["receipt", "reservation", "commitment", "payment_request", "payment_approval", "payment"]
    )
    assert (sample["population_entries"], sample["population_pence"]) == (6, 40_000_00 + 5 * 30_000_00)
    (pot,), (grant,) = sample["pots"], sample["grants"]
    assert (pot["pot_id"], pot["agreement"], pot["reference"]) == (str(pot_id), "agreement one-da", "one")
    assert (len(pot["entries"]), pot["demands"]) == (12, [])
    (claim,) = grant["claims"]
    assert (claim["voucher"], claim["paid_on"]) == ("V-2021-0042", "2021-04-09")
    assert claim["requested_by"] != claim["approved_by"]
    assert [share["amount_pence"] for share in grant["shares"]] == [30_000_00]
    events = {kind: [event["type"] for event in each["events"]] for kind, each in drawn.items()}
    assert events["receipt"] == ["pot.opened.v1"]
    assert events["reservation"] == ["funds.reserved.v1"]
    assert events["payment"] == ["payment.made.v1"]


async def test_the_same_seed_draws_the_same_and_another_may_not(contributions: ServiceUnderTest) -> None:
    for number in range(12):
        await a_pot(contributions, f"pot {number}", (number + 1) * 100_00)

    for method in ("simple_random", "monetary_unit"):
        samples = [
            [each["entry"]["position"] for each in (await draw(contributions, **order))["entries"]]
            for order in (
                {"count": 4, "method": method},
                {"count": 4, "method": method},
                {"count": 4, "method": method, "seed": "another"},
                {"count": 4, "method": method, "seed": "yet another"},
            )
        ]
        assert samples[0] == samples[1]
        assert len({tuple(sample) for sample in samples}) > 1


async def test_a_period_without_entries_gives_an_empty_sample_and_only_auditors_draw(
    contributions: ServiceUnderTest,
) -> None:
    await a_pot(contributions, "one", 40_000_00)

    sample = await draw(contributions, first_on="2001-04-01", last_on="2002-03-31", method="monetary_unit")

    assert (sample["entries"], sample["population_pence"]) == ([], 0)
    await contributions.get("/samples", FUND_MANAGER, params=ORDER)
    await contributions.refused(403, "GET", "/samples", OFFICER, params=ORDER)
    problem = await contributions.refused(422, "GET", "/samples", AUDITOR, params={**ORDER, "count": 0})
    assert problem["problems"][0]["field"] == "count"
