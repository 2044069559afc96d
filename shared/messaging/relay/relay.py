"""The relay of one process: leads, or tells the one that does."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import structlog

from shared.events import Event
from shared.events.versions import WITH_OLDER_VERSIONS
from shared.messaging.relay.kafka import producing
from shared.messaging.relay.outbox import CHANNEL, Outbox, connect
from shared.messaging.relay.sending import Sending, Stir
from shared.messaging.relay.trouble import StopSendingError, Trouble

log = structlog.get_logger()

TELL_EVERY_SECONDS = 0.005
LEADER_RETRY_SECONDS = 1.0
FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 2.0


@dataclass(slots=True)
class Relay:
    """Sends what the outbox lists, in order of each key, and deletes what Kafka acknowledged.

    One relay is active per database: it holds a session lock on the very connection that it reads with. The
    others pass on that something was committed. A topic that Kafka lost stays short for
    `refill_after_seconds` before it is refilled; every `watch_seconds` its logs are compared with what it
    had acknowledged.
    """

    service: str
    database_url: str
    bootstrap_servers: str
    cast: Mapping[str, type[Event]] = field(default_factory=lambda: WITH_OLDER_VERSIONS)
    refill_after_seconds: float = 3.0
    watch_seconds: float = 5.0
    leading: bool = field(default=False, init=False)
    _stir: Stir = field(default_factory=Stir)
    _trouble: Trouble = field(init=False)

    def __post_init__(self) -> None:
        self._trouble = Trouble(self.service, self.refill_after_seconds)

    def wake(self) -> None:
        """Tell the relay that something was committed in this process."""
        self._stir.commit()

    async def run(self) -> None:
        """Relay until cancelled; every failure is logged and tried again with growing pauses."""
        pause = FIRST_PAUSE_SECONDS
        while True:
            began = asyncio.get_running_loop().time()
            try:
                await self._serve()
            except (Exception, asyncio.CancelledError) as error:
                if _is_to_end(error):
                    raise
                log.warning("relay_restarts", error=repr(error), pause_seconds=pause)
            if asyncio.get_running_loop().time() - began > LONGEST_PAUSE_SECONDS:
                pause = FIRST_PAUSE_SECONDS
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    async def _serve(self) -> None:
        connection = await connect(self.database_url)
        try:
            outbox = Outbox(connection)
            while not await outbox.lock():
                await self._follow(outbox)
            self.leading = True
            await connection.add_listener(CHANNEL, self._told)
            await self._lead(outbox)
        finally:
            self.leading = False
            with suppress(Exception):
                await asyncio.wait_for(connection.close(), timeout=2)

    async def _follow(self, outbox: Outbox) -> None:
        """For a second, tell the leader what is committed here: once in five milliseconds at most."""
        with suppress(TimeoutError):
            until = asyncio.get_running_loop().time() + LEADER_RETRY_SECONDS
            while True:
                async with asyncio.timeout_at(until):
                    await self._stir.event.wait()
                self._stir.event.clear()
                await outbox.tell()
                await asyncio.sleep(TELL_EVERY_SECONDS)

    async def _lead(self, outbox: Outbox) -> None:
        """Send with one producer after the other: one that was refused anything is of no more use."""
        while True:
            client_id = f"{self.service}-relay"
            async with producing(self.bootstrap_servers, client_id, self._stir.event.set) as producer:
                sending = Sending(
                    self.service, outbox, producer, self._stir, self._trouble, self.cast, self.watch_seconds
                )
                try:
                    await sending.run()
                except StopSendingError as stopped:
                    log.info("relay_new_producer", because=repr(stopped.__cause__)[:300])

    def _told(self, *_: Any) -> None:
        self._stir.commit()


def _is_to_end(error: BaseException) -> bool:
    """Whether somebody cancelled the relay; else a library cancelled what the relay was waiting for."""
    task = asyncio.current_task()
    return isinstance(error, asyncio.CancelledError) and (task is None or task.cancelling() > 0)
