"""A council whose record lives in Exacom: exports that change three times, and pots that follow."""

from typing import Any

from services.contributions.background import work_off
from shared.events.contributions import AgreementCorrected, BalanceCorrected, ObligationCorrected
from tests.integration.contributions.test_import_drafts import commit, look, send
from tests.support.contributions_service import assert_books_balance
from tests.support.open_data import (
    COUNCIL,
    Files,
    a_contribution_row,
    a_transaction_row,
    an_agreement_row,
    files,
)
from tests.support.people import FUND_MANAGER, OFFICER
from tests.support.services import ServiceUnderTest

SPENT = {"contribution_funding_status": "spent"}
FIRST = files(transactions=[a_transaction_row("T1", amount="1000"), a_transaction_row("T9", amount="1")])
LESS = files(
    agreements=[an_agreement_row(name="Mill Lane East", start_date="2019-05-01")],
    contributions=[a_contribution_row(amount="900.00")],
    transactions=[a_transaction_row("T1", amount="800"), a_transaction_row("T9", amount="1")],
)
MORE = files(
    agreements=[an_agreement_row(name="Mill Lane East", start_date="01/05/2019")],
    contributions=[a_contribution_row(amount="900.00")],
    transactions=[a_transaction_row("T1", amount="800"), a_transaction_row("T2", amount="250")],
)


async def follow_exacom(service: ServiceUnderTest) -> None:
    body = {"organisation": COUNCIL, "mode": "follower", "system_of_record": "Exacom"}
    await service.post("/record-keeping", FUND_MANAGER, body)


async def export(service: ServiceUnderTest, content: Files) -> list[dict[str, Any]]:
    """Take an export; answers what it said otherwise than those before."""
    path = await send(service, content)
    draft = await commit(service, path)
    assert draft["state"] == "committed", draft
    page = await service.get(f"{path}/differences", OFFICER)
    differences: list[dict[str, Any]] = page["differences"]
    return differences


async def available_pence(service: ServiceUnderTest) -> int:
    pots = await service.get("/pots", OFFICER)
    await assert_books_balance(service)
    return int(pots["totals"]["available_pence"])


async def test_register_and_pots_follow_an_export_that_changes_three_times(
    contributions: ServiceUnderTest,
) -> None:
    await follow_exacom(contributions)

    first, at_first = await export(contributions, FIRST), await available_pence(contributions)
    less, with_less = await export(contributions, LESS), await available_pence(contributions)
    more, with_more = await export(contributions, MORE), await available_pence(contributions)

    assert (at_first, with_less, with_more) == (1_001_00, 801_00, 1_051_00)
    assert first == []
    assert [(each["field"], each["before"], each["after"]) for each in less] == [
        ("start-date", "2019-04-17", "2019-05-01"),
        ("name", "Mill Lane", "Mill Lane East"),
        ("amount", "1000.50", "900.00"),
        ("amount", "1000", "800"),
    ]
    assert [(each["kind"], each["reference"]) for each in more] == [("added", "T2"), ("missing", "T9")]
    (agreement,) = (await contributions.get("/agreements", OFFICER))["agreements"]
    assert (agreement["name"], agreement["deed_on"]) == ("Mill Lane East", "2019-05-01")
    assert agreement["obligations"][0]["amount_pence"] == 900_00
    assert [type(each) for each in await contributions.recorded()][-4:-1] == [
        *(AgreementCorrected, ObligationCorrected, BalanceCorrected)
    ]


async def test_the_same_export_again_changes_nothing_and_differs_in_nothing(
    contributions: ServiceUnderTest,
) -> None:
    await follow_exacom(contributions)
    await export(contributions, LESS)

    path = await send(contributions, LESS)

    assert (await look(contributions, path))["summary"]["changes_nothing"] is True
    assert (await contributions.get(f"{path}/differences", OFFICER))["count"] == 0


async def test_less_than_is_left_of_the_money_goes_to_an_officer_and_no_pot_moves(
    contributions: ServiceUnderTest,
) -> None:
    await follow_exacom(contributions)
    await export(contributions, files(transactions=[a_transaction_row("T1", amount="1000")]))
    gone = [a_transaction_row("T1", amount="1000"), a_transaction_row("T2", amount="1200", **SPENT)]

    await export(contributions, files(transactions=gone))

    (exception,) = await contributions.get("/exceptions", OFFICER)
    assert (exception["kind"], exception["amount_pence"]) == ("more_gone_than_received", -200_00)
    assert await available_pence(contributions) == 1_000_00


async def test_money_spent_elsewhere_leaves_the_pot_too(contributions: ServiceUnderTest) -> None:
    await follow_exacom(contributions)
    await export(contributions, files(transactions=[a_transaction_row("T1", amount="1000")]))
    spent = [a_transaction_row("T1", amount="1000"), a_transaction_row("T2", amount="300", **SPENT)]

    await export(contributions, files(transactions=spent))

    assert await available_pence(contributions) == 700_00


async def test_of_a_master_an_officer_takes_or_leaves_what_a_later_file_says_otherwise(
    contributions: ServiceUnderTest,
) -> None:
    await export(contributions, FIRST)
    path = await send(contributions, LESS)
    left = await look(contributions, path)

    await contributions.post(f"{path}/differences", OFFICER, {"takes_changes": True})
    await work_off(contributions.service)
    taken = await look(contributions, path)
    await commit(contributions, path)

    assert left["summary"]["outcomes"]["refused"] == 3
    assert (taken["takes_changes"], taken["summary"]["outcomes"]["changed"]) == (True, 3)
    assert await available_pence(contributions) == 801_00
