from typing import Any

from shared.events.contributions import PotOpened
from tests.support.contributions_service import (
    a_due_obligation,
    a_pot,
    assert_books_balance,
    balances,
)
from tests.support.events import GREEN, ISLINGTON, an_id
from tests.support.people import FUND_MANAGER, OFFICER
from tests.support.services import ServiceUnderTest

PATH = "/record-keeping/opening-balances"
BEGIN = {"organisation": ISLINGTON, "mode": "master", "records_begin_on": "2026-04-01"}


def a_balance(**changes: Any) -> dict[str, Any]:
    """A pooled balance of the old ledger."""
    return {
        "pot_id": str(an_id("opening")),
        "organisation": ISLINGTON,
        "standing": "pooled",
        "amount_pence": 45_120_00,
        "as_at_on": "2026-03-31",
        "source": "Closing balance of the general ledger",
        "pool": "Carbon offset before 2019",
        "purpose": GREEN,
        **changes,
    }


async def begin(service: ServiceUnderTest) -> None:
    await service.post("/record-keeping", FUND_MANAGER, {**BEGIN, "kept_before_in": "Exacom"})


async def test_a_pooled_balance_is_one_pot_of_a_named_pool_and_says_where_records_begin(
    contributions: ServiceUnderTest,
) -> None:
    await begin(contributions)

    await contributions.post(PATH, FUND_MANAGER, a_balance(wards=["Bunhill"]))

    assert await balances(contributions, an_id("opening")) == {"received": 45_120_00, "available": 45_120_00}
    await assert_books_balance(contributions)
    opened = next(each for each in await contributions.recorded() if isinstance(each, PotOpened))
    assert (opened.standing, opened.pool, opened.wards) == (
        *("pooled", "Carbon offset before 2019"),
        ("Bunhill",),
    )
    assert (str(opened.records_begin_on), opened.kept_before_in) == ("2026-04-01", "Exacom")


async def test_a_balance_of_one_obligation_is_entered_once_reconciled_or_not(
    contributions: ServiceUnderTest,
) -> None:
    await begin(contributions)
    path = await a_due_obligation(contributions, "one")
    place = {"agreement_id": path.split("/")[2], "obligation_id": path.split("/")[4]}
    of_one = a_balance(standing="reconciled", pool=None, purpose=None, **place)

    await contributions.post(PATH, FUND_MANAGER, of_one)
    again = {**of_one, "pot_id": str(an_id("again"))}
    problem = await contributions.refused(409, "POST", PATH, FUND_MANAGER, again)

    assert problem["code"] == "opening_balance.money_already"
    assert (await balances(contributions, an_id("opening")))["available"] == 45_120_00


async def test_a_balance_that_cannot_be_is_refused_by_field(contributions: ServiceUnderTest) -> None:
    before = await contributions.refused(422, "POST", PATH, FUND_MANAGER, a_balance())
    await begin(contributions)
    wrong = a_balance(amount_pence=0, as_at_on="2026-04-02", source="", pool="", purpose="tea")

    problem = await contributions.refused(422, "POST", PATH, FUND_MANAGER, wrong)
    nobodys = a_balance(standing="unreconciled", pool=None)
    of_none = await contributions.refused(422, "POST", PATH, FUND_MANAGER, nobodys)
    await contributions.refused(403, "POST", PATH, OFFICER, a_balance())

    assert before["code"] == "opening_balance.no_beginning"
    fields = {each["field"] for each in problem["problems"]}
    assert fields == {"amount_pence", "as_at_on", "source", "pool", "purpose"}
    assert of_none["code"] == "opening_balance.obligation_missing"


async def test_receipts_say_nothing_of_where_records_begin(contributions: ServiceUnderTest) -> None:
    await begin(contributions)

    await a_pot(contributions, "one", 100_00)

    opened = next(each for each in await contributions.recorded() if isinstance(each, PotOpened))
    assert (opened.standing, opened.records_begin_on) == (None, None)
