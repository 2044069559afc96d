"""Commands that are carried out together: each has an answer of its own, and one refusal stops no other."""

from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar

from shared.errors import OffsetFundError
from shared.web.answers import Recorded

R = TypeVar("R")

Answer: TypeAlias = Recorded | OffsetFundError


def unless_refused(work: Callable[[], R]) -> R | OffsetFundError:
    """What the work gives, or why it is refused."""
    try:
        return work()
    except OffsetFundError as refusal:
        return refusal


def only(answers: Sequence[Answer]) -> Recorded:
    """The answer to a command that was alone; its refusal is raised."""
    [answer] = answers
    if isinstance(answer, OffsetFundError):
        raise answer
    return answer
