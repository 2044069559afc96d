"""The five databases and their event logs as they stand in one moment, read and never written."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import asyncpg

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from datetime import datetime
    from uuid import UUID

CONNECT_SECONDS = 5
STATEMENT_SECONDS = 120
LOG = """
    SELECT position, event_id, topic, type, key, sequence, payload, occurred_at, council, actor,
           correlation_id, causation_id
    FROM event_log ORDER BY position
"""
ASIDE = "SELECT event_id FROM parked_event WHERE event_id IS NOT NULL"
BLOCKED = "SELECT to_regclass('blocked_event') IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Logged:
    """One event as its owner's log holds it; `content` is the payload read, empty where it is no JSON."""

    service: str
    position: int
    event_id: UUID
    topic: str
    type: str
    key: str
    sequence: int
    payload: str
    occurred_at: datetime
    council: str
    actor: str
    correlation_id: UUID
    causation_id: UUID | None
    content: Mapping[str, Any]

    def __str__(self) -> str:
        """How findings name it."""
        return f"{self.type} of {self.key} (sequence {self.sequence}, event {self.event_id})"


@dataclass(slots=True)
class Snapshot:
    """What all checks read: the logs and inboxes at once, tables and sums when a check asks for them."""

    connections: Mapping[str, asyncpg.Connection]
    logs: dict[str, list[Logged]] = field(default_factory=dict)
    by_type: dict[str, list[Logged]] = field(default_factory=lambda: defaultdict(list))
    inboxes: dict[str, list[UUID]] = field(default_factory=dict)
    outboxes: dict[str, set[int]] = field(default_factory=dict)
    aside: dict[str, set[UUID]] = field(default_factory=dict)
    has_blocked: dict[str, bool] = field(default_factory=dict)
    _locks: dict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    _results: dict[tuple[str, str], list[Mapping[str, Any]]] = field(default_factory=dict)

    @property
    def services(self) -> list[str]:
        """The services whose databases are looked at."""
        return list(self.connections)

    async def rows(self, service: str, sql: str) -> list[Mapping[str, Any]]:
        """The rows of a query on one service's database; asked once, however many checks want them."""
        async with self._locks[service]:
            if (service, sql) not in self._results:
                self._results[service, sql] = await self.connections[service].fetch(sql)
            return self._results[service, sql]

    async def load(self) -> None:
        """Read logs, outboxes, inboxes and what is set aside, of all services at the same time."""
        await asyncio.gather(*(self._load(service) for service in self.services))
        for service in self.services:
            for event in self.logs[service]:
                self.by_type[event.type].append(event)

    async def _load(self, service: str) -> None:
        connection = self.connections[service]
        self.inboxes[service] = [row[0] for row in await connection.fetch("SELECT event_id FROM inbox")]
        self.aside[service] = {row[0] for row in await connection.fetch(ASIDE)}
        self.outboxes[service] = {row[0] for row in await connection.fetch("SELECT position FROM outbox")}
        self.has_blocked[service] = await connection.fetchval(BLOCKED)
        rows = await connection.fetch(LOG)
        self.logs[service] = [
            Logged(service=service, content=_content(row["payload"]), **row) for row in rows
        ]


def _content(payload: str) -> Mapping[str, Any]:
    try:
        content = json.loads(payload)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


@asynccontextmanager
async def opened(database_urls: Mapping[str, str]) -> AsyncIterator[Snapshot]:
    """Connections to all databases, each in a read-only transaction that sees one moment."""
    async with AsyncExitStack() as stack:
        names = list(database_urls)
        connections = await asyncio.gather(*(_connect(stack, database_urls[name]) for name in names))
        snapshot = Snapshot(dict(zip(names, connections, strict=True)))
        yield snapshot


async def _connect(stack: AsyncExitStack, url: str) -> asyncpg.Connection:
    plain = url.replace("postgresql+asyncpg://", "postgresql://", 1)
    connection = await asyncpg.connect(plain, timeout=CONNECT_SECONDS, command_timeout=STATEMENT_SECONDS)
    stack.push_async_callback(_end, connection)
    await connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    await connection.execute("SELECT 1 FROM event_log LIMIT 1")
    return connection


async def _end(connection: asyncpg.Connection) -> None:
    """Nothing was written, so nothing has to be undone: the connection is dropped."""
    connection.terminate()
