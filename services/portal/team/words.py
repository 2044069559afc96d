"""How projects and files stand, in words."""

from collections.abc import Mapping

from services.portal.layout.filters import day
from services.portal.team.models import Coverage

STATES: Mapping[str, tuple[str, str]] = {
    "awaiting_works": ("Works under way", "yellow"),
    "awaiting_boundary": ("Boundary to declare", "yellow"),
    "awaiting_baseline": ("Baseline to freeze", "yellow"),
    "awaiting_savings": ("Awaiting readings", "blue"),
    "verified": ("Verified", "green"),
}
UNKNOWN = ("Under way", "grey")


def state(status: str) -> tuple[str, str]:
    """Where a project stands, and the colour of its tag."""
    return STATES.get(status, UNKNOWN)


def covered(coverage: Coverage) -> str:
    """The days that are held, in a sentence."""
    if not coverage.days:
        return "no days yet"
    return f"{day(coverage.first_day)} to {day(coverage.last_day)}: {coverage.days:,} days"


def missing(coverage: Coverage) -> str:
    """The days that are missing between the first and the last, the first ones named."""
    if not coverage.missing_count:
        return "None" if coverage.days else "All"
    named = ", ".join(day(one) for one in coverage.missing_days)
    more = coverage.missing_count - len(coverage.missing_days)
    return f"{coverage.missing_count:,}: {named}{f' and {more:,} more' if more else ''}"
