"""Older versions of an event, told from the newest: what the relay publishes beside it under the same id."""

from collections.abc import Iterable, Mapping

from shared.events import EVENTS
from shared.events.base import Event


def with_older_versions(events: Iterable[type[Event]]) -> dict[str, type[Event]]:
    """Those that can also be told as an older version, by the name of the newest."""
    return {event.name: event for event in events if event.as_older_versions is not Event.as_older_versions}


def older_versions(newest: type[Event], payload: str) -> tuple[Event, ...]:
    """The fact of a payload as each older version tells it: the same aggregate, no newer words.

    Raises ValueError where a down-cast changes topic or key: the fact would leave its place in the order.
    """
    event = newest.model_validate_json(payload)
    older = event.as_older_versions()
    for version in older:
        if (version.topic, version.key) != (event.topic, event.key) or version.name == event.name:
            message = (
                f"{version.name} is no older version of {event.name}: another topic or key, or the same."
            )
            raise ValueError(message)
    return older


WITH_OLDER_VERSIONS: Mapping[str, type[Event]] = with_older_versions(EVENTS)
"""No event of the fund has two versions yet."""
