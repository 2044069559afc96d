"""The four ways the fund says no; only shared.web knows what HTTP makes of them."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one field or row: where it is, and what to do about it."""

    field: str
    message: str


@dataclass(eq=False)
class OffsetFundError(Exception):
    """A refusal with a stable code for programs and a plain sentence, with its remedy, for people."""

    code: str
    message: str
    field: str | None = None
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(self.message)

    def __str__(self) -> str:
        return self.message


class Invalid(OffsetFundError):
    """What was sent breaks a rule; the sender can correct it."""


class NotFound(OffsetFundError):
    """There is no such thing, or not for this person."""


class Conflict(OffsetFundError):
    """The thing has moved on, or was asked for before; look again."""


class Forbidden(OffsetFundError):
    """This person may not do this; the attempt is recorded."""
