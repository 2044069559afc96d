"""What an operator does about events that were set aside: list, try again, give up, send again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import Field
from sqlalchemy import text

from shared.errors import Invalid, NotFound
from shared.messaging import UnitOfWork
from shared.messaging.replay import NO_PARKED_EVENT, discard, resend, unblock
from shared.web.commanding import Edge, commands
from shared.web.reading import View, reads
from shared.web.roles import Role

router = APIRouter(prefix="/messaging", tags=["messaging"])

LIST = text(
    """
    SELECT id, topic, key, type, kind, reason, attempts, parked_at FROM parked_event
    WHERE discarded_at IS NULL ORDER BY id LIMIT 1000
    """
)
SHOW = text(
    """
    SELECT id, topic, key, type, kind, reason, attempts, parked_at, record_partition, record_offset,
        event_id, headers, encode(value, 'escape') AS content, waiting_for_type, waiting_for_key
    FROM parked_event WHERE id = :id AND discarded_at IS NULL
    """
)
LIST_BLOCKED = text(
    """
    SELECT b.position, b.topic, b.key, l.type, b.reason, b.blocked_at,
        (SELECT count(*) FROM outbox o JOIN event_log e USING (position)
         WHERE e.topic = b.topic AND e.key = b.key AND e.position > b.position) AS behind
    FROM blocked_event b JOIN event_log l USING (position) ORDER BY b.position LIMIT 1000
    """
)


@dataclass(frozen=True, slots=True)
class ParkedEvent:
    """One event that was set aside, and why."""

    id: int
    topic: str
    key: str
    type: str | None
    kind: str
    reason: str
    attempts: int
    parked_at: datetime


@dataclass(frozen=True, slots=True)
class ParkedEventAsItCame(ParkedEvent):
    """One event that was set aside, with its headers and its content; bytes that are no text are escaped."""

    record_partition: int
    record_offset: int
    event_id: UUID | None
    headers: str
    content: str | None
    waiting_for_type: str | None
    waiting_for_key: str | None


@dataclass(frozen=True, slots=True)
class BlockedEvent:
    """One event of this service that Kafka refuses for itself, and how many of its key wait behind it."""

    position: int
    topic: str
    key: str
    type: str
    reason: str
    blocked_at: datetime
    behind: int


@dataclass(frozen=True, slots=True)
class Done:
    """The command was carried out."""

    done: bool = True


@dataclass(frozen=True, slots=True)
class ReplayKey:
    """Try the parked events of one key again."""

    topic: str
    key: str


@dataclass(frozen=True, slots=True)
class Discard:
    """Why an event is given up, for who comes after."""

    because: Annotated[str, Field(max_length=1000)] = ""


@dataclass(frozen=True, slots=True)
class DiscardParked:
    """Give one parked event up."""

    id: int
    because: str


@dataclass(frozen=True, slots=True)
class Unblock:
    """Try one blocked event again."""

    position: int


@dataclass(frozen=True, slots=True)
class Resend:
    """Send a range of the event log again, first and last position included."""

    first: int
    last: int


@router.get("/parked-events")
async def parked_events(view: Annotated[View, reads(Role.OPERATOR)]) -> list[ParkedEvent]:
    """The first thousand events that are parked, behind another, or waiting."""
    return [ParkedEvent(**row) for row in (await view.session.execute(LIST)).mappings()]


@router.get("/parked-events/{parked_id}")
async def parked_event(parked_id: int, view: Annotated[View, reads(Role.OPERATOR)]) -> ParkedEventAsItCame:
    """One event that was set aside, as it came."""
    row = (await view.session.execute(SHOW, {"id": parked_id})).mappings().one_or_none()
    if row is None:
        raise NotFound("parked_event.not_found", NO_PARKED_EVENT)
    return ParkedEventAsItCame(**row)


@router.post("/replays")
async def replay(body: ReplayKey, request: Request, edge: Annotated[Edge, commands(Role.OPERATOR)]) -> Done:
    """Try the events of a parked key again, in order, now."""
    reader = request.app.state.service.reader
    if reader is None:
        raise Invalid("replay.no_reader", f"This service reads no events ({edge.path}).")
    await reader.replay(body.topic, body.key)
    return Done()


@router.post("/parked-events/{parked_id}/discard")
async def discard_parked(
    parked_id: int, edge: Annotated[Edge, commands(Role.OPERATOR)], body: Discard | None = None
) -> Done:
    """Give one parked event up, for good; who did it and why is kept."""
    return await edge.perform(DiscardParked(parked_id, body.because if body else ""), _discard)


@router.get("/blocked-events")
async def blocked_events(view: Annotated[View, reads(Role.OPERATOR)]) -> list[BlockedEvent]:
    """The first thousand events that Kafka refuses for themselves: too large, or not valid there."""
    return [BlockedEvent(**row) for row in (await view.session.execute(LIST_BLOCKED)).mappings()]


@router.post("/blocked-events/{position}/unblock")
async def unblock_event(position: int, edge: Annotated[Edge, commands(Role.OPERATOR)]) -> Done:
    """Try a blocked event again, and what waits behind it; one that is refused again is blocked again."""
    return await edge.perform(Unblock(position), _unblock)


@router.post("/resends")
async def resend_range(body: Resend, edge: Annotated[Edge, commands(Role.OPERATOR)]) -> Done:
    """Send a range of the event log to Kafka again; readers know what they have had."""
    return await edge.perform(body, _resend)


async def _discard(command: DiscardParked, uow: UnitOfWork) -> Done:
    await discard(uow.session, command.id, uow.actor, command.because)
    return Done()


async def _unblock(command: Unblock, uow: UnitOfWork) -> Done:
    await unblock(uow.session, command.position)
    return Done()


async def _resend(command: Resend, uow: UnitOfWork) -> Done:
    if command.first > command.last:
        raise Invalid("resend.range", "The first position is after the last. Swap them.", field="first")
    await resend(uow.session, command.first, command.last)
    return Done()
