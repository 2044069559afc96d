"""One service under test: its real application on a fresh database; events are handed to its reader.

Kafka is left out here on purpose: what a service does with an event does not depend on how it came, and
tests/integration/messaging proves the coming on a real broker.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
from fastapi import FastAPI
from sqlalchemy import text

from shared.events import EVENTS, Event
from shared.service import Service
from shared.settings import ServiceSettings
from tests.support.databases import create_database, drop_database
from tests.support.people import Person

BY_NAME = {event.name: event for event in EVENTS}


@dataclass(frozen=True)
class KafkaRecord:
    """A record as Kafka would hand it over."""

    topic: str
    key: bytes
    value: bytes | None
    headers: list[tuple[str, bytes]]
    partition: int = 0
    offset: int = 0


def record(event: Event, sequence: int, **headers: str) -> KafkaRecord:
    """The record that the owner's relay would send for an event."""
    attributes = {
        "ce_id": str(uuid4()),
        "ce_type": event.name,
        "ce_time": datetime.now(UTC).isoformat(),
        "ce_sequence": str(sequence),
        "ce_council": "test",
        "ce_correlationid": str(uuid4()),
        **headers,
    }
    encoded = [(name, value.encode()) for name, value in attributes.items()]
    return KafkaRecord(event.topic, event.key.encode(), event.model_dump_json().encode(), encoded)


@dataclass
class ServiceUnderTest:
    """Requests as a person, events as Kafka would bring them, and what the service recorded."""

    app: FastAPI
    service: Service
    client: httpx2.AsyncClient
    _sequences: dict[tuple[str, str], int] = field(default_factory=dict)

    async def request(self, method: str, path: str, person: Person | None, **kwargs: Any) -> httpx2.Response:
        """Send one request; commands get an Idempotency-Key of their own unless one is given."""
        headers = {"Idempotency-Key": str(uuid4()), **kwargs.pop("headers", {})}
        if person is not None:
            headers.setdefault("Authorization", f"Bearer {person.token(self.service.name)}")
        return await self.client.request(method, path, headers=headers, **kwargs)

    async def get(self, path: str, person: Person | None = None, **kwargs: Any) -> Any:
        """Read something that must be there."""
        answer = await self.request("GET", path, person, **kwargs)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def post(self, path: str, person: Person | None, json: Any = None, **kwargs: Any) -> Any:
        """Carry out a command that must succeed."""
        answer = await self.request("POST", path, person, json=json, **kwargs)
        assert answer.status_code in {200, 201}, answer.text
        return answer.json()

    async def refused(
        self, status: int, method: str, path: str, person: Person | None, json: Any = None, **kwargs: Any
    ) -> dict[str, Any]:
        """Carry out a command that must be refused with this status; answers the problem."""
        answer = await self.request(method, path, person, json=json, **kwargs)
        assert answer.status_code == status, answer.text
        problem: dict[str, Any] = answer.json()
        return problem

    async def give(self, *events: Event) -> None:
        """Hand events to the reader in one batch, numbered per topic and key as their owner would."""
        records = []
        for event in events:
            place = (event.topic, event.key)
            self._sequences[place] = self._sequences.get(place, 0) + 1
            records.append(record(event, self._sequences[place]))
        assert self.service.reader is not None
        await self.service.reader.take(records)

    async def recorded(self) -> list[Event]:
        """Every event in the service's log, in order."""
        rows = await self.rows("SELECT type, payload FROM event_log ORDER BY position")
        return [BY_NAME[row["type"]].model_validate(json.loads(row["payload"])) for row in rows]

    async def rows(self, sql: str, **parameters: Any) -> list[dict[str, Any]]:
        """The rows of a query on the service's database, for looking behind the scenes."""
        async with self.service.sessions() as session:
            return [dict(row) for row in (await session.execute(text(sql), parameters)).mappings()]


@asynccontextmanager
async def service_under_test(postgres_url: str, name: str, files: Path) -> AsyncIterator[ServiceUnderTest]:
    """`services.<name>.main.create(settings)` on a fresh database, without its relay and reader running."""
    database_url, _ = await create_database(postgres_url, name)
    try:
        async with service_on(database_url, name, files) as service:
            yield service
    finally:
        await drop_database(postgres_url, database_url)


@asynccontextmanager
async def service_on(database_url: str, name: str, files: Path) -> AsyncIterator[ServiceUnderTest]:
    """The same on a database that is there."""
    settings = ServiceSettings(
        database_url=database_url,
        kafka_bootstrap_servers="127.0.0.1:1",
        port=1,
        demonstration=True,
        council="test",
        files=files,
    )
    app: FastAPI = import_module(f"services.{name}.main").create(settings)
    service: Service = app.state.service
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    try:
        async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
            yield ServiceUnderTest(app, service, client)
    finally:
        await service.engine.dispose()
