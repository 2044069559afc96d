"""An operator sees what Kafka refuses, and has it tried again."""

from uuid import uuid4

from sqlalchemy import text

from shared.messaging import Cause
from tests.support.messaging import Counted
from tests.support.people import OFFICER, OPERATOR
from tests.support.services import ServiceUnderTest

PATH = "/messaging/blocked-events"
BLOCK = text(
    "INSERT INTO blocked_event (position, topic, key, reason)"
    " SELECT position, topic, key, 'too large' FROM event_log WHERE sequence = 1"
)


async def test_a_blocked_event_is_listed_with_what_waits_behind_it_until_it_is_unblocked(
    counting: ServiceUnderTest,
) -> None:
    async with counting.service.work.begin(Cause("tests", "test", uuid4())) as uow:
        for number in (1, 2, 3):
            uow.record(Counted(counter="a", number=number), sequence=number)
        await uow.flush()
        await uow.session.execute(BLOCK)

    [listed] = await counting.get(PATH, OPERATOR)
    figures = (await counting.request("GET", "/metrics", None)).text
    await counting.refused(403, "POST", f"{PATH}/{listed['position']}/unblock", OFFICER)
    await counting.post(f"{PATH}/{listed['position']}/unblock", OPERATOR)

    assert (listed["key"], listed["type"], listed["reason"]) == ("a", "test.counted.v1", "too large")
    assert listed["behind"] == 2
    assert 'offset_fund_blocked_events{service="counting"} 1.0' in figures
    assert await counting.get(PATH, OPERATOR) == []
    again = await counting.refused(404, "POST", f"{PATH}/{listed['position']}/unblock", OPERATOR)
    assert again["code"] == "blocked_event.not_found"
