from typing import Any

import pytest

from tests.support.contributions_service import agreement_body, obligation_body
from tests.support.events import AGREEMENT_ID
from tests.support.people import OFFICER
from tests.support.services import ServiceUnderTest

OBLIGATIONS = f"/agreements/{AGREEMENT_ID}/obligations"


async def test_an_obligation_keeps_what_its_trigger_waits_for(contributions: ServiceUnderTest) -> None:
    await contributions.post("/agreements", OFFICER, agreement_body())
    waits = {"trigger_kind": "percent_occupation", "trigger_percent": 50, "clause": "Schedule 3, paragraph 2"}

    await contributions.post(OBLIGATIONS, OFFICER, obligation_body(**waits))

    shown = (await contributions.get(f"/agreements/{AGREEMENT_ID}", OFFICER))["obligations"][0]
    assert waits.items() <= shown.items()
    assert shown["secured"] is False
    told = (await contributions.recorded())[-1]
    assert waits.items() <= told.model_dump().items()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"trigger_kind": "percent_occupation", "trigger_percent": 101}, "trigger_percent"),
        ({"trigger_kind": "nth_occupation"}, "trigger_dwelling"),
        ({"trigger_kind": "date"}, "trigger_on"),
        ({"trigger_kind": "one day"}, "trigger_kind"),
    ],
)
async def test_a_wrong_threshold_is_refused_by_field(
    contributions: ServiceUnderTest, wrong: dict[str, Any], field: str
) -> None:
    await contributions.post("/agreements", OFFICER, agreement_body())

    problem = await contributions.refused(422, "POST", OBLIGATIONS, OFFICER, obligation_body(**wrong))

    assert problem["problems"][0]["field"] == field


async def test_the_database_refuses_a_threshold_of_another_kind(contributions: ServiceUnderTest) -> None:
    await contributions.post("/agreements", OFFICER, agreement_body())
    await contributions.post(OBLIGATIONS, OFFICER, obligation_body())

    with pytest.raises(Exception, match="obligation_has_the_threshold_of_its_trigger"):
        await contributions.rows("UPDATE obligation SET trigger_percent = 50 RETURNING 1")
    with pytest.raises(Exception, match="obligation_is_one_tranche_of_its_clause"):
        await contributions.rows("UPDATE obligation SET tranche_number = 3, tranche_count = 2 RETURNING 1")
