"""Takes a batch of events in one transaction: each effect once, in order of its key, the bad set aside."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from typing import NoReturn

from sqlalchemy.ext.asyncio import AsyncSession

from shared.database import another_came_between, is_transient
from shared.messaging.delivery import Delivery, Record, deliver
from shared.messaging.handlers import Handlers, Projector, cause_of
from shared.messaging.inbox import take_new
from shared.messaging.parking import Aside, TopicKey, Waiting, set_aside
from shared.messaging.tracing import NOT_TRACED, Tracing
from shared.messaging.unit_of_work import UnitOfWork, flush_together
from shared.observability import EVENTS_READ

ATTEMPTS = 3
TOGETHER = 50
"""Commands of one savepoint: more would only make the second try of a failed one dearer."""


class NotStraightforwardError(Exception):
    """An event waits for another: without savepoints nothing but the whole transaction can be taken back."""


@dataclass(slots=True)
class Batch:
    """One transaction's worth of events; `handled` lists the (type, key) pairs whose effect is in it.

    `some_wait` says whether an event may be waiting for one of those.
    """

    handlers: Handlers
    session: AsyncSession
    tracing: Tracing = NOT_TRACED
    held: set[TopicKey] = field(default_factory=set)
    handled: list[tuple[str, str]] = field(default_factory=list)
    some_wait: bool = True
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    _straight: bool = False

    async def take(self, records: Sequence[Record], *, straight: bool = False) -> None:
        """Handle what is new in these records; what cannot be handled is parked with its reason.

        Straight on means without savepoints: what fails then raises, and the caller must roll everything back
        and take the batch again with them. It is the usual case, and costs half of the statements.
        """
        delivered = [deliver(record, self.handlers.types) for record in records]
        deliveries = [delivery for delivery in delivered if delivery is not None]
        self.outcomes["other", "skipped"] += len(delivered) - len(deliveries)
        if deliveries:
            taken = await take_new(self.session, deliveries)
            self.held, self.some_wait, self._straight = taken.held, taken.some_wait, straight
            await self.handle(taken.deliveries)
            self._straight = False

    def count(self) -> None:
        """Add what became of the events to the figures, once that is committed."""
        for (type_name, outcome), many in self.outcomes.items():
            EVENTS_READ.labels(self.handlers.service, type_name, outcome).inc(many)

    async def handle(self, deliveries: Sequence[Delivery]) -> None:
        """Handle what can be read, up to each that cannot: what came before that one is not behind it."""
        readable: list[Delivery] = []
        for delivery in deliveries:
            if delivery.event is not None:
                readable.append(delivery)
            else:
                await self._handle_readable(readable)
                readable = []
                await self._one(delivery)
        await self._handle_readable(readable)

    async def _handle_readable(self, deliveries: Sequence[Delivery]) -> None:
        """Run commands a few at a time and projections list by list, keys that are held left out."""
        projections: dict[Projector, list[Delivery]] = {}
        commands: list[Delivery] = []
        for delivery in deliveries:
            projector = self.handlers.projectors.get(delivery.type or "")
            if projector is None:
                commands.append(delivery)
            else:
                projections.setdefault(projector, []).append(delivery)
        for start in range(0, len(commands), TOGETHER):
            await self._commands(commands[start : start + TOGETHER])
        for projector, listed in projections.items():
            await self._project(projector, listed)

    async def _commands(self, listed: Sequence[Delivery]) -> None:
        """Run a few commands in one savepoint; where one of them cannot be done, each in its own."""
        if len(listed) > 1 and await self._done_together(listed):
            self._done(listed)
        else:
            for delivery in listed:
                await self._one(delivery)

    async def _done_together(self, listed: Sequence[Delivery]) -> bool:
        if any(self._behind(delivery) for delivery in listed):
            return False
        if self._straight:
            return await self._effects(listed) or self._refuse_to_wait()
        try:
            async with self.session.begin_nested() as savepoint:
                done = await self._effects(listed)
                if not done:
                    await savepoint.rollback()
        except Exception as error:
            if is_transient(error):
                raise
            return False
        return done

    async def _effects(self, listed: Sequence[Delivery]) -> bool:
        """Whether all took effect; what they recorded is appended to the log by one statement."""
        units: list[UnitOfWork] = []
        for name, grouped in groupby(listed, key=lambda delivery: delivery.type or ""):
            row = list(grouped)
            with self.tracing.handling(row) as traceparents:
                asked = [
                    (each.event, self._unit(each, trace))
                    for each, trace in zip(row, traceparents, strict=False)
                ]
                if not await self.handlers.run(name, asked):
                    return False
            units += [uow for _, uow in asked]
        await flush_together(units)
        return True

    def _unit(self, delivery: Delivery, traceparent: str | None) -> UnitOfWork:
        cause = cause_of(delivery, self.handlers.service, traceparent)
        return UnitOfWork(self.session, datetime.now(UTC), cause)

    async def _one(self, delivery: Delivery) -> None:
        aside = self._behind(delivery) or self._unreadable(delivery) or await self.run(delivery)
        if aside is None:
            self._done([delivery])
        else:
            await self._set_aside(delivery, aside)

    async def run(self, delivery: Delivery) -> Aside | None:
        """Handle one readable event in a savepoint; answers why it must be set aside, or None when done.

        Where another writer came between, it is tried again, a bounded number of times.
        """
        if self._straight:
            return self._refuse_to_wait() if await self._effect(delivery) is not None else None
        for attempt in range(1, ATTEMPTS + 1):
            try:
                waiting = await self._in_savepoint(delivery)
            except Exception as error:
                if is_transient(error):
                    raise
                if attempt == ATTEMPTS or not another_came_between(error):
                    return Aside("parked", f"{type(error).__name__}: {error}".replace("\0", ""))
            else:
                break
        if waiting is None:
            return None
        return Aside("waiting", f"waits for {waiting.for_type} of {waiting.for_key}", waiting)

    async def _in_savepoint(self, delivery: Delivery) -> Waiting | None:
        async with self.session.begin_nested() as savepoint:
            waiting = await self._effect(delivery)
            if waiting is not None:
                await savepoint.rollback()
        return waiting

    async def _effect(self, delivery: Delivery) -> Waiting | None:
        assert delivery.event is not None
        projector = self.handlers.projectors.get(delivery.event.name)
        if projector is not None:
            with self.tracing.projecting([delivery]):
                await projector([delivery], self.session)
            return None
        with self.tracing.handling([delivery]) as traceparents:
            uow = self._unit(delivery, next(iter(traceparents)))
            waiting = await self.handlers.commands[delivery.event.name](delivery.event, uow)
            if waiting is None:
                await uow.flush()
        return waiting

    async def _project(self, projector: Projector, listed: Sequence[Delivery]) -> None:
        """Apply a list in one go; where that fails, find the bad one by halves and set it aside."""
        free = [delivery for delivery in listed if (delivery.topic, delivery.key) not in self.held]
        for delivery in listed:
            if (delivery.topic, delivery.key) in self.held:
                await self._set_aside(delivery, Aside("behind", "an earlier event of its key is parked"))
        if not free:
            return
        if len(free) == 1:
            await self._one(free[0])
        elif await self._applied(projector, free):
            self._done(free)
        else:
            middle = len(free) // 2
            await self._project(projector, free[:middle])
            await self._project(projector, free[middle:])

    async def _applied(self, projector: Projector, listed: Sequence[Delivery]) -> bool:
        if self._straight:
            with self.tracing.projecting(listed):
                await projector(listed, self.session)
            return True
        try:
            async with self.session.begin_nested():
                with self.tracing.projecting(listed):
                    await projector(listed, self.session)
        except Exception as error:
            if is_transient(error):
                raise
            return False
        return True

    def _refuse_to_wait(self) -> NoReturn:
        raise NotStraightforwardError

    def _behind(self, delivery: Delivery) -> Aside | None:
        if (delivery.topic, delivery.key) in self.held:
            return Aside("behind", "an earlier event of its key is parked")
        return None

    def _unreadable(self, delivery: Delivery) -> Aside | None:
        if delivery.event is None:
            return Aside("parked", delivery.unreadable_because or "cannot be read")
        return None

    async def _set_aside(self, delivery: Delivery, aside: Aside) -> None:
        await set_aside(self.session, delivery, aside)
        self.held.add((delivery.topic, delivery.key))
        self.some_wait = self.some_wait or aside.waiting is not None
        known = delivery.type is not None and delivery.type in self.handlers.types
        self.outcomes[(delivery.type or "") if known else "unreadable", aside.kind] += 1

    def _done(self, deliveries: Sequence[Delivery]) -> None:
        for delivery in deliveries:
            if delivery.event is not None:
                self.handled.append((delivery.event.name, delivery.key))
                self.outcomes[delivery.event.name, "handled"] += 1
