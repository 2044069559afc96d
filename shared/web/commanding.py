"""Routes that change something: one command, one transaction, one answer, however often it is sent."""

import asyncio
import dataclasses
import functools
import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar, get_type_hints
from uuid import UUID, uuid4

from fastapi import Depends, Header, Request
from pydantic import BaseModel, TypeAdapter
from sqlalchemy import text

from shared.database import another_came_between, is_transient
from shared.errors import Conflict, Invalid
from shared.messaging import Cause, UnitOfWork, Work
from shared.observability import COMMANDS
from shared.telemetry import current
from shared.web.roles import Caller, Role
from shared.web.rules import Rule

C = TypeVar("C")
A = TypeVar("A")

ATTEMPTS = 4
"""The first and three more: another writer of the same aggregate, or a passing fault, came between."""
FIRST_PAUSE_SECONDS = 0.05
"""Before a command is run again after a passing fault; four times as long before each further time."""

REMEMBER = text(
    """
    INSERT INTO answered_command (actor, idempotency_key, request_hash) VALUES (:actor, :key, :hash)
    ON CONFLICT DO NOTHING RETURNING 1
    """
)
RECALL = text(
    "SELECT request_hash, answer FROM answered_command WHERE actor = :actor AND idempotency_key = :key"
)
ANSWER = text("UPDATE answered_command SET answer = :answer WHERE actor = :actor AND idempotency_key = :key")


@dataclass(frozen=True, slots=True)
class Edge:
    """Runs commands for one caller's request; nothing else commits."""

    work: Work
    caller: Caller
    council: str
    correlation_id: UUID
    path: str
    idempotency_key: str
    service: str

    async def perform(self, command: C, handler: Callable[[C, UnitOfWork], Awaitable[A]]) -> A:
        """Run the command once: a repeat with the same key and content gets the first answer again."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return await self._once(command, handler)
            except Exception as error:
                if is_transient(error) and attempt < ATTEMPTS:
                    await asyncio.sleep(FIRST_PAUSE_SECONDS * 4 ** (attempt - 1))
                elif not another_came_between(error):
                    raise
                elif attempt == ATTEMPTS:
                    message = "Somebody else is changing this just now. Look at it again, then try again."
                    raise Conflict("changed_meanwhile", message) from error
        raise AssertionError

    async def _once(self, command: C, handler: Callable[[C, UnitOfWork], Awaitable[A]]) -> A:
        cause = Cause(
            str(self.caller.person_id), self.council, self.correlation_id, traceparent=current.get()
        )
        answers: TypeAdapter[A] = _answers_of(getattr(handler, "__func__", handler))
        async with self.work.begin(cause) as uow:
            place = {"actor": cause.actor, "key": self.idempotency_key}
            fingerprint = self._fingerprint(command)
            first = await uow.session.execute(REMEMBER, {**place, "hash": fingerprint})
            if first.one_or_none() is None:
                before = await _first_answer(uow, place, fingerprint)
                COMMANDS.labels(self.service, "repeated").inc()
                return answers.validate_json(before)
            answer = await handler(command, uow)
            await uow.session.execute(ANSWER, {**place, "answer": answers.dump_json(answer).decode()})
        COMMANDS.labels(self.service, "done").inc()
        return answer

    def _fingerprint(self, command: Any) -> str:
        content = json.dumps([self.path, type(command).__name__, _plain(command)], sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()


@functools.lru_cache(maxsize=512)
def _answers_of(handler: Callable[..., Awaitable[Any]]) -> TypeAdapter[Any]:
    """How the handler's answers are kept and read again; making one takes as long as the command itself."""
    return TypeAdapter(get_type_hints(handler)["return"])


async def _first_answer(uow: UnitOfWork, place: dict[str, str], fingerprint: str) -> str:
    row = (await uow.session.execute(RECALL, place)).one()
    if row.request_hash != fingerprint:
        message = "This Idempotency-Key was used for something else. Use a new key for a new request."
        raise Conflict("idempotency_key.reused", message)
    return str(row.answer)


def _plain(value: Any) -> Any:
    """The content of a command as JSON would hold it; a file counts by its digest."""
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        value = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = [_plain(item) for item in value]
        return items if isinstance(value, list | tuple) else sorted(map(str, items))
    return value if value is None or isinstance(value, bool | int) else str(value)


@dataclass(frozen=True, slots=True)
class Commands(Rule):
    """The rule of a route that changes something."""

    async def __call__(
        self, request: Request, idempotency_key: Annotated[str, Header(max_length=200)] = ""
    ) -> Edge:
        """The edge that runs the caller's command, after the rule has let them in."""
        caller = self.permit(request)
        assert caller is not None, "a command needs a person: commands() takes at least one role"
        if not idempotency_key:
            message = "Send an Idempotency-Key header, so that a second click does nothing twice."
            raise Invalid("idempotency_key.missing", message, field="Idempotency-Key")
        service = request.app.state.service
        correlation = getattr(request.state, "correlation_id", None) or uuid4()
        return Edge(
            service.work,
            caller,
            service.settings.council,
            correlation,
            request.url.path,
            idempotency_key,
            service.name,
        )


def commands(*roles: Role) -> Any:
    """What a route that changes something depends on, for people with one of the roles.

    Written as `edge: Annotated[Edge, commands(Role.OFFICER)]`.
    """
    if not roles:
        message = "A command needs at least one role."
        raise ValueError(message)
    return Depends(Commands(frozenset(roles)))
