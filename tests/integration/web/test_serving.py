"""Connections to a real uvicorn that ask nothing, come drop by drop or do not read are given up."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
import uvicorn

from shared.settings import ServiceSettings
from shared.web.serving import PatientProtocol, listening
from tests.support.messaging import running, until

GET = b"GET / HTTP/1.1\r\nHost: here\r\n\r\n"
FORWARDED = b"GET / HTTP/1.1\r\nHost: here\r\nX-Forwarded-For: 203.0.113.7\r\n\r\n"
LARGE = b"a" * (64 << 20)


class Impatient(PatientProtocol):
    headers_seconds = 0.1
    stalled_seconds = 0.1


async def application(scope: Any, _receive: Any, send: Any) -> None:
    body = LARGE if scope["path"] == "/large" else scope["client"][0].encode()
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@asynccontextmanager
async def serving(trusted_proxies: str = "") -> AsyncIterator[uvicorn.Server]:
    """A server that loses its patience after a tenth of a second."""
    settings = ServiceSettings(
        database_url="-",
        kafka_bootstrap_servers="-",
        port=0,
        demonstration=True,
        trusted_proxies=trusted_proxies,
    )
    told = {**listening(settings), "http": Impatient, "lifespan": "off", "timeout_graceful_shutdown": 0}
    server = uvicorn.Server(uvicorn.Config(application, **told))
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    async with running(server.serve()):
        await until(lambda: started(server), "the server answers")
        yield server
        server.should_exit = True
        await until(lambda: stopped(server), "the server has stopped")


async def started(server: uvicorn.Server) -> bool:
    return server.started


async def stopped(server: uvicorn.Server) -> bool:
    return not server.servers or not server.servers[0].is_serving()


def address(server: uvicorn.Server) -> tuple[str, int]:
    found: tuple[str, int] = server.servers[0].sockets[0].getsockname()
    return found


async def answer_to(server: uvicorn.Server, sent: bytes) -> bytes:
    """All that the server says until it closes the connection."""
    reader, writer = await asyncio.open_connection(*address(server))
    writer.write(sent)
    async with asyncio.timeout(5):
        said = await reader.read()
    writer.close()
    return said


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: he",
        GET + b"GET / HT",
        b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 9\r\n\r\na",
    ],
)
async def test_a_connection_that_does_not_finish_its_request_is_closed(sent: bytes) -> None:
    async with serving() as server:
        said = await answer_to(server, sent)

    assert said.count(b"200 OK") == sent.startswith((GET, b"POST"))


async def test_a_client_that_does_not_read_its_answer_is_cut_off() -> None:
    async with serving() as server:
        with socket.create_connection(address(server)) as client:
            client.setblocking(False)
            await asyncio.get_running_loop().sock_sendall(client, GET.replace(b"/ ", b"/large ", 1))

            await until(lambda: answered(server), "the answer is under way")
            await until(lambda: nobody_is_connected(server), "the connection is cut")


async def answered(server: uvicorn.Server) -> bool:
    return server.server_state.total_requests > 0


async def nobody_is_connected(server: uvicorn.Server) -> bool:
    return not server.server_state.connections


async def test_what_a_client_says_of_its_address_is_not_believed() -> None:
    async with serving() as server:
        said = await answer_to(server, FORWARDED)

    assert said.endswith(b"127.0.0.1")


async def test_what_a_trusted_proxy_says_of_an_address_is_believed() -> None:
    async with serving(trusted_proxies="127.0.0.1") as server:
        said = await answer_to(server, FORWARDED)

    assert said.endswith(b"203.0.113.7")


async def test_a_head_without_end_is_not_read_to_its_end() -> None:
    said = b""

    async with serving() as server:
        with suppress(ConnectionError):
            said = await answer_to(server, GET.replace(b"here", b"h" * (8 << 20)))

    assert b"200 OK" not in said
