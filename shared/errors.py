"""The four ways the fund says no; only shared.web knows what HTTP makes of them."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one field or row: where it is, and what to do about it."""

    field: str
    message: str


class OffsetFundError(Exception):
    """A refusal with a stable code for programs and a plain sentence, with its remedy, for people."""

    def __init__(
        self, code: str, message: str, *, field: str | None = None, problems: Sequence[Problem] = ()
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.problems = tuple(problems) or ((Problem(field, message),) if field else ())


class Invalid(OffsetFundError):
    """What was sent breaks a rule; the sender can correct it."""


class NotFound(OffsetFundError):
    """There is no such thing, or not for this person."""


class Conflict(OffsetFundError):
    """The thing has moved on, or was asked for before; look again."""


class Forbidden(OffsetFundError):
    """Not for this person to do; the attempt is recorded."""
