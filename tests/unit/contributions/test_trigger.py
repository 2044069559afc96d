from datetime import date
from typing import Any

import pytest

from services.contributions.domain.register.trigger import Trigger, TriggerKind
from shared.errors import Invalid
from tests.support.contributions import an_agreement, an_obligation

FIFTIETH = Trigger(kind=TriggerKind.NTH_OCCUPATION, dwelling=50)


@pytest.mark.parametrize(
    "due_on",
    [
        Trigger(kind=TriggerKind.COMMENCEMENT),
        Trigger(kind=TriggerKind.FIRST_OCCUPATION),
        FIFTIETH,
        Trigger(kind=TriggerKind.PERCENT_OCCUPATION, percent=100),
        Trigger(kind=TriggerKind.COMPLETION),
        Trigger(kind=TriggerKind.DATE, on=date(2027, 4, 1)),
        Trigger(kind=TriggerKind.OTHER),
    ],
)
def test_an_obligation_may_wait_for_any_kind_of_trigger(due_on: Trigger) -> None:
    agreement = an_agreement(an_obligation(due_on=due_on))

    assert agreement.obligations[0].due_on == due_on


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"kind": TriggerKind.NTH_OCCUPATION}, "trigger_dwelling.out_of_range", "trigger_dwelling"),
        (
            {"kind": TriggerKind.NTH_OCCUPATION, "dwelling": 0},
            "trigger_dwelling.out_of_range",
            "trigger_dwelling",
        ),
        ({"kind": TriggerKind.PERCENT_OCCUPATION}, "trigger_percent.out_of_range", "trigger_percent"),
        (
            {"kind": TriggerKind.PERCENT_OCCUPATION, "percent": 101},
            "trigger_percent.out_of_range",
            "trigger_percent",
        ),
        ({"kind": TriggerKind.DATE}, "trigger_on.missing", "trigger_on"),
        (
            {"kind": TriggerKind.COMMENCEMENT, "dwelling": 5},
            "trigger.threshold_of_another_kind",
            "trigger_dwelling",
        ),
        (
            {"kind": TriggerKind.OTHER, "on": date(2027, 4, 1)},
            "trigger.threshold_of_another_kind",
            "trigger_on",
        ),
    ],
)
def test_a_threshold_that_cannot_be_is_refused_by_its_field(
    wrong: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        an_agreement(an_obligation(due_on=Trigger(**wrong)))

    assert refused.value.code == code
    assert refused.value.problems[0].field == field
