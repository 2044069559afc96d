from datetime import date

import pytest

from services.contributions.domain.register.agreement import Developer, record_agreement
from shared.errors import Conflict, Invalid, NotFound
from tests.support.contributions import (
    DEED_ON,
    EDITION,
    NO_EDITION,
    TODAY,
    WARDS,
    an_agreement,
    an_agreement_draft,
    an_id,
    an_obligation,
)


def fields_of(refusal: pytest.ExceptionInfo[Invalid]) -> list[str]:
    return [problem.field for problem in refusal.value.problems]


def test_each_act_on_an_agreement_raises_its_version_by_one() -> None:
    recorded = record_agreement(an_agreement_draft(), wards=NO_EDITION, today=TODAY)
    with_obligation = recorded.add_obligation(an_obligation(), known_wards=WARDS)
    due = with_obligation.meet_trigger(an_id("obligation"), met_on=DEED_ON, today=TODAY)

    assert [recorded.version, with_obligation.version, due.version] == [1, 2, 3]
    assert due.obligation(an_id("obligation")).trigger_met_on == DEED_ON


@pytest.mark.parametrize(
    ("field", "wrong", "code"),
    [
        ("reference", " ", "reference.missing"),
        ("reference", "P2018\x00", "reference.control_character"),
        ("reference", "P" * 201, "reference.too_long"),
        ("name", "", "name.missing"),
        ("planning_application", "", "planning_application.missing"),
        ("organisation", "Islington", "organisation.not_a_code"),
        ("kind", None, "agreement.kind_missing"),
        ("deed_on", None, "deed_on.missing"),
        ("deed_on", date(2026, 11, 23), "deed_on.in_the_future"),
        ("deed_on", date(1900, 1, 1), "deed_on.too_early"),
        ("document_url", "javascript:alert(1)", "document_url.not_an_address"),
        ("document_url", "https://", "document_url.not_an_address"),
        ("site_address", " ", "site_address.missing"),
        ("ward", "E05999999", "ward.unknown"),
        ("developer", Developer("", is_organisation=True), "developer.missing"),
    ],
)
def test_an_agreement_is_refused_by_field(field: str, wrong: object, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        record_agreement(an_agreement_draft(**{field: wrong}), wards=EDITION, today=TODAY)

    assert refusal.value.code == code
    assert fields_of(refusal) == [field]


def test_all_that_is_wrong_with_a_form_is_said_at_once() -> None:
    with pytest.raises(Invalid) as refusal:
        record_agreement(
            an_agreement_draft(reference="", organisation="ISL", deed_on=None), wards=NO_EDITION, today=TODAY
        )

    assert refusal.value.code == "agreement.invalid"
    assert fields_of(refusal) == ["reference", "organisation", "deed_on"]


@pytest.mark.parametrize(
    ("field", "wrong", "code"),
    [
        ("purpose", "carbon", "purpose.unknown"),
        ("purpose", "flood", "purpose.unknown"),
        ("purpose", None, "purpose.unknown"),
        ("allowed_purposes", frozenset({"carbon"}), "purpose.unknown"),
        ("amount_pence", 0, "money.zero"),
        ("amount_pence", -1, "money.negative"),
        ("amount_pence", 10**12 + 1, "money.too_large"),
        ("spend_by_months", 0, "spend_by_months.out_of_range"),
        ("spend_by_months", 601, "spend_by_months.out_of_range"),
        ("wards", frozenset({"E05999999"}), "ward.unknown"),
        ("trigger", "", "trigger.missing"),
        ("trigger_met_on", DEED_ON, "trigger.not_yet"),
    ],
)
def test_an_obligation_is_refused_by_field(field: str, wrong: object, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        an_agreement(an_obligation(**{field: wrong}))

    assert refusal.value.code == code
    assert fields_of(refusal) == [field]


def test_two_obligations_of_one_agreement_cannot_share_a_reference() -> None:
    agreement = an_agreement(an_obligation())

    with pytest.raises(Conflict) as refusal:
        agreement.add_obligation(an_obligation(id=an_id("another")), known_wards=WARDS)

    assert refusal.value.code == "obligation.recorded_before"


def test_a_trigger_is_met_once() -> None:
    due = an_agreement(an_obligation()).meet_trigger(an_id("obligation"), met_on=DEED_ON, today=TODAY)

    with pytest.raises(Conflict) as refusal:
        due.meet_trigger(an_id("obligation"), met_on=TODAY, today=TODAY)

    assert refusal.value.code == "trigger.met_before"
    assert "17 April 2019" in refusal.value.message


@pytest.mark.parametrize(
    ("met_on", "code"),
    [(date(2019, 4, 16), "trigger.before_deed"), (date(2026, 11, 23), "trigger_met_on.in_the_future")],
)
def test_a_trigger_is_met_between_the_deed_and_today(met_on: date, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        an_agreement(an_obligation()).meet_trigger(an_id("obligation"), met_on=met_on, today=TODAY)

    assert refusal.value.code == code
    assert fields_of(refusal) == ["trigger_met_on"]


def test_an_obligation_of_another_agreement_is_not_found() -> None:
    with pytest.raises(NotFound):
        an_agreement().meet_trigger(an_id("obligation"), met_on=DEED_ON, today=TODAY)
