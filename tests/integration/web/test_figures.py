"""Who is given the figures, and what is forgotten of answered commands."""

import asyncio

import pytest
from sqlalchemy import text

from shared.web import forgetting
from tests.integration.web.test_edge import body
from tests.support.people import OFFICER
from tests.support.services import ServiceUnderTest

OTHER = {"Authorization": "Bearer of bad figures"}
AGED = text(
    """
    INSERT INTO answered_command (actor, idempotency_key, request_hash, answered_at)
    SELECT 'somebody', days || ' days', '', now() - make_interval(days => days)
    FROM unnest(ARRAY[29, 31, 32, 33, 34, 400]) AS days
    """
)


async def test_outside_a_demonstration_the_figures_are_for_who_sends_the_token(
    counting: ServiceUnderTest,
) -> None:
    service, token = counting.service, {"Authorization": "Bearer of good figures"}
    service.settings = service.settings.model_copy(update={"demonstration": False})
    without_a_token = await counting.client.get("/metrics", headers={"Authorization": "Bearer "})
    service.settings = service.settings.model_copy(update={"metrics_token": "of good figures"})

    answers = [await counting.client.get("/metrics", headers=sent) for sent in ({}, OTHER, token)]

    assert without_a_token.status_code == 401
    assert [answer.status_code for answer in answers] == [401, 401, 200]
    assert "OFFSET_FUND_METRICS_TOKEN" in answers[0].json()["detail"]


async def test_answers_are_forgotten_after_thirty_days_and_not_before(
    counting: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "AT_ONCE", 2)
    first = await counting.post("/counts", OFFICER, body("kept"), headers={"Idempotency-Key": "kept"})
    async with counting.service.sessions.begin() as session:
        await session.execute(AGED)

    forgotten = await forgetting.forget("counting", counting.service.sessions)

    left = await counting.rows("SELECT idempotency_key FROM answered_command ORDER BY 1")
    assert forgotten == 5
    assert [row["idempotency_key"] for row in left] == ["29 days", "kept"]
    assert first["sequence"] == 1


async def test_the_age_of_the_outbox_is_that_of_its_first_event(counting: ServiceUnderTest) -> None:
    empty = await figure(counting, "outbox_age_seconds")
    for number in (1, 2):
        await counting.post("/counts", OFFICER, body(f"counter {number}"))
        await asyncio.sleep(0.05)

    assert empty == 0
    assert await figure(counting, "outbox_depth") == 2
    assert 0.1 <= await figure(counting, "outbox_age_seconds") < 60


async def figure(counting: ServiceUnderTest, name: str) -> float:
    """One of the service's figures."""
    lines = (await counting.client.get("/metrics")).text.splitlines()
    start = f'offset_fund_{name}{{service="counting"}} '
    [value] = [line.removeprefix(start) for line in lines if line.startswith(start)]
    return float(value)
