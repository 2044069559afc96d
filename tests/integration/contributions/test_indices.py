"""Published indices: imported after a look, revised without being overwritten, frozen in a demand."""

import pytest

from tests.integration.contributions.test_demands import demand_body
from tests.support.contributions_service import a_due_obligation
from tests.support.demands import a_series, publication, publish
from tests.support.events import an_id
from tests.support.people import FUND_MANAGER, OFFICER
from tests.support.services import ServiceUnderTest

SERIES = f"/index-series/{an_id('series')}"
FIRST = "2019-03,330,\n2019-04,331,\n2019-05,332,\n2019-06,340,yes"
REVISED = "2019-06,341,no\n2019-07,345,yes"


async def test_a_demand_keeps_the_value_and_the_publication_it_was_made_with(
    contributions: ServiceUnderTest,
) -> None:
    await a_series(contributions)
    await publish(contributions, FIRST, "2019-07-02", "first")
    terms = {
        "indexation": {"basis": "index", "series_id": str(an_id("series")), "end_month": "month_before"},
        "days_to_pay": 14,
        "late_interest": {"bank": "Bank of England", "margin_percent": "4"},
    }
    paths = []
    for name in ("one", "other"):
        paths.append(await a_due_obligation(contributions, name, amount_pence=88_596_00))
        await contributions.post(f"{paths[-1]}/payment-terms", OFFICER, terms)

    await contributions.post(f"{paths[0]}/demands", OFFICER, demand_body("one", issued_on="2019-07-03"))
    await publish(contributions, REVISED, "2019-07-10", "second")
    await contributions.post(f"{paths[1]}/demands", OFFICER, demand_body("other", issued_on="2019-07-11"))

    one, other = [await contributions.get(f"/demands/{an_id(name)}", OFFICER) for name in ("one", "other")]
    assert one["demand"]["demanded_pence"] == 91_280_73
    assert (one["working"]["end"]["value"], one["working"]["end"]["published_on"]) == ("340", "2019-07-02")
    assert one["demand"]["provisional"] is True
    assert other["demand"]["demanded_pence"] == 91_549_20
    assert (other["working"]["end"]["value"], other["demand"]["provisional"]) == ("341", False)
    history = await contributions.get(f"{SERIES}/history", OFFICER)
    assert [each["value"] for each in history if each["period"] == "2019-06-01"] == ["341", "340"]


async def test_a_month_that_is_not_published_refuses_the_demand_and_its_preview(
    contributions: ServiceUnderTest,
) -> None:
    await a_series(contributions)
    path = await a_due_obligation(contributions, "one")
    terms = {"indexation": {"basis": "index", "series_id": str(an_id("series"))}}
    await contributions.post(f"{path}/payment-terms", OFFICER, terms)

    problem = await contributions.refused(422, "POST", f"{path}/demands", OFFICER, demand_body())
    preview = await contributions.refused(
        422, "GET", f"{path}/demand-preview", OFFICER, params={"issued_on": "2019-07-01"}
    )

    assert problem["code"] == preview["code"] == "index.month_missing"
    assert "March 2019" in problem["detail"]


async def test_a_preview_tells_what_is_new_and_revised_and_keeps_nothing(
    contributions: ServiceUnderTest,
) -> None:
    await a_series(contributions)
    await publish(contributions, FIRST, "2019-07-02")

    preview = await contributions.post(
        f"{SERIES}/publications/preview", FUND_MANAGER, **publication(REVISED, "2019-07-10", "second")
    )

    assert (preview["new"], preview["revised"], preview["problems"]) == (1, 1, [])
    assert [each["known_value"] for each in preview["values"]] == ["340", None]
    assert len((await contributions.get(SERIES, OFFICER))["publications"]) == 1


async def test_a_file_with_a_wrong_row_keeps_nothing_and_names_the_row(
    contributions: ServiceUnderTest,
) -> None:
    await a_series(contributions)
    wrong = "2019-03,-1\n2019-04,331\nsoon,3"

    problem = await contributions.refused(
        422, "POST", f"{SERIES}/publications", FUND_MANAGER, **publication(wrong, "2019-07-02")
    )
    gap = await contributions.refused(
        422,
        "POST",
        f"{SERIES}/publications",
        FUND_MANAGER,
        **publication("2019-03,1\n2019-06,2", "2019-07-02"),
    )

    assert [each["field"] for each in problem["problems"]] == ["row 2", "row 4"]
    assert "April 2019, May 2019" in gap["problems"][0]["message"]
    assert (await contributions.get(SERIES, OFFICER))["values"] == []


async def test_a_second_publication_of_a_day_and_a_second_index_of_a_name_are_refused(
    contributions: ServiceUnderTest,
) -> None:
    await a_series(contributions)
    await publish(contributions, FIRST, "2019-07-02")

    again = await contributions.refused(
        409, "POST", f"{SERIES}/publications", FUND_MANAGER, **publication(FIRST, "2019-07-02", "again")
    )
    named = {"series_id": str(an_id("x")), "name": "Invented tender price index", "publisher": "N"}
    same = await contributions.refused(
        409, "POST", "/index-series", FUND_MANAGER, {**named, "frequency": "monthly"}
    )

    assert (again["code"], same["code"]) == ("publication.imported_before", "series.recorded_before")


@pytest.mark.parametrize("path", ["/index-series", "/base-rates"])
async def test_only_the_fund_manager_keeps_reference_data(contributions: ServiceUnderTest, path: str) -> None:
    await contributions.refused(403, "POST", path, OFFICER, {})


async def test_an_overdue_demand_shows_interest_at_the_rates_that_held(
    contributions: ServiceUnderTest,
) -> None:
    path = await a_due_obligation(contributions, "one", amount_pence=36_500_00)
    terms = {"days_to_pay": 0, "late_interest": {"bank": "Bank of England", "margin_percent": "4"}}
    await contributions.post(f"{path}/payment-terms", OFFICER, terms)
    await contributions.post(f"{path}/demands", OFFICER, demand_body())
    missing = (await contributions.get(f"/demands/{an_id('demand')}", OFFICER))["late_interest"]
    for day, percent in (("2019-06-01", "5"), ("2019-07-31", "6")):
        rate = {"bank": "Bank of England", "effective_on": day, "percent": percent, "source": "Invented"}
        await contributions.post("/base-rates", FUND_MANAGER, rate)

    receipt = {"receipt_id": str(an_id("r")), "amount_pence": 36_500_00, "received_on": "2019-08-10"}
    await contributions.post(f"{path}/receipts", OFFICER, receipt)
    late = (await contributions.get(f"/demands/{an_id('demand')}", OFFICER))["late_interest"]

    assert "No base rate of Bank of England is recorded for 1 July 2019" in missing["problem"]
    assert [(step["days"], step["rate_percent"]) for step in late["steps"]] == [(30, "9"), (10, "10")]
    assert late["interest_pence"] == 270_00 + 100_00


async def test_demands_are_listed_by_due_date_filtered_and_a_page_at_a_time(
    contributions: ServiceUnderTest,
) -> None:
    for number, day in enumerate(("2019-07-03", "2019-07-01", "2019-07-02")):
        path = await a_due_obligation(contributions, f"o{number}")
        await contributions.post(f"{path}/demands", OFFICER, demand_body(f"d{number}", issued_on=day))
    said = {"reason": "Wrong.", "withdrawn_on": "2019-07-05"}
    await contributions.post(f"/demands/{an_id('d0')}/withdrawal", OFFICER, said)

    async def listed(**query: str) -> list[str]:
        answer = await contributions.get("/demands", OFFICER, params=query)
        return [each["obligation_reference"] for each in answer["demands"]]

    assert await listed() == ["o1", "o2", "o0"]
    assert await listed(show="overdue") == ["o1", "o2"]
    assert await listed(show="withdrawn") == ["o0"]
    assert await listed(cursor=str(an_id("d1"))) == ["o2", "o0"]
    assert await listed(due_from="2019-07-30", search="o2") == ["o2"]
