"""Which event does what in a service, and how one or many of them are handled in an open transaction."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from shared.events import Event
from shared.messaging.delivery import Delivery, Handled
from shared.messaging.parking import Waiting
from shared.messaging.unit_of_work import Cause, UnitOfWork

E = TypeVar("E", bound=Event)

Command: TypeAlias = Callable[[E, UnitOfWork], Awaitable[Waiting | None]]
CommandOfMany: TypeAlias = Callable[[Sequence[tuple[E, UnitOfWork]]], Awaitable[None]]
Projector: TypeAlias = Callable[[Sequence[Delivery], AsyncSession], Awaitable[None]]


@dataclass(slots=True)
class Handlers:
    """The events that a service acts on: each type either starts a command or feeds a projection."""

    service: str
    commands: dict[str, Command[Any]] = field(default_factory=dict)
    commands_of_many: dict[str, CommandOfMany[Any]] = field(default_factory=dict)
    projectors: dict[str, Projector] = field(default_factory=dict)
    types: Handled = field(default_factory=dict)

    def on(self, event_type: type[E], command: Command[E]) -> None:
        """Run the command for each such event, in a savepoint of its own."""
        self._add(event_type)
        self.commands[event_type.name] = command

    def on_many(self, event_type: type[E], command: CommandOfMany[E]) -> None:
        """Run the command once for such events that came in a row; where it fails, for each alone."""

        async def one(event: E, uow: UnitOfWork) -> None:
            await command([(event, uow)])

        self.on(event_type, one)
        self.commands_of_many[event_type.name] = command

    async def run(self, name: str, asked: Sequence[tuple[Any, UnitOfWork]]) -> bool:
        """Whether the commands of events of one type all took effect: none of them waits for another."""
        if name in self.commands_of_many:
            await self.commands_of_many[name](asked)
            return True
        for event, uow in asked:
            if await self.commands[name](event, uow) is not None:
                return False
            await uow.session.flush()
        return True

    def project(self, event_types: Sequence[type[Event]], projector: Projector) -> None:
        """Hand such events over as lists, in the order they came, to set-based statements."""
        for event_type in event_types:
            self._add(event_type)
            self.projectors[event_type.name] = projector

    @property
    def topics(self) -> list[str]:
        """The topics to read."""
        return sorted({event_type.topic for event_type in self.types.values()})

    def _add(self, event_type: type[Event]) -> None:
        if event_type.name in self.types:
            message = f"{event_type.name} has a handler in {self.service} already."
            raise ValueError(message)
        self.types[event_type.name] = event_type


def cause_of(delivery: Delivery, service: str, traceparent: str | None = None) -> Cause:
    """The service acts because of the event, in the chain that the event belongs to."""
    correlation = delivery.headers.get("ce_correlationid")
    return Cause(
        actor=service,
        council=delivery.headers.get("ce_council", ""),
        correlation_id=UUID(correlation) if correlation else uuid4(),
        causation_id=delivery.event_id,
        traceparent=traceparent,
    )
