"""What a kind of fault is, and the list of them."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from tests.faults.client import PersistentClient
from tests.faults.system import FaultySystem


@dataclass(slots=True)
class Ground:
    """Where faults happen: the system, an operator to act through, and whether poison was laid out."""

    system: FaultySystem
    operator: PersistentClient
    poisoned: bool = False


Inject: TypeAlias = Callable[[Ground, random.Random], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fault: how often it comes among the others, and how it is done."""

    name: str
    weight: int
    inject: Inject


KINDS: dict[str, Kind] = {}


def kind(*, weight: int) -> Callable[[Inject], Inject]:
    """Enter a function into the list of kinds under its own name."""

    def enter(inject: Any) -> Inject:
        KINDS[inject.__name__] = Kind(inject.__name__, weight, inject)
        return inject  # type: ignore[no-any-return]

    return enter
