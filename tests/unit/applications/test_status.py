"""The status is read from facts in any order."""

from typing import Any

import pytest

from services.applications.domain.status import STATUS_WORDS, Status, status_of


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({"submitted": False}, Status.DRAFT),
        ({}, Status.SUBMITTED),
        ({"outcome": "awarded"}, Status.AWARDED),
        ({"outcome": "declined"}, Status.DECLINED_BY_FUND),
        ({"refused": True}, Status.UNFUNDED),
        ({"outcome": "awarded", "refused": True}, Status.UNFUNDED),
        ({"offered": True}, Status.OFFERED),
        ({"outcome": "awarded", "offered": True}, Status.OFFERED),
        ({"outcome": "awarded", "refused": True, "offered": True}, Status.OFFERED),
        ({"offered": True, "accepted": True}, Status.ACCEPTED),
        ({"offered": True, "turned_down": True}, Status.DECLINED_BY_APPLICANT),
    ],
)
def test_the_furthest_state_that_the_facts_speak_of(facts: dict[str, Any], status: Status) -> None:
    assert status_of(**{"submitted": True, **facts}) is status


def test_every_status_is_said_in_plain_words() -> None:
    assert set(STATUS_WORDS) == set(Status)
