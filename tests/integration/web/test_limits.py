"""Too often, too slowly, too much at once: each is refused in words, and nothing waits for ever."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from starlette.types import Message

from shared.web.body_limit import BodyLimit
from shared.web.rates import Rates
from tests.support.people import APPLICANT, OFFICER, OTHER_APPLICANT, Person
from tests.support.services import ServiceUnderTest

FILE = {"file": ("readings.csv", b"day,kwh\n", "text/csv")}


class Clock:
    seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock(counting: ServiceUnderTest) -> Clock:
    limit, clock = "2 per minute", Clock()
    counting.service.rates = Rates.told(sign_in=limit, uploads=limit, refusals=limit, clock=clock)
    return clock


async def upload(service: ServiceUnderTest, person: Person | None) -> Any:
    return await service.request("POST", "/counts", person, files=FILE)


async def test_a_third_file_within_the_minute_is_refused_and_one_after_it_is_not(
    counting: ServiceUnderTest, clock: Clock
) -> None:
    statuses = [(await upload(counting, OFFICER)).status_code for _ in range(2)]
    clock.seconds += 20
    refused = await upload(counting, OFFICER)
    clock.seconds += 40.5
    later = await upload(counting, OFFICER)

    assert statuses == [422, 422]  # counted, and then not what this route takes
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "40"
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["code"] == "http.429"
    assert refused.json()["detail"].endswith("Wait 40 seconds, then try again.")
    assert later.status_code == 422


@pytest.mark.usefixtures("clock")
async def test_files_count_for_the_person_and_without_a_valid_token_for_the_address(
    counting: ServiceUnderTest,
) -> None:
    for _ in range(2):
        await upload(counting, OFFICER)
        forged = {"Authorization": f"Bearer {uuid4()}.{uuid4()}.{uuid4()}"}
        await counting.request("POST", "/counts", None, files=FILE, headers=forged)

    assert (await upload(counting, OFFICER)).status_code == 429
    assert (await upload(counting, APPLICANT)).status_code != 429
    assert (await upload(counting, None)).status_code == 429


@pytest.mark.usefixtures("clock")
async def test_other_commands_are_not_counted(counting: ServiceUnderTest) -> None:
    for number in range(4):
        body = {"id": str(uuid4()), "counter": f"a{number}"}
        assert (await counting.request("POST", "/counts", OFFICER, json=body)).status_code == 201


@pytest.mark.usefixtures("clock")
async def test_so_many_forbidden_attempts_of_each_are_written_down_and_no_more(
    counting: ServiceUnderTest,
) -> None:
    for person in (APPLICANT, APPLICANT, APPLICANT, OTHER_APPLICANT):
        assert (await counting.request("GET", "/counts", person)).status_code == 403

    async with counting.service.sessions() as session:
        counted = await session.execute(text("SELECT actor, count(*) FROM refused_attempt GROUP BY actor"))
        assert dict(map(tuple, counted.all())) == {str(APPLICANT.id): 2, str(OTHER_APPLICANT.id): 1}


async def sent_to(body_limit_seconds: float, messages: list[Message]) -> list[Message]:
    """What an application receives of a body that stops coming after these messages."""
    received: list[Message] = []

    async def receive() -> Message:
        if not messages:
            await asyncio.Event().wait()
        return messages.pop(0)

    async def application(_scope: Any, receive: Any, _send: Any) -> None:
        while not received or received[-1].get("more_body"):
            received.append(await receive())

    async def send(_message: Message) -> None: ...

    scope = {"type": "http", "method": "POST", "headers": []}
    await BodyLimit(application, body_limit_seconds)(scope, receive, send)
    return received


async def test_a_body_that_stops_coming_is_cut() -> None:
    with pytest.raises(Exception, match="too slowly") as cut:
        await sent_to(0.02, [{"type": "http.request", "body": b"a", "more_body": True}])

    assert getattr(cut.value, "status_code", None) == 408


async def test_a_body_that_came_whole_is_waited_for_no_longer() -> None:
    whole = [
        {"type": "http.request", "body": b"a", "more_body": True},
        {"type": "http.request", "body": b"b", "more_body": False},
    ]

    assert len(await sent_to(5, whole)) == 2


@pytest.mark.parametrize(
    "content",
    [b"[" * 100_000, b'{"a":' * 50_000, b'{"id": ' + b"9" * 100_000 + b"}", b'{"pause_seconds": 1e999999}'],
)
async def test_what_nests_without_end_or_is_too_large_a_number_cannot_be_read(
    counting: ServiceUnderTest, content: bytes
) -> None:
    headers = {"Content-Type": "application/json"}

    answer = await counting.request("POST", "/counts", OFFICER, content=content, headers=headers)

    assert answer.status_code in {400, 422}
