"""A small service on the real web edge, whose command counts how often it ran."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

import httpx2
import pytest
from fastapi import APIRouter
from sqlalchemy import text

from shared.errors import Forbidden, Invalid, NotFound
from shared.messaging import Handlers, UnitOfWork
from shared.service import Service, create_app
from shared.settings import ServiceSettings
from shared.web import Edge, Role, View, commands, reads
from shared.web.answers import Recorded
from tests.support.messaging import Counted, add_effect, ledger
from tests.support.services import ServiceUnderTest

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Count once more under a name; the number is the sequence."""

    id: UUID
    counter: str
    pause_seconds: float = 0


async def count(command: Count, uow: UnitOfWork) -> Recorded:
    last = await uow.session.scalar(
        text("SELECT coalesce(max(number), 0) FROM effect WHERE counter = :c"), {"c": command.counter}
    )
    await asyncio.sleep(command.pause_seconds)
    await add_effect(uow.session, command.counter, last + 1)
    if command.counter == "forbidden":
        raise Forbidden("count.forbidden", "Not for you.")
    if command.counter == "invalid":
        raise Invalid("count.invalid", "Not that name.", field="counter")
    if command.counter == "broken":
        raise RuntimeError("a secret detail")
    uow.record(Counted(counter=command.counter, number=last + 1), sequence=last + 1)
    return Recorded(command.id, last + 1)


@router.post("/counts", status_code=201)
async def post_count(body: Count, edge: Annotated[Edge, commands(Role.OFFICER)]) -> Recorded:
    return await edge.perform(body, count)


@router.get("/looks")
async def look(number: int, view: Annotated[View, reads(Role.OFFICER)]) -> int | None:
    found: int | None = await view.session.scalar(
        text("SELECT number FROM effect WHERE number = CAST(:number AS bigint)"), {"number": number}
    )
    return found


@router.get("/named/{name}")
async def get_named(name: str, view: Annotated[View, reads(Role.OFFICER)]) -> str:
    return name + str(view.caller.person_id)


@router.get("/counts")
async def get_counts(view: Annotated[View, reads(Role.OFFICER, Role.TEAM)]) -> dict[str, Any]:
    return {"person": str(view.caller.person_id)}


@router.get("/writes")
async def write_while_reading(view: Annotated[View, reads(Role.OFFICER)]) -> None:
    await add_effect(view.session, "sly", 1)


@router.get("/missing")
async def get_missing(_view: Annotated[View, reads()]) -> None:
    raise NotFound("thing.not_found", "There is no such thing.")


@pytest.fixture
async def counting(postgres_url: str) -> AsyncIterator[ServiceUnderTest]:
    async with ledger(postgres_url) as effects:
        settings = ServiceSettings(
            database_url=effects.database_url, kafka_bootstrap_servers="-", port=1, demonstration=True
        )
        service = Service("counting", settings, Handlers("counting"))
        app = create_app(service, [router], title="Counting")
        transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
            yield ServiceUnderTest(app, service, client)
        await service.engine.dispose()
