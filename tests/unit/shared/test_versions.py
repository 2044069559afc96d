"""An older version of an event, told from the newest."""

from typing import ClassVar

import pytest

from shared.events import Event
from shared.events.versions import older_versions, with_older_versions


class Weighed(Event):
    topic: ClassVar[str] = "test.scales"
    name: ClassVar[str] = "test.weighed.v1"
    key_field: ClassVar[str] = "scales"

    scales: str
    kilograms: int


class WeighedInGrams(Event):
    topic: ClassVar[str] = "test.scales"
    name: ClassVar[str] = "test.weighed.v2"
    key_field: ClassVar[str] = "scales"

    scales: str
    grams: int

    def as_older_versions(self) -> tuple[Event, ...]:
        return (Weighed(scales=self.scales, kilograms=self.grams // 1000),)


class Misplaced(WeighedInGrams):
    def as_older_versions(self) -> tuple[Event, ...]:
        return (Weighed(scales="others", kilograms=1),)


def test_only_an_event_that_replaces_another_is_told_twice() -> None:
    assert with_older_versions([Weighed, WeighedInGrams]) == {"test.weighed.v2": WeighedInGrams}


def test_the_older_version_is_told_from_the_payload_as_it_was_stored() -> None:
    payload = '{"scales": "hall", "grams": 2500, "a_newer_optional_field": 1}'

    assert older_versions(WeighedInGrams, payload) == (Weighed(scales="hall", kilograms=2),)


def test_an_older_version_cannot_leave_its_aggregate() -> None:
    with pytest.raises(ValueError, match="another topic or key"):
        older_versions(Misplaced, '{"scales": "hall", "grams": 2500}')
