"""What was ever sent stays readable: each event's kept sample, by today's code and by yesterday's schema."""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from deploy.specifications.__main__ import SAMPLES, WRITE
from deploy.specifications.documents import EVENTS_DOCUMENT, RELEASED, load
from deploy.specifications.samples import sample_of
from shared.events import EVENTS, Event

BY_NAME = {event.name: event for event in EVENTS}
KEPT = sorted(path.stem for path in SAMPLES.glob("*.json"))
RELEASE = load(RELEASED)[EVENTS_DOCUMENT]
RELEASED_EVENTS = sorted(RELEASE["components"]["messages"])


def kept(name: str) -> dict[str, Any]:
    sample: dict[str, Any] = json.loads(Path(SAMPLES, f"{name}.json").read_text(encoding="utf-8"))
    return sample


def yesterdays_reader(name: str) -> jsonschema_rs.Validator:
    """The released schema of an event, as a program of that day would hold an event against it."""
    schema = {**RELEASE["components"]["messages"][name]["payload"], "components": RELEASE["components"]}
    return jsonschema_rs.validator_for(schema, validate_formats=True)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.name)
def test_every_event_has_a_sample(event: type[Event]) -> None:
    assert event.name in KEPT, f"Run `{WRITE}` and commit {SAMPLES.name}/{event.name}.json."


def test_every_released_event_has_a_sample_and_is_still_known() -> None:
    assert set(RELEASED_EVENTS) <= set(KEPT)
    assert set(KEPT) <= set(BY_NAME)


@pytest.mark.parametrize("name", KEPT)
def test_a_kept_sample_is_read_by_todays_code_and_keeps_its_meaning(name: str) -> None:
    sample = kept(name)

    read = BY_NAME[name].model_validate_json(json.dumps(sample))

    again = read.model_dump(mode="json")
    assert includes(again, sample)
    assert read.key == sample[BY_NAME[name].key_field]


@pytest.mark.parametrize("name", RELEASED_EVENTS)
def test_a_reader_built_yesterday_reads_what_is_sent_today(name: str) -> None:
    sent = sample_of(BY_NAME[name]).model_dump(mode="json")

    yesterdays_reader(name).validate({**sent, "a_field_of_tomorrow": {"unknown": True}})


@pytest.mark.parametrize("name", RELEASED_EVENTS)
def test_a_reader_of_today_reads_what_yesterday_might_have_left_out(name: str) -> None:
    schema = RELEASE["components"]["schemas"][BY_NAME[name].__name__]
    least = {field: value for field, value in kept(name).items() if field in schema["required"]}

    yesterdays_reader(name).validate(least)
    assert BY_NAME[name].model_validate_json(json.dumps({**least, "unknown": 1}))


def test_yesterdays_reader_refuses_what_is_not_the_event() -> None:
    sent = sample_of(BY_NAME["pot.opened.v1"]).model_dump(mode="json")

    with pytest.raises(jsonschema_rs.ValidationError):
        yesterdays_reader("pot.opened.v1").validate({**sent, "received_pence": "all"})
    with pytest.raises(jsonschema_rs.ValidationError):
        yesterdays_reader("pot.opened.v1").validate({**sent, "received_on": "yesterday"})


def includes(whole: Any, part: Any) -> bool:
    """Whether everything that the part says is in the whole; fields that came since may be there too."""
    if isinstance(part, dict):
        return all(name in whole and includes(whole[name], value) for name, value in part.items())
    if isinstance(part, list):
        return len(whole) == len(part) and all(map(includes, whole, part))
    return bool(whole == part)
