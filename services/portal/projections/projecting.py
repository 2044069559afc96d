"""Turns one owner's list of events into few set-based statements."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
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
    fields = {name: getattr(event, name) for name in type(event).model_fields}
    return columns, {**fields, **renamed, columns.sequence: sequence}


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
