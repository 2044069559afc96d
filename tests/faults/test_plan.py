"""A campaign can be told again: its plan, its promises and its planted bugs are what they say."""

import itertools
from collections import Counter

from pydantic import ValidationError

from deploy.audit import Promise
from shared.events import EVENTS, Event
from shared.events.topics import TOPICS
from tests.faults.hunts import HUNTS
from tests.faults.kinds import KINDS
from tests.faults.kinds.unreadable import MAKERS, VALUES
from tests.faults.plan import plan
from tests.faults.planted import PLANTS
from tests.faults.promises import promise_of

PROJECT = "0d000000-0000-4000-8000-000000000001"


def test_the_same_seed_plans_the_same_faults() -> None:
    assert list(plan(7, 200)) == list(plan(7, 200))
    assert list(plan(7, 200)) != list(plan(8, 200))


def test_a_longer_campaign_begins_as_the_shorter_one_of_its_seed() -> None:
    shorter, longer = (list(itertools.chain(*plan(7, count))) for count in (50, 400))

    assert longer[:50] == shorter


def test_a_campaign_has_as_many_faults_as_were_asked_for_numbered_from_nought() -> None:
    planned = list(itertools.chain(*plan(3, 101)))

    assert [fault.index for fault in planned] == list(range(101))


def test_a_thousand_faults_are_of_every_kind() -> None:
    counted = Counter(fault.kind for fault in itertools.chain(*plan(1, 1000)))

    assert set(counted) == set(KINDS)
    assert min(counted.values()) >= 3


def test_only_the_kinds_that_were_asked_for_are_planned() -> None:
    planned = itertools.chain(*plan(1, 40, ["poison", "kill_kafka"]))

    assert {fault.kind for fault in planned} == {"poison", "kill_kafka"}


def test_every_planted_bug_is_hunted_with_kinds_that_there_are() -> None:
    assert set(HUNTS) == set(PLANTS)
    assert {kind for hunt in HUNTS.values() for kind in hunt.kinds} <= set(KINDS)


def test_poison_is_known_by_a_value_that_no_event_has() -> None:
    made = {make(TOPICS[0], b"a key")[1] for make in MAKERS for _ in range(3)}
    readable = [event.__name__ for event in EVENTS for value in made if _reads(event, value)]

    assert made == VALUES
    assert readable == []


def _reads(event: type[Event], value: bytes | None) -> bool:
    try:
        event.model_validate_json(value or b"")
    except ValidationError:
        return False
    return True


def test_an_answer_promises_the_fact_that_its_command_publishes() -> None:
    answer = {"id": "another id", "sequence": 4}

    promised = promise_of("monitoring", f"/projects/{PROJECT}/works-completed", {}, answer)

    assert promised == Promise(service="monitoring", topic="monitoring.project", key=PROJECT, sequence=4)


def test_a_command_that_publishes_nothing_promises_nothing() -> None:
    assert promise_of("applications", "/organisations", {}, {"id": PROJECT, "sequence": 0}) is None
    assert promise_of("monitoring", f"/projects/{PROJECT}/meters", {}, {"id": "m", "sequence": 2}) is None
