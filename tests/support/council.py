"""All five services in this process on fresh databases, for the tests of pages: events are carried by hand.

Kafka is left out here on purpose, so that hundreds of page tests share nothing and take no time to start:
what the relay and a reader do with a broker is proved in tests/integration/messaging, and the whole over
real Kafka in tests/journeys.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import uvicorn
from sqlalchemy import text

from services.portal.main import create as create_portal
from services.portal.settings import PortalSettings
from shared.messaging.relay.records import headers_of
from tests.support.databases import create_database, drop_database
from tests.support.messaging import running, until
from tests.support.services import KafkaRecord, ServiceUnderTest, service_under_test

OWNERS = ("contributions", "applications", "assessment", "monitoring")
TAKE_OUTBOX = text(
    """
    WITH taken AS (DELETE FROM outbox RETURNING position)
    SELECT l.* FROM taken JOIN event_log l USING (position) ORDER BY position
    """
)


@dataclass
class Council:
    """The five services; `settle` carries events between them until none is left."""

    contributions: ServiceUnderTest
    applications: ServiceUnderTest
    assessment: ServiceUnderTest
    monitoring: ServiceUnderTest
    portal: ServiceUnderTest

    @property
    def services(self) -> dict[str, ServiceUnderTest]:
        return {name: getattr(self, name) for name in (*OWNERS, "portal")}

    async def settle(self) -> None:
        """Carry what was committed to every reader, and what that led to, until all is quiet."""
        while records := [record for name in OWNERS for record in await self._taken(name)]:
            for service in self.services.values():
                if service.service.reader is not None:
                    await service.service.reader.take(records)

    async def nothing_is_set_aside(self) -> None:
        """No event is parked or waiting anywhere."""
        for name, service in self.services.items():
            assert await service.rows("SELECT * FROM parked_event WHERE discarded_at IS NULL") == [], name

    async def _taken(self, name: str) -> list[KafkaRecord]:
        service = self.services[name].service
        async with service.sessions.begin() as session:
            rows = (await session.execute(TAKE_OUTBOX)).mappings().all()
        return [as_sent(headers_of(service.name, row), row) for row in rows]


def as_sent(headers: list[tuple[str, bytes]], row: Any) -> KafkaRecord:
    return KafkaRecord(row["topic"], row["key"].encode(), row["payload"].encode(), headers)


@asynccontextmanager
async def council(postgres_url: str, files: Path) -> AsyncIterator[Council]:
    """Five services whose portal reaches the others without a network."""
    async with AsyncExitStack() as stack:
        owners = {
            name: await stack.enter_async_context(service_under_test(postgres_url, name, files))
            for name in OWNERS
        }
        database_url, _ = await create_database(postgres_url, "portal")
        stack.push_async_callback(drop_database, postgres_url, database_url)
        settings = PortalSettings(
            database_url=database_url,
            kafka_bootstrap_servers="127.0.0.1:1",
            port=1,
            demonstration=True,
            sign_in_limit="100000 per minute",
        )
        transports = {name: httpx2.ASGITransport(app=owner.app) for name, owner in owners.items()}
        app = create_portal(settings, transports)
        stack.push_async_callback(app.state.service.engine.dispose)
        client = await stack.enter_async_context(
            httpx2.AsyncClient(
                transport=httpx2.ASGITransport(app=app, raise_app_exceptions=False), base_url="http://test"
            )
        )
        yield Council(**owners, portal=ServiceUnderTest(app, app.state.service, client))


@asynccontextmanager
async def served(council: Council) -> AsyncIterator[str]:
    """The portal's address for a browser; events are carried all the while."""
    config = uvicorn.Config(council.portal.app, port=0, log_level="warning", lifespan="off")
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    async with running(server.serve(), _carry(council)):
        await until(lambda: _is(server.started), "the portal answers")
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        await asyncio.sleep(0.1)


async def _carry(council: Council) -> None:
    while True:
        await council.settle()
        await asyncio.sleep(0.02)


async def _is(condition: bool) -> bool:
    return condition
