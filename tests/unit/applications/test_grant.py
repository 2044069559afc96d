"""A grant is answered once and claimed in parts that never exceed it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.applications.domain.grant import Claim, Grant
from shared.errors import Conflict, Invalid
from tests.support.events import AWARD_ID, CLAIM_ID, an_id

TODAY = date(2026, 11, 22)
DECIDED_ON = date(2019, 11, 14)
ACCEPTED_ON = date(2019, 12, 2)
EVIDENCE = an_id("evidence")
OFFER = Grant(award_id=AWARD_ID, amount_pence=30_000_00, decided_on=DECIDED_ON)
GRANT = replace(OFFER, accepted_on=ACCEPTED_ON)
CLAIM = Claim(
    id=CLAIM_ID,
    milestone="Roof insulated",
    amount_pence=10_000_00,
    claimed_on=date(2021, 3, 8),
    evidence_ids=(EVIDENCE,),
)


def claimed(grant: Grant = GRANT, **changes: Any) -> Grant:
    return grant.claim(replace(CLAIM, **changes), known_evidence=frozenset({EVIDENCE}), today=TODAY)


def test_an_offer_is_accepted_once() -> None:
    grant = OFFER.accept(accepted_on=ACCEPTED_ON, today=TODAY)

    with pytest.raises(Conflict, match="was accepted on 2 December 2019"):
        grant.accept(accepted_on=ACCEPTED_ON, today=TODAY)


def test_an_offer_that_was_declined_cannot_be_accepted() -> None:
    declined = OFFER.decline(declined_on=ACCEPTED_ON, today=TODAY)

    with pytest.raises(Conflict, match="was declined on 2 December 2019"):
        declined.accept(accepted_on=ACCEPTED_ON, today=TODAY)


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2019, 11, 13), "The grant was decided on 14 November 2019"),
        (date(2026, 11, 23), "later than today"),
    ],
)
def test_an_answer_is_not_dated_before_the_decision_nor_after_today(on: date, words: str) -> None:
    with pytest.raises(Invalid, match=words) as refusal:
        OFFER.accept(accepted_on=on, today=TODAY)

    assert refusal.value.problems[0].field == "accepted_on"


def test_nothing_is_claimed_before_the_grant_is_accepted() -> None:
    with pytest.raises(Conflict, match="Accept the grant"):
        claimed(OFFER)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"amount_pence": 0}, "amount_pence", "must be above zero"),
        ({"amount_pence": -1}, "amount_pence", "must be above zero"),
        ({"milestone": " "}, "milestone", "Enter what was done"),
        ({"claimed_on": date(2019, 12, 1)}, "claimed_on", "The grant was accepted on 2 December 2019"),
        ({"claimed_on": date(2026, 11, 23)}, "claimed_on", "later than today"),
        ({"evidence_ids": ()}, "evidence_ids", "at least one file"),
        ({"evidence_ids": (EVIDENCE, an_id("other"))}, "evidence_ids.1", "not sent for this application"),
    ],
)
def test_a_claim_that_cannot_stand_is_named_by_field(changes: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(Invalid, match=words) as refusal:
        claimed(**changes)

    assert [problem.field for problem in refusal.value.problems] == [field]


def test_a_claim_above_the_grant_is_told_what_is_left() -> None:
    with pytest.raises(Invalid, match=r"of the grant of £30,000.00 only £20,000.00 is left") as refusal:
        claimed(claimed(), amount_pence=20_000_01)

    assert refusal.value.problems[0].field == "amount_pence"


@given(st.lists(st.integers(1, 20_000_00), max_size=12))
def test_claims_never_add_up_to_more_than_the_grant(amounts: list[int]) -> None:
    grant, taken = GRANT, 0

    for amount in amounts:
        try:
            grant = claimed(grant, amount_pence=amount)
            taken += amount
        except Invalid:
            assert taken + amount > grant.amount_pence

    assert grant.claimed_pence == taken <= grant.amount_pence
