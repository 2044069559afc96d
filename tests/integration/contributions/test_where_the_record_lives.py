from typing import Any

from tests.support.contributions_service import (
    a_due_obligation,
    agreement_body,
    obligation_body,
    receipt_body,
)
from tests.support.events import ISLINGTON
from tests.support.people import FUND_MANAGER, OFFICER
from tests.support.services import ServiceUnderTest

EXACOM: dict[str, Any] = {"organisation": ISLINGTON, "mode": "follower", "system_of_record": "Exacom"}


async def test_while_another_system_has_the_record_nothing_is_entered_by_hand(
    contributions: ServiceUnderTest,
) -> None:
    path = await a_due_obligation(contributions, "one")
    agreement = path.rpartition("/obligations")[0]
    await contributions.post("/record-keeping", FUND_MANAGER, EXACOM)

    problems = [
        await contributions.refused(409, "POST", where, OFFICER, what)
        for where, what in (
            ("/agreements", agreement_body("two")),
            (f"{agreement}/obligations", obligation_body("two")),
            (f"{path}/receipts", receipt_body()),
        )
    ]

    assert {problem["code"] for problem in problems} == {"record_keeping.follower"}
    assert "lives in Exacom. Make the change there" in problems[0]["detail"]


async def test_a_council_that_takes_the_record_over_enters_by_hand_again_and_every_decision_is_kept(
    contributions: ServiceUnderTest,
) -> None:
    await contributions.post("/record-keeping", FUND_MANAGER, EXACOM)
    begin = {"records_begin_on": "2026-04-01", "kept_before_in": "Exacom"}
    await contributions.post(
        "/record-keeping", FUND_MANAGER, {"organisation": ISLINGTON, "mode": "master", **begin}
    )

    await a_due_obligation(contributions, "one")

    (in_force,) = await contributions.get("/record-keeping", OFFICER)
    assert (in_force["mode"], in_force["system_of_record"]) == ("master", None)
    assert {name: in_force[name] for name in begin} == begin
    history = await contributions.get(f"/record-keeping/{ISLINGTON}/history", OFFICER)
    assert [each["mode"] for each in history] == ["master", "follower"]
    assert {each["decided_by"] for each in history} == {str(FUND_MANAGER.id)}


async def test_other_councils_go_on_recording(contributions: ServiceUnderTest) -> None:
    await contributions.post("/record-keeping", FUND_MANAGER, EXACOM)

    await a_due_obligation(contributions, "one", organisation="local-authority-eng:MIK")


async def test_only_a_fund_manager_decides_and_what_cannot_be_is_refused_by_field(
    contributions: ServiceUnderTest,
) -> None:
    nameless = {"organisation": "ISL", "mode": "follower", "kept_before_in": "Exacom"}
    future = {"organisation": ISLINGTON, "mode": "master", "records_begin_on": "2999-01-01"}

    await contributions.refused(403, "POST", "/record-keeping", OFFICER, EXACOM)
    problem = await contributions.refused(422, "POST", "/record-keeping", FUND_MANAGER, nameless)
    later = await contributions.refused(422, "POST", "/record-keeping", FUND_MANAGER, future)

    fields = {each["field"] for each in problem["problems"]}
    assert fields == {"organisation", "system_of_record", "records_begin_on"}
    assert later["code"] == "records_begin_on.in_the_future"
