"""Turns one owner's list of events into few set-based statements."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

from services.portal.projections.columns import Columns, Values
from services.portal.tables import ProgressRow
from shared.events import Event
from shared.messaging import Delivery
from shared.messaging.handlers import Projector

Rows: TypeAlias = Iterable[tuple[Columns, Values]]

PROGRESS = Columns(ProgressRow, ("occurred_at", "projected_at"))


def projector(rows_of: Callable[[Any, int], Rows]) -> Projector:
    """The projector of an owner; `rows_of` says which columns an event with its sequence fills."""

    async def project(deliveries: Sequence[Delivery], session: AsyncSession) -> None:
        written: dict[Columns, list[Values]] = {}
        for delivery in deliveries:
            assert delivery.event is not None
            for columns, values in rows_of(delivery.event, delivery.sequence):
                written.setdefault(columns, []).append(values)
        for columns, values_of_all in written.items():
            await columns.write(session, values_of_all)
        await PROGRESS.write(session, _progress(deliveries))

    return project


def fact(columns: Columns, event: Event, sequence: int, **renamed: Any) -> tuple[Columns, Values]:
    """The columns filled from the event's fields of the same names, and from those given by another name."""
    values = {name: getattr(event, name) for name in _told_as_named(columns, type(event))}
    return columns, {**values, **renamed, columns.sequence: sequence}


@cache
def _told_as_named(columns: Columns, event: type[Event]) -> tuple[str, ...]:
    """The columns that fields of this event fill; what else it tells is not sent to the database."""
    return tuple(name for name in columns.written if name in event.model_fields)


def _progress(deliveries: Sequence[Delivery]) -> list[Values]:
    now = datetime.now(UTC)
    return [
        {
            "topic": delivery.topic,
            "key": delivery.key,
            "sequence": delivery.sequence,
            "occurred_at": delivery.occurred_at,
            "projected_at": now,
        }
        for delivery in deliveries
    ]
