"""An application brought as far as a test of the assessment service needs it."""

import asyncio
from collections.abc import Coroutine
from typing import Any
from uuid import UUID

import httpx2
from sqlalchemy import text

from tests.support.events import APPLICATION_ID, AWARD_ID, CRITERIA, submitted
from tests.support.people import DECISION_MAKER, FIRST_ASSESSOR, SECOND_ASSESSOR, Person
from tests.support.services import ServiceUnderTest

PATH = f"/assessments/{APPLICATION_ID}"
JUSTIFICATION = "Shown by the quotes and by the bills of last winter."


def scores(*given: int) -> dict[str, Any]:
    """The body of a request that gives these scores, in the order of the fund's criteria."""
    return {
        "scores": [
            {"criterion": criterion.code, "score": score, "justification": JUSTIFICATION}
            for criterion, score in zip(CRITERIA, given, strict=True)
        ]
    }


def award(**changes: Any) -> dict[str, Any]:
    """The body of a request that awards the grant as requested."""
    body = {
        "award_id": str(AWARD_ID),
        "outcome": "award",
        "amount_pence": 30_000_00,
        "decided_on": "2019-11-14",
        "reasons": "Saves much carbon for the money and keeps a well-used hall warm.",
    }
    return body | changes


def decline(**changes: Any) -> dict[str, Any]:
    """The body of a request that declines the application."""
    body = {
        "outcome": "decline",
        "decided_on": "2019-11-14",
        "reasons": "The quotes do not cover the works that are described.",
        "way_forward": "Ask the installers for quotes of the same works and apply again.",
    }
    return body | changes


async def declare_none(
    service: ServiceUnderTest, assessor: Person, application_id: UUID = APPLICATION_ID
) -> None:
    """The assessor says that they have no interest."""
    path = f"/assessments/{application_id}/interest"
    await service.post(path, assessor, json={"has_interest": False})


async def put_scores(
    service: ServiceUnderTest, assessor: Person, *given: int, application_id: UUID = APPLICATION_ID
) -> None:
    """The assessor declares no interest and gives these scores."""
    await declare_none(service, assessor, application_id)
    path = f"/assessments/{application_id}/scores"
    answer = await service.request("PUT", path, assessor, json=scores(*given))
    assert answer.status_code == 201, answer.text


async def ready_to_decide(service: ServiceUnderTest, **changes: Any) -> None:
    """Submitted (with these changes) and scored by two."""
    event = submitted(**changes)
    await service.give(event)
    await put_scores(service, FIRST_ASSESSOR, 5, 4, 3, application_id=event.application_id)
    await put_scores(service, SECOND_ASSESSOR, 4, 4, 2, application_id=event.application_id)


async def decided(service: ServiceUnderTest) -> None:
    """Awarded as requested."""
    await ready_to_decide(service)
    await service.post(f"{PATH}/decision", DECISION_MAKER, json=award())


async def at_the_same_moment(
    service: ServiceUnderTest, *requests: Coroutine[Any, Any, httpx2.Response]
) -> list[httpx2.Response]:
    """Send requests about the one application so that each has begun before any can write."""
    async with service.service.sessions.begin() as session:
        await session.execute(text("SELECT 1 FROM assessment FOR UPDATE"))
        sent = [asyncio.create_task(request) for request in requests]
        await _until_waiting(service, len(requests))
    return list(await asyncio.gather(*sent))


async def _until_waiting(service: ServiceUnderTest, expected: int) -> None:
    for _ in range(500):
        (row,) = await service.rows(
            "SELECT count(*) AS waiting FROM pg_stat_activity "
            "WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        if row["waiting"] == expected:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"Only {row['waiting']} of {expected} requests wait for the application.")
