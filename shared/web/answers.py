"""What a command answers."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Recorded:
    """The thing that was recorded or changed, and the sequence its last event has.

    A page may wait until its projection has reached that sequence.
    """

    id: UUID
    sequence: int
