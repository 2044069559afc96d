"""The kinds of field a form may have: each reads what was typed, or says plainly what to type instead."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from starlette.datastructures import UploadFile

from services.portal.layout.filters import pounds

LARGEST_PENCE = 100_000_000_000_00
NUMBER = re.compile(r"-?(?=\.?[0-9])([0-9]{1,3}(,[0-9]{3})+|[0-9]*)(\.[0-9]*)?")
DAY_PARTS = ("day", "month", "year")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
EARLIEST_YEAR = 1900
PENCE_PLACES = 2
LONGEST_NUMBER = 30


class WrongError(Exception):
    """What was typed cannot be used: `message` says what to type, `parts` which boxes of a date are meant."""

    def __init__(self, message: str, parts: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.parts = tuple(parts)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a browser sent: the boxes by name, and the day that "today or in the past" is measured by."""

    boxes: Mapping[str, Sequence[str | UploadFile]] = field(default_factory=dict)
    today: date = date.max

    def raw(self, name: str) -> str:
        """What was typed into a box, exactly."""
        given = self.boxes.get(name, ())
        return given[0] if given and isinstance(given[0], str) else ""

    def text(self, name: str) -> str:
        """What was typed into a box, without the spaces around it."""
        return self.raw(name).strip()

    def ticked(self, name: str) -> tuple[str, ...]:
        """The values of the boxes that were ticked."""
        return tuple(one for one in self.boxes.get(name, ()) if isinstance(one, str) and one)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question: its name in the form, its label, and how to ask for it ("Enter the amount received")."""

    name: str
    label: str
    ask: str = ""
    required: bool = True

    @property
    def asked(self) -> str:
        """What follows "Enter" or "Select"."""
        return self.ask or f"the {self.label[0].lower()}{self.label[1:]}"

    @property
    def first_id(self) -> str:
        """The id that a link in the error summary leads to."""
        return self.name

    def names(self) -> tuple[str, ...]:
        """The names of its boxes."""
        return (self.name,)

    def read(self, sent: Sent) -> object:
        """The value, None when it is optional and empty; raises WrongError."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Field):
    """Words, on one line or several."""

    longest: int = 200

    def read(self, sent: Sent) -> str | None:
        """The words as typed, with line ends made plain."""
        text = sent.text(self.name).replace("\r\n", "\n").replace("\0", "")
        if not text and self.required:
            raise WrongError(f"Enter {self.asked}")
        if len(text) > self.longest:
            raise WrongError(f"{self.label} must be {self.longest:,} characters or less")
        return text or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Field):
    """A quantity from `smallest` to `largest`, with no more than `places` decimals."""

    smallest: Decimal = Decimal(0)
    largest: Decimal = Decimal(1_000_000_000)
    places: int = 3
    example: str = "1250.5"

    def read(self, sent: Sent) -> Decimal | None:
        """The number, exactly as typed."""
        value = _number(self, sent, self.example)
        if value is None:
            return None
        if _decimals(value) > self.places:
            raise WrongError(f"{self.label} must have no more than {self.places} decimal places")
        return _between(self.label, value, self.smallest, self.largest)


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeNumber(Field):
    """A count."""

    smallest: int = 0
    largest: int = 1_000_000_000
    example: str = "12"

    def read(self, sent: Sent) -> int | None:
        """The count."""
        value = _number(self, sent, self.example)
        if value is None:
            return None
        if _decimals(value):
            raise WrongError(f"{self.label} must be a whole number, like {self.example}")
        return int(_between(self.label, value, Decimal(self.smallest), Decimal(self.largest)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Money(Field):
    """An amount in pounds, read as whole pence; more than nothing unless `may_be_zero`."""

    example: str = "1234.50"
    largest_pence: int = LARGEST_PENCE
    may_be_zero: bool = False

    def read(self, sent: Sent) -> int | None:
        """The amount in pence."""
        value = _number(self, sent, self.example)
        if value is None:
            return None
        if _decimals(value) > PENCE_PLACES:
            raise WrongError(f"{self.label} must be in pounds and whole pence, like {self.example}")
        pence = int(value.scaleb(2))
        if pence < 0 or (pence == 0 and not self.may_be_zero):
            raise WrongError(f"{self.label} must be {'£0 or more' if self.may_be_zero else 'more than £0'}")
        if pence > self.largest_pence:
            raise WrongError(f"{self.label} must be {pounds(self.largest_pence)} or less")
        return pence


@dataclass(frozen=True, slots=True, kw_only=True)
class Day(Field):
    """A date in three boxes; today or in the past unless `may_be_future`."""

    may_be_future: bool = False

    @property
    def first_id(self) -> str:
        """The box of the day."""
        return f"{self.name}-day"

    def names(self) -> tuple[str, ...]:
        """Its three boxes."""
        return tuple(f"{self.name}-{part}" for part in DAY_PARTS)

    def read(self, sent: Sent) -> date | None:
        """The date; months may be words."""
        given = {part: sent.text(f"{self.name}-{part}") for part in DAY_PARTS}
        missing = [part for part in DAY_PARTS if not given[part]]
        if len(missing) == len(DAY_PARTS):
            if self.required:
                raise WrongError(f"Enter {self.asked}", DAY_PARTS)
            return None
        if missing:
            raise WrongError(f"{self.label} must include a {' and '.join(missing)}", missing)
        return self._in_time(self._real(given), sent.today)

    def _real(self, given: Mapping[str, str]) -> date:
        if re.fullmatch(r"\d{1,3}", given["year"]):
            raise WrongError("Year must include 4 numbers", ("year",))
        month = _month(given["month"])
        if not 1 <= month <= len(MONTHS):
            raise WrongError(f"{self.label} must be a real date", ("month",))
        if not _is_digits(given["day"]) or not _is_digits(given["year"]):
            wrong = [part for part in ("day", "year") if not _is_digits(given[part])]
            raise WrongError(f"{self.label} must be a real date", wrong)
        try:
            real = date(int(given["year"]), month, int(given["day"]))
        except (ValueError, OverflowError):
            raise WrongError(f"{self.label} must be a real date", DAY_PARTS) from None
        if real.year < EARLIEST_YEAR:
            raise WrongError(f"{self.label} must be in {EARLIEST_YEAR} or later", ("year",))
        return real

    def _in_time(self, real: date, today: date) -> date:
        if real > today and not self.may_be_future:
            raise WrongError(f"{self.label} must be today or in the past", DAY_PARTS)
        return real


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Field):
    """One of the options, given as (value, words) pairs."""

    options: Sequence[tuple[str, str]]

    def read(self, sent: Sent) -> str | None:
        """The chosen value; anything not offered counts as not chosen."""
        chosen = sent.text(self.name)
        if chosen not in {value for value, _ in self.options}:
            if self.required or chosen:
                raise WrongError(f"Select {self.asked}")
            return None
        return chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices(Field):
    """Any of the options; at least one when required."""

    options: Sequence[tuple[str, str]]

    def read(self, sent: Sent) -> tuple[str, ...]:
        """The chosen values, in the order they are offered."""
        chosen = set(sent.ticked(self.name))
        offered = tuple(value for value, _ in self.options if value in chosen)
        if len(offered) < len(chosen) or (self.required and not offered):
            raise WrongError(f"Select {self.asked}")
        return offered


@dataclass(frozen=True, slots=True, kw_only=True)
class File(Field):
    """A file; what is in it is for its owner to judge."""

    largest_bytes: int = 10_000_000

    def read(self, sent: Sent) -> UploadFile | None:
        """The uploaded file, not yet read."""
        files = [one for one in sent.boxes.get(self.name, ()) if isinstance(one, UploadFile) and one.filename]
        if not files:
            if self.required:
                raise WrongError(f"Select {self.asked}")
            return None
        size = files[0].size or 0
        if size == 0:
            raise WrongError("The selected file is empty")
        if size > self.largest_bytes:
            raise WrongError(f"The selected file must be smaller than {self.largest_bytes // 1_000_000}MB")
        return files[0]


def _number(asked: Field, sent: Sent, example: str) -> Decimal | None:
    text = sent.text(asked.name).replace(" ", "").replace("\N{MINUS SIGN}", "-").replace("£", "")
    if not text:
        if asked.required:
            raise WrongError(f"Enter {asked.asked}, like {example}")
        return None
    if len(text) > LONGEST_NUMBER or not NUMBER.fullmatch(text):
        raise WrongError(f"{asked.label} must be a number, like {example}")
    return Decimal(text.replace(",", ""))


def _between(label: str, value: Decimal, smallest: Decimal, largest: Decimal) -> Decimal:
    if value < smallest:
        raise WrongError(f"{label} must be {smallest:,f} or more")
    if value > largest:
        raise WrongError(f"{label} must be {largest:,f} or less")
    return value


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _month(text: str) -> int:
    if _is_digits(text):
        return int(text)
    return MONTHS.index(text[:3].lower()) + 1 if text[:3].lower() in MONTHS else 0


def _is_digits(text: str) -> bool:
    return re.fullmatch(r"[0-9]{1,4}", text) is not None
