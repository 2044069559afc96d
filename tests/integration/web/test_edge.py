"""The web edge: who may come in, one command once, and refusals that say what to do."""

import asyncio
import json
from datetime import timedelta
from uuid import uuid4

import pytest

from shared.web.roles import Role
from shared.web.tokens import DEMONSTRATION_PRIVATE_KEY, mint
from tests.support.people import OFFICER, PAYMENT_APPROVER, VERIFIER
from tests.support.services import ServiceUnderTest


def body(counter: str = "a", **changes: object) -> dict[str, object]:
    return {"id": str(uuid4()), "counter": counter, **changes}


async def numbers(counting: ServiceUnderTest) -> list[object]:
    return [row["number"] for row in await counting.rows("SELECT number FROM effect ORDER BY id")]


async def test_a_second_click_gets_the_first_answer_and_counts_once(counting: ServiceUnderTest) -> None:
    sent, key = body(), {"Idempotency-Key": "first click"}

    first = await counting.post("/counts", OFFICER, sent, headers=key)
    second = await counting.post("/counts", OFFICER, sent, headers=key)

    assert first == second == {"id": sent["id"], "sequence": 1}
    assert await numbers(counting) == [1]


async def test_two_clicks_at_the_same_moment_count_once(counting: ServiceUnderTest) -> None:
    sent, key = body(pause_seconds=0.2), {"Idempotency-Key": "both"}

    answers = await asyncio.gather(*(counting.post("/counts", OFFICER, sent, headers=key) for _ in range(3)))

    assert answers == [{"id": sent["id"], "sequence": 1}] * 3
    assert await numbers(counting) == [1]


async def test_a_key_that_was_used_for_something_else_is_refused(counting: ServiceUnderTest) -> None:
    key = {"Idempotency-Key": "mine"}
    await counting.post("/counts", OFFICER, body("a"), headers=key)

    problem = await counting.refused(409, "POST", "/counts", OFFICER, body("b"), headers=key)

    assert problem["code"] == "idempotency_key.reused"
    assert await numbers(counting) == [1]


async def test_a_command_without_a_key_is_told_how_to_send_one(counting: ServiceUnderTest) -> None:
    problem = await counting.refused(422, "POST", "/counts", OFFICER, body(), headers={"Idempotency-Key": ""})

    assert problem["problems"] == [{"field": "Idempotency-Key", "message": problem["detail"]}]


async def test_writers_of_one_aggregate_are_made_to_follow_each_other(counting: ServiceUnderTest) -> None:
    await asyncio.gather(*(counting.post("/counts", OFFICER, body(pause_seconds=0.05)) for _ in range(3)))

    assert await numbers(counting) == [1, 2, 3]
    rows = await counting.rows("SELECT sequence FROM event_log ORDER BY position")
    assert [row["sequence"] for row in rows] == [1, 2, 3]


async def test_a_writer_who_always_comes_second_is_asked_to_look_again(counting: ServiceUnderTest) -> None:
    many = [counting.request("POST", "/counts", OFFICER, json=body(pause_seconds=0.05)) for _ in range(9)]

    statuses = [answer.status_code for answer in await asyncio.gather(*many)]

    assert set(statuses) == {201, 409}
    assert await numbers(counting) == list(range(1, statuses.count(201) + 1))


async def test_what_is_refused_leaves_nothing_behind(counting: ServiceUnderTest) -> None:
    problem = await counting.refused(422, "POST", "/counts", OFFICER, body("invalid"))

    assert problem["code"] == "count.invalid"
    assert problem["problems"] == [{"field": "counter", "message": "Not that name."}]
    assert await numbers(counting) == []
    assert await counting.rows("SELECT * FROM answered_command") == []


async def test_a_forbidden_attempt_is_recorded_by_person_and_path(counting: ServiceUnderTest) -> None:
    await counting.refused(403, "POST", "/counts", OFFICER, body("forbidden"))
    await counting.refused(403, "POST", "/counts", PAYMENT_APPROVER, body())

    rows = await counting.rows("SELECT actor, method, path, code FROM refused_attempt ORDER BY id")
    assert [tuple(row.values()) for row in rows] == [
        (str(OFFICER.id), "POST", "/counts", "count.forbidden"),
        (str(PAYMENT_APPROVER.id), "POST", "/counts", "role.missing"),
    ]
    assert await numbers(counting) == []


async def test_a_failure_of_ours_tells_no_secrets_and_commits_nothing(counting: ServiceUnderTest) -> None:
    problem = await counting.refused(500, "POST", "/counts", OFFICER, body("broken"))

    assert "secret" not in str(problem)
    assert await numbers(counting) == []


async def test_a_route_that_reads_cannot_write(counting: ServiceUnderTest) -> None:
    await counting.refused(500, "GET", "/writes", OFFICER)

    assert await numbers(counting) == []


async def test_a_stranger_is_asked_to_sign_in(counting: ServiceUnderTest) -> None:
    answer = await counting.request("GET", "/counts", None)

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.headers["content-type"] == "application/problem+json"


async def test_each_token_that_is_not_right_is_refused_for_its_own_reason(counting: ServiceUnderTest) -> None:
    expired = OFFICER.token("counting", lifetime=timedelta(seconds=-1))
    for_another = OFFICER.token("contributions")
    roles = [Role.OFFICER]
    forged = mint(OFFICER.id, roles, audience="counting", private_key="A" * 43)
    unsigned = ".".join([*OFFICER.token("counting").split(".")[:2], ""])
    good = mint(OFFICER.id, roles, audience="counting", private_key=DEMONSTRATION_PRIVATE_KEY)

    async def code(token: str) -> str:
        headers = {"Authorization": f"Bearer {token}"}
        answer = await counting.request("GET", "/counts", None, headers=headers)
        return str(answer.json().get("code", answer.status_code))

    assert await code(expired) == "token.expired"
    assert await code(for_another) == "token.audience"
    assert await code(forged) == "token.invalid"
    assert await code(unsigned) == "token.invalid"
    assert await code("rubbish") == "token.invalid"
    assert await code(good) == "200"


async def test_any_of_the_roles_of_a_route_opens_it(counting: ServiceUnderTest) -> None:
    assert await counting.get("/counts", VERIFIER) == {"person": str(VERIFIER.id)}


async def test_a_body_of_the_wrong_shape_names_the_field(counting: ServiceUnderTest) -> None:
    problem = await counting.refused(422, "POST", "/counts", OFFICER, {"id": "7", "counter": "a"})

    assert [item["field"] for item in problem["problems"]] == ["id"]


async def test_a_missing_page_and_a_missing_thing_are_problems_too(counting: ServiceUnderTest) -> None:
    assert (await counting.refused(404, "GET", "/nowhere", None))["code"] == "http.404"
    assert (await counting.refused(404, "GET", "/missing", None))["code"] == "thing.not_found"


async def test_health_and_figures_are_public(counting: ServiceUnderTest) -> None:
    await counting.post("/counts", OFFICER, body())

    assert (await counting.get("/health/live")) == {"status": "alive"}
    assert (await counting.client.get("/health/ready")).json()["database"] is True
    metrics = (await counting.request("GET", "/metrics", None)).text
    assert 'offset_fund_outbox_depth{service="counting"} 1.0' in metrics
    assert 'route="/counts",service="counting",status="201"' in metrics


async def test_a_request_leaves_one_json_line_with_its_route_and_no_content(
    counting: ServiceUnderTest, capsys: pytest.CaptureFixture[str]
) -> None:
    await counting.post("/counts", OFFICER, body("Margaret Tilley"))

    [line] = capsys.readouterr().out.splitlines()
    told = json.loads(line)
    assert (told["event"], told["method"], told["route"], told["status"]) == (
        "request",
        "POST",
        "/counts",
        201,
    )
    assert "Margaret" not in line
