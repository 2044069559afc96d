"""The jobs of the containers: what they refuse before they touch anything, and the health check."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from deploy.containers import jobs
from deploy.containers.health import is_ready
from deploy.containers.told import RolePasswords, password
from deploy.local.missing import Missing
from deploy.local.readiness import until_it_answers

PLACE = {"OFFSET_FUND_POSTGRES_URL": "postgresql://postgres:5432/postgres"}


@pytest.fixture
async def service() -> AsyncIterator[dict[str, object]]:
    """Something that answers every request with the status that is set here."""
    answer: dict[str, object] = {"status": "200 OK", "asked": ""}

    async def respond(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answer["asked"] = (await reader.readline()).decode()
        writer.write(f"HTTP/1.1 {answer['status']}\r\nContent-Length: 0\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(respond, "127.0.0.1", 0)
    async with server:
        answer["port"] = server.sockets[0].getsockname()[1]
        yield answer


async def test_a_container_is_healthy_while_its_service_says_that_it_is_ready(
    service: dict[str, object],
) -> None:
    port = int(str(service["port"]))

    assert await asyncio.to_thread(is_ready, port) is True
    service["status"] = "503 Service Unavailable"
    assert await asyncio.to_thread(is_ready, port) is False
    assert str(service["asked"]).startswith("GET /health/ready ")


def test_a_container_is_not_healthy_when_nothing_answers() -> None:
    assert is_ready(1) is False


def test_a_password_that_is_absent_short_or_needs_escaping_is_refused_by_the_name_of_its_variable() -> None:
    name = "OFFSET_FUND_PORTAL_PASSWORD"

    for value in ("", "short", "a'; DROP ROLE offset_fund_portal; --", "with@in-an-address"):
        with pytest.raises(Missing, match=name):
            password(name, {name: value})


def test_each_role_has_the_password_of_its_own_variable() -> None:
    told = {
        "OFFSET_FUND_PORTAL_PASSWORD": "runner-0123456789",
        "OFFSET_FUND_PORTAL_OWNER_PASSWORD": "owner-0123456789",
    }

    assert RolePasswords(told).secret("role-offset_fund_portal") == "runner-0123456789"
    assert RolePasswords(told).secret("role-offset_fund_portal_owner") == "owner-0123456789"


def test_migrations_run_as_the_owner_of_the_services_own_database() -> None:
    told = {**PLACE, "OFFSET_FUND_PORTAL_OWNER_PASSWORD": "owner-0123456789"}

    assert jobs.owner_url("portal", told) == (
        "postgresql+asyncpg://offset_fund_portal_owner:owner-0123456789@postgres:5432/offset_fund_portal"
    )


async def test_a_job_that_is_not_told_where_its_server_is_says_which_variable_it_lacks() -> None:
    with pytest.raises(Missing, match="OFFSET_FUND_KAFKA_BOOTSTRAP_SERVERS is not set"):
        await jobs.topics({})


async def test_the_invented_council_is_refused_by_a_councils_own_fund() -> None:
    with pytest.raises(Missing, match="OFFSET_FUND_DEMONSTRATION=true"):
        await jobs.demonstration({"OFFSET_FUND_DEMONSTRATION": "false"})


async def test_a_server_that_never_answers_is_named() -> None:
    async def never() -> bool:
        return False

    with pytest.raises(Missing, match="Kafka does not answer"):
        await until_it_answers("Kafka", never, within_seconds=0)
