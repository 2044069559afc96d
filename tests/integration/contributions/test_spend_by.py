"""Later dates by deeds of variation, what a deed says about spending, and what is at risk."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.support.contributions_service import DEED_ON, a_due_obligation, a_pot, receipt_body
from tests.support.events import BUNHILL, HILLRISE, an_id, awarded, offer_accepted
from tests.support.people import DECISION_MAKER, FUND_MANAGER, OFFICER, PAYMENT_REQUESTER
from tests.support.services import ServiceUnderTest

VARIED = {"spend_by_on": "2027-08-30", "deed_on": "2021-02-01", "document_url": "https://deeds.example/1"}
TODAY = date.today()  # noqa: DTZ011 - the day only has to be near the service's own


def terms_path(name: str) -> str:
    return f"/agreements/{an_id(f'agreement {name}')}/obligations/{an_id(name)}/spending-terms"


def terms(**changes: Any) -> dict[str, Any]:
    return {"spend_by_counts": "committed", "refund_with_interest": False, "recipients": [], **changes}


async def test_a_deed_of_variation_gives_a_later_date_and_both_are_kept(
    contributions: ServiceUnderTest,
) -> None:
    pot_id = await a_pot(contributions, "one", 40_000_00, spend_by_months=1)
    await contributions.give(awarded())
    assert (await contributions.recorded())[-1].name == "funds.refused.v1"

    await contributions.post(f"/pots/{pot_id}/extension", OFFICER, VARIED)

    statement = await contributions.get(f"/pots/{pot_id}", OFFICER)
    assert statement["pot"]["spend_by_on"] == "2027-08-30"
    (kept,) = statement["extensions"]
    assert (kept["spend_by_before"], kept["deed_on"]) == ("2019-09-30", "2021-02-01")
    assert (await contributions.recorded())[-1].name == "pot.extended.v1"
    await contributions.give(awarded(award_id=an_id("again")))
    assert (await contributions.recorded())[-1].name == "funds.reserved.v1"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"spend_by_on": "2019-09-30"}, "spend_by_on"),
        ({"spend_by_on": "2727-08-30"}, "spend_by_on"),
        ({"deed_on": (DEED_ON - timedelta(days=1)).isoformat()}, "deed_on"),
        ({"deed_on": "2999-01-01"}, "deed_on"),
        ({"document_url": "C:/deed.pdf"}, "document_url"),
    ],
)
async def test_what_no_deed_of_variation_can_do_is_refused_by_field(
    contributions: ServiceUnderTest, change: dict[str, str], field: str
) -> None:
    pot_id = await a_pot(contributions, "one", 40_000_00, spend_by_months=1)
    path = f"/pots/{pot_id}/extension"

    problem = await contributions.refused(422, "POST", path, FUND_MANAGER, {**VARIED, **change})

    assert problem["problems"][0]["field"] == field


async def test_a_pot_without_a_date_has_none_to_extend(contributions: ServiceUnderTest) -> None:
    pot_id = await a_pot(contributions, "one", 40_000_00, spend_by_months=None)

    problem = await contributions.refused(409, "POST", f"/pots/{pot_id}/extension", FUND_MANAGER, VARIED)

    assert problem["code"] == "extension.no_date"


async def test_money_for_schools_is_granted_to_schools_only(contributions: ServiceUnderTest) -> None:
    await a_pot(contributions, "one", 40_000_00)
    await contributions.post(terms_path("one"), OFFICER, terms(recipients=["school", "parish_council"]))

    names = []
    for number, kind in enumerate(["village_hall", None, "school"]):
        award = awarded(
            application_id=an_id(f"application {number}"), award_id=an_id(str(number)), organisation_kind=kind
        )
        await contributions.give(award)
        names.append((await contributions.recorded())[-1].name)

    assert names == ["funds.refused.v1", "funds.refused.v1", "funds.reserved.v1"]


async def test_a_receipt_after_the_terms_were_stated_is_limited_too(contributions: ServiceUnderTest) -> None:
    path = await a_due_obligation(contributions, "one")
    for name in ("before", "after"):
        body = receipt_body(name, amount_pence=1_00)
        await contributions.post(f"{path}/receipts", OFFICER, body)
        await contributions.post(f"{path}/spending-terms", OFFICER, terms(recipients=["school"]))

    pots = (await contributions.get("/pots", DECISION_MAKER))["pots"]

    assert [pot["recipients"] for pot in pots] == [["school"], ["school"]]


async def test_a_kind_of_organisation_is_a_code_and_finance_states_no_terms(
    contributions: ServiceUnderTest,
) -> None:
    await a_pot(contributions, "one", 40_000_00)

    wrong = terms(recipients=["A school"])
    problem = await contributions.refused(422, "POST", terms_path("one"), OFFICER, wrong)
    await contributions.refused(403, "POST", terms_path("one"), PAYMENT_REQUESTER, terms())
    await contributions.refused(422, "POST", terms_path("one"), OFFICER, terms(spend_by_counts="promised"))

    assert problem["code"] == "recipients.unknown"


@pytest.mark.parametrize(("counts", "unspent_pence"), [("committed", 10_000_00), ("spent", 40_000_00)])
async def test_what_is_unspent_at_the_date_is_as_the_deed_says(
    contributions: ServiceUnderTest, counts: str, unspent_pence: int
) -> None:
    await a_pot(contributions, "one", 40_000_00, spend_by_months=60)
    await contributions.give(awarded(), offer_accepted())
    await contributions.post(terms_path("one"), OFFICER, terms(spend_by_counts=counts))

    told = await contributions.get("/pots-at-risk", DECISION_MAKER, params={"months": 3})

    assert (told["unspent_pence"], told["pots"][0]["unspent_pence"]) == (unspent_pence, unspent_pence)
    assert (told["pots"][0]["within_months"], told["pots"][0]["days_left"] < 0) == (0, True)


async def test_pots_at_risk_say_how_near_they_are_and_what_they_could_still_fund(
    contributions: ServiceUnderTest,
) -> None:
    months = (TODAY.year - 2019) * 12 + TODAY.month - 9
    limits = {"soon": (2, [BUNHILL]), "later": (11, [HILLRISE]), "far": (40, [])}
    for name, (more, wards) in limits.items():
        received = {"received_on": "2019-09-01"}
        await a_pot(contributions, name, 10_000_00, spend_by_months=months + more, wards=wards, **received)
    await contributions.give(awarded(decided_on=TODAY, amount_pence=30_000_00))

    told = await contributions.get("/pots-at-risk", DECISION_MAKER)

    found = {pot["reference"]: pot for pot in told["pots"]}
    assert set(found) == {"soon", "later"}
    assert found["soon"]["within_months"] == 3
    assert found["later"]["within_months"] == 12
    assert [award["shortfall_pence"] for award in found["soon"]["could_fund"]] == [10_000_00]
    assert found["later"]["could_fund"] == []
    assert told["unspent_pence"] == 20_000_00
    await contributions.refused(422, "GET", "/pots-at-risk?months=19", DECISION_MAKER)
