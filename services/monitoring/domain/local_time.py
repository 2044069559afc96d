"""Times as files write them, and the local days (Europe/London, half-open) that they belong to."""

import re
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
ONE_HOUR = timedelta(hours=1)
_BRITISH = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}.*)?")


class Zone(StrEnum):
    """The clock the file was written by; times with an offset of their own do not need it."""

    EUROPE_LONDON = "Europe/London"
    UTC = "UTC"


def parse_time(text: str) -> datetime | None:
    """A time or date as written (ISO, or day/month/year), with its offset if it has one; None if neither."""
    try:
        if _ISO.fullmatch(text):
            return datetime.fromisoformat(text)
        if british := _BRITISH.fullmatch(text):
            day, month, year, hour, minute, second = (int(part or 0) for part in british.groups())
            return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - stated, not written
    except ValueError:
        return None
    return None


def is_date_only(moment: datetime) -> bool:
    """Whether it stands for a day: midnight, without an offset."""
    return moment.tzinfo is None and moment.time() == time.min


def utc_candidates(moment: datetime, zone: Zone) -> tuple[datetime, ...]:
    """What a written time may mean: two instants in October's repeated hour, none in March's missing one."""
    if moment.tzinfo is not None:
        return (moment.astimezone(UTC),)
    if zone is Zone.UTC:
        return (moment.replace(tzinfo=UTC),)
    first = moment.replace(tzinfo=LONDON).utcoffset() or timedelta()
    second = moment.replace(tzinfo=LONDON, fold=1).utcoffset() or timedelta()
    if first < second:
        return ()
    offsets = (first,) if first == second else (first, second)
    return tuple((moment - offset).replace(tzinfo=UTC) for offset in offsets)


def local_day(instant: datetime) -> date:
    """The day in Great Britain to which the instant belongs."""
    return instant.astimezone(LONDON).date()


def hours_in_day(day: date) -> int:
    """24, but 23 and 25 on the days the clocks change."""
    return (_midnight(day + timedelta(days=1)) - _midnight(day)) // ONE_HOUR


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, LONDON).astimezone(UTC)
