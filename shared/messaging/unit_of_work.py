"""One business transaction: its session, its events, and who asked for it."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.database import Sessions, transaction
from shared.errors import Invalid
from shared.events import Event

LOCAL_ZONE = ZoneInfo("Europe/London")
PAYLOAD_LIMIT_BYTES = 256 * 1024

APPEND = text(
    """
    WITH logged AS (
        INSERT INTO event_log (event_id, topic, type, key, sequence, payload, occurred_at,
                               council, actor, correlation_id, causation_id, traceparent)
        SELECT event_id, topic, type, key, sequence, payload, occurred_at,
               council, actor, correlation_id, causation_id, traceparent
        FROM unnest(CAST(:event_ids AS uuid[]), CAST(:topics AS text[]), CAST(:types AS text[]),
                    CAST(:keys AS text[]), CAST(:sequences AS bigint[]), CAST(:payloads AS text[]),
                    CAST(:occurred_ats AS timestamptz[]), CAST(:councils AS text[]), CAST(:actors AS text[]),
                    CAST(:correlation_ids AS uuid[]), CAST(:causation_ids AS uuid[]),
                    CAST(:traceparents AS text[]))
             WITH ORDINALITY AS e(event_id, topic, type, key, sequence, payload, occurred_at,
                                  council, actor, correlation_id, causation_id, traceparent, n)
        ORDER BY n
        RETURNING position
    )
    INSERT INTO outbox (position) SELECT position FROM logged
    """
)


@dataclass(frozen=True, slots=True)
class Cause:
    """Who or what asked for a change: a person's id or a service's name, and the chain it belongs to.

    `traceparent` is its place in a trace, where anything is traced.
    """

    actor: str
    council: str
    correlation_id: UUID
    causation_id: UUID | None = None
    traceparent: str | None = None


@dataclass(slots=True)
class UnitOfWork:
    """What a command works with; only the edge that opened it commits.

    `now` is the moment in UTC, `today` the local day: neither decides what happened when in the world.
    """

    session: AsyncSession
    now: datetime
    cause: Cause
    recorded: list[tuple[Event, int]] = field(default_factory=list)

    @property
    def actor(self) -> str:
        """The id of the person who asked, or the name of the service that acts on an event."""
        return self.cause.actor

    @property
    def today(self) -> date:
        """The day in Europe/London: no act may be dated later."""
        return self.now.astimezone(LOCAL_ZONE).date()

    def record(self, event: Event, *, sequence: int) -> None:
        """Publish the fact with this transaction; `sequence` is the version the command loaded, plus 1."""
        self.recorded.append((event, sequence))

    async def flush(self) -> None:
        """Write rows and recorded events to the open transaction; the edge calls it before it commits."""
        await flush_together([self])

    async def copy(self, table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
        """Add many rows at once by PostgreSQL's COPY, inside the transaction."""
        await self.session.flush()
        connection = await (await self.session.connection()).get_raw_connection()
        driver: Any = connection.driver_connection
        await driver.copy_records_to_table(table, records=rows, columns=columns)


async def flush_together(units: Sequence[UnitOfWork]) -> None:
    """Write the rows and recorded events of units that share one session, in their order."""
    recorded = [(uow, event, sequence) for uow in units for event, sequence in uow.recorded]
    for uow in units:
        await uow.session.flush()
        uow.recorded.clear()
    if recorded:
        await units[0].session.execute(APPEND, _columns(recorded))


def _columns(recorded: Sequence[tuple[UnitOfWork, Event, int]]) -> dict[str, Any]:
    return {
        "event_ids": [uuid4() for _ in recorded],
        "topics": [event.topic for _, event, _ in recorded],
        "types": [event.name for _, event, _ in recorded],
        "keys": [event.key for _, event, _ in recorded],
        "sequences": [sequence for _, _, sequence in recorded],
        "payloads": [_payload(event) for _, event, _ in recorded],
        "occurred_ats": [uow.now for uow, _, _ in recorded],
        "councils": [uow.cause.council for uow, _, _ in recorded],
        "actors": [uow.cause.actor for uow, _, _ in recorded],
        "correlation_ids": [uow.cause.correlation_id for uow, _, _ in recorded],
        "causation_ids": [uow.cause.causation_id for uow, _, _ in recorded],
        "traceparents": [uow.cause.traceparent for uow, _, _ in recorded],
    }


def _payload(event: Event) -> str:
    payload = event.model_dump_json()
    if len(payload.encode()) > PAYLOAD_LIMIT_BYTES:
        raise Invalid("event.too_large", "This is more than one record can hold (256 KB). Send it in parts.")
    return payload


@dataclass(frozen=True, slots=True)
class Work:
    """Opens units of work on one service's database, and tells its relay when one has committed."""

    sessions: Sessions
    timeout_seconds: int
    committed: Callable[[], None] = lambda: None

    @asynccontextmanager
    async def begin(self, cause: Cause) -> AsyncIterator[UnitOfWork]:
        """One transaction for one command; what it wrote and recorded is committed together at the end."""
        async with transaction(self.sessions, timeout_seconds=self.timeout_seconds) as session:
            uow = UnitOfWork(session, datetime.now(UTC), cause)
            yield uow
            await uow.flush()
        self.committed()
