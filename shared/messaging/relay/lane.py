"""One partition's line: what waits for it, and the one batch that is under way."""

import asyncio
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from aiokafka import TopicPartition

from shared.messaging.relay.records import Outgoing


@dataclass(slots=True)
class Lane:
    """Hands Kafka a later batch of a partition only when the earlier one is acknowledged.

    So nothing can overtake a batch that is refused or lost, whatever the client does about it. Batches of
    other partitions are under way meanwhile, and what comes for this one makes its next batch larger.
    """

    at: TopicPartition
    waiting: deque[Outgoing] = field(default_factory=deque)
    packed: list[Outgoing] = field(default_factory=list)
    answer: "asyncio.Future[Any] | None" = None

    @property
    def ready(self) -> bool:
        """Whether something waits and nothing is under way."""
        return self.answer is None and bool(self.waiting)

    def pack(self, batch: Any, alone: Collection[int]) -> None:
        """Fill a batch from the head of the line; an event that was refused in company travels alone."""
        while self.waiting:
            record = self.waiting[0]
            by_itself = record.position in alone
            if self.packed and by_itself:
                break
            if (
                batch.append(timestamp=None, key=record.key, value=record.value, headers=record.headers)
                is None
            ):
                break
            self.packed.append(self.waiting.popleft())
            if by_itself:
                break
        batch.close()

    def unpack(self) -> tuple[list[Outgoing], BaseException | None, int]:
        """What was under way, and Kafka's answer to it: an error, or the offset of the first record."""
        assert self.answer is not None
        packed, answer = self.packed, self.answer
        self.packed, self.answer = [], None
        error = asyncio.CancelledError() if answer.cancelled() else answer.exception()
        return packed, error, -1 if error else answer.result().offset
