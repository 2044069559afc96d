"""A database whose machine has vanished sends nothing, not even an end: nobody waits for it for ever."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text

import shared.database
from shared.database import is_transient, make_engine, make_sessions, transaction


@asynccontextmanager
async def line_to(url: str) -> AsyncIterator[tuple[str, asyncio.Event]]:
    """The database's address over a line of our own, and the event without which nothing passes."""
    parts, passes = urlsplit(url), asyncio.Event()
    passes.set()
    ends: list[asyncio.Task[None]] = []

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(1 << 16):
                await passes.wait()
                writer.write(data)
        finally:
            writer.close()

    async def connect(near: asyncio.StreamReader, to_near: asyncio.StreamWriter) -> None:
        far, to_far = await asyncio.open_connection(parts.hostname, parts.port)
        ends.extend(asyncio.create_task(carry(*way)) for way in ((near, to_far), (far, to_near)))

    server = await asyncio.start_server(connect, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield (
            url.replace(f":{parts.port}/", f":{port}/").replace("postgresql:", "postgresql+asyncpg:"),
            passes,
        )
    finally:
        server.close()
        for end in ends:
            end.cancel()
        await asyncio.gather(*ends, return_exceptions=True)


async def test_a_transaction_ends_though_no_answer_comes_and_the_next_ones_work_again(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared.database, "ANSWER_SECONDS", 0.1)
    monkeypatch.setattr(shared.database, "CONNECT_SECONDS", 0.3)
    async with line_to(postgres_url) as (url, passes):
        engine = make_engine(url, "offset-fund test", timeout_seconds=1, connections=1)
        sessions = make_sessions(engine)
        async with transaction(sessions, timeout_seconds=1) as session:
            assert await session.scalar(text("SELECT 1")) == 1

        passes.clear()
        with pytest.raises(TimeoutError) as gave_up:
            async with asyncio.timeout(20), transaction(sessions, timeout_seconds=1):
                pass
        passes.set()

        assert is_transient(gave_up.value)
        async with transaction(sessions, timeout_seconds=1) as session:
            assert await session.scalar(text("SELECT 2")) == 2
        await engine.dispose()
