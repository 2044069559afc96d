"""An operator looks at one event that was set aside, and gives it up with a reason."""

from sqlalchemy import text

from tests.support.people import OFFICER, OPERATOR
from tests.support.services import ServiceUnderTest

PATH = "/messaging/parked-events"
PARK = text(
    """
    INSERT INTO parked_event (topic, key, record_partition, record_offset, headers, value, kind, reason)
    VALUES ('t', 'k', 3, 7, '{"ce_type": "bad"}', '\\x7b00ff'::bytea, 'parked', 'not JSON') RETURNING id
    """
)


async def test_a_parked_event_is_shown_as_it_came_and_given_up_with_a_reason(
    counting: ServiceUnderTest,
) -> None:
    async with counting.service.sessions.begin() as session:
        await session.execute(text("INSERT INTO parked_key VALUES ('t', 'k')"))
        parked_id = await session.scalar(PARK)

    shown = await counting.get(f"{PATH}/{parked_id}", OPERATOR)
    await counting.refused(403, "GET", f"{PATH}/{parked_id}", OFFICER)
    await counting.post(f"{PATH}/{parked_id}/discard", OPERATOR, {"because": "A test of the broker"})

    assert (shown["record_partition"], shown["record_offset"], shown["reason"]) == (3, 7, "not JSON")
    assert shown["content"] == "{\\000\\377"
    [kept] = await counting.rows("SELECT discarded_by, discarded_because FROM parked_event")
    assert kept == {"discarded_by": str(OPERATOR.id), "discarded_because": "A test of the broker"}
    gone = await counting.refused(404, "GET", f"{PATH}/{parked_id}", OPERATOR)
    assert gone["code"] == "parked_event.not_found"
