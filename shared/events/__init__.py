"""The published language: every event that any service sends, one module per owner."""

from shared.events import applications, assessment, contributions, monitoring
from shared.events.base import Event, Part

EVENTS: tuple[type[Event], ...] = tuple(
    value
    for owner in (contributions, applications, assessment, monitoring)
    for value in vars(owner).values()
    if isinstance(value, type) and issubclass(value, Event) and value is not Event
)
"""Every event type; a contract test holds that their names are unique and carry no personal data."""

__all__ = ["EVENTS", "Event", "Part"]
