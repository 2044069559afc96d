"""Stands between a service and PostgreSQL, and counts how often the service waits for an answer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit


@dataclass
class RoundTrips:
    """How many times something was sent after an answer had come."""

    url: str = ""
    count: int = 0
    _answered: bool = True

    async def carry(self, client: asyncio.StreamReader, server: asyncio.StreamWriter) -> None:
        while sent := await client.read(65536):
            self.count += self._answered
            self._answered = False
            server.write(sent)
        server.close()

    async def answer(self, server: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        while got := await server.read(65536):
            self._answered = True
            client.write(got)
        client.close()


@asynccontextmanager
async def counting_round_trips(database_url: str) -> AsyncIterator[RoundTrips]:
    """The same database by another address; use one connection at a time there."""
    place, trips = urlsplit(database_url), RoundTrips()
    tasks: set[asyncio.Task[None]] = set()
    writers: set[asyncio.StreamWriter] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server_reader, server_writer = await asyncio.open_connection(place.hostname, place.port)
        writers.update((writer, server_writer))
        tasks.add(asyncio.create_task(trips.carry(reader, server_writer)))
        tasks.add(asyncio.create_task(trips.answer(server_reader, writer)))

    server = await asyncio.start_server(connected, "127.0.0.1")
    host, port = server.sockets[0].getsockname()
    trips.url = urlunsplit(place._replace(netloc=f"{place.netloc.rpartition('@')[0]}@{host}:{port}"))
    try:
        yield trips
    finally:
        server.close()
        for writer in writers:
            writer.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
