"""What no service can store: NUL, numbers out of range, endless bodies; and what no log may say."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
import structlog
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from shared.database import transaction
from shared.observability import without_row_values
from shared.web.body_limit import LARGEST_BYTES, LARGEST_FILES_BYTES
from tests.support.people import OFFICER, VERIFIER
from tests.support.services import ServiceUnderTest

NAME = "Margaret Tilley"


async def test_text_that_the_database_cannot_hold_is_the_senders_to_correct(
    counting: ServiceUnderTest,
) -> None:
    body = {"id": str(uuid4()), "counter": "a\0b"}

    problem = await counting.refused(422, "POST", "/counts", OFFICER, body)

    assert problem["code"] == "request.unusable_value"
    assert "\0" not in problem["detail"]


async def test_a_number_that_the_database_cannot_hold_is_the_senders_to_correct(
    counting: ServiceUnderTest,
) -> None:
    problem = await counting.refused(422, "GET", "/looks", OFFICER, params={"number": 2**70})

    assert problem["code"] == "request.unusable_value"


async def test_an_attempt_is_recorded_whatever_its_path_holds(counting: ServiceUnderTest) -> None:
    problem = await counting.refused(403, "GET", "/named/a%00b" + "c" * 9000, VERIFIER)

    assert problem["code"] == "role.missing"
    [attempt] = await counting.rows("SELECT path FROM refused_attempt")
    assert attempt["path"].startswith("/named/a\\x00bccc")
    assert len(attempt["path"]) == 300


@pytest.mark.parametrize(
    ("content_type", "limit_bytes"),
    [("application/json", LARGEST_BYTES), ("multipart/form-data; boundary=x", LARGEST_FILES_BYTES)],
)
async def test_a_body_that_announces_more_than_the_limit_is_not_read(
    counting: ServiceUnderTest, content_type: str, limit_bytes: int
) -> None:
    headers = {"Content-Type": content_type, "Content-Length": str(limit_bytes + 1)}

    problem = await counting.refused(413, "POST", "/counts", None, headers=headers, content=endless())

    assert problem["code"] == "http.413"


async def test_a_body_without_a_length_is_read_up_to_the_limit_only(counting: ServiceUnderTest) -> None:
    headers = {"Content-Type": "application/json"}

    problem = await counting.refused(413, "POST", "/counts", None, headers=headers, content=endless())

    assert problem["detail"] == "What was sent is larger than 2 MB. Send less at once."


async def endless() -> AsyncIterator[bytes]:
    while True:
        yield b" " * (1 << 16)


async def test_a_failed_statement_names_nobody(counting: ServiceUnderTest) -> None:
    async with counting.service.sessions() as session:
        await session.execute(text("CREATE TEMPORARY TABLE contact (name text CHECK (name = ''), at text)"))
        with pytest.raises(IntegrityError) as failed:
            await session.execute(
                text("INSERT INTO contact VALUES (:name, :at)"), {"name": NAME, "at": "m@hall.example"}
            )

    told = structlog.processors.format_exc_info(None, "error", {"exc_info": failed.value})
    lines = [repr(failed.value), without_row_values(None, "error", told)["exception"]]

    assert "violates check constraint" in lines[-1]
    assert not any(NAME in line or "hall.example" in line for line in lines)


async def test_who_only_reads_sees_the_books_of_one_moment(counting: ServiceUnderTest) -> None:
    many = text("SELECT count(*) FROM effect")

    async with transaction(counting.service.sessions, timeout_seconds=5, read_only=True) as session:
        before = await session.scalar(many)
        await counting.post("/counts", OFFICER, {"id": str(uuid4()), "counter": "meanwhile"})
        after = await session.scalar(many)

    assert before == after == 0


async def test_methods_that_do_not_exist_are_measured_as_one(counting: ServiceUnderTest) -> None:
    for word in ("BREW", "WHEN"):
        await counting.client.request(word, "/counts")

    figures = (await counting.client.get("/metrics")).text

    assert 'method="other"' in figures
    assert "BREW" not in figures
