"""Corrections and deeds of variation: what may change when, and what stays as it was."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.contributions.domain.register import facts
from services.contributions.domain.register.agreement import Agreement, Developer
from services.contributions.domain.register.changes import (
    Variation,
    correct_agreement,
    correct_obligation,
    last_day_of_version,
    vary_agreement,
    vary_obligation,
)
from services.contributions.domain.register.wards import Ward, WardEdition, record_edition
from shared.errors import Conflict, Invalid
from tests.support.contributions import (
    BUNHILL,
    DEED_ON,
    EDITION,
    HILLRISE,
    ISLINGTON,
    NO_EDITION,
    TODAY,
    WARDS,
    an_agreement,
    an_id,
    an_obligation,
)

VARIED_ON = date(2022, 5, 3)


def a_variation(**changes: Any) -> Variation:
    return replace(
        Variation(
            id=an_id("variation"),
            deed_on=VARIED_ON,
            document_url="https://planning.example/variation.pdf",
            summary="The sum may be spent within ten years.",
        ),
        **changes,
    )


def corrected(agreement: Agreement, changes: dict[str, Any], **more: Any) -> Agreement:
    given = {"reason": "It was mistyped.", "wards": NO_EDITION, "today": TODAY, "money_moved": False, **more}
    return correct_agreement(agreement, changes, **given)


def corrected_obligation(changes: dict[str, Any], **more: Any) -> Agreement:
    agreement = an_agreement(an_obligation(), an_obligation(id=an_id("second"), reference="second"))
    given = {"reason": "It was mistyped.", "known_wards": WARDS, "money_moved": False, **more}
    return correct_obligation(agreement, an_id("obligation"), changes, **given)


def test_a_correction_changes_what_was_wrong_and_nothing_else() -> None:
    before = an_agreement(an_obligation())

    after = corrected(before, {"deed_on": date(2019, 4, 14), "name": "Old Street Yard East"})

    assert after == replace(before, deed_on=date(2019, 4, 14), name="Old Street Yard East", version=3)


@pytest.mark.parametrize(
    ("changes", "more", "code"),
    [
        ({}, {}, "correction.changes_nothing"),
        ({"name": "Old Street Yard"}, {}, "correction.changes_nothing"),
        ({"name": "New"}, {"reason": " "}, "reason.missing"),
        ({"name": ""}, {}, "name.missing"),
        ({"deed_on": date(2026, 12, 1)}, {}, "deed_on.in_the_future"),
        ({"deed_on": date(2019, 4, 14)}, {"money_moved": True}, "agreement.money_moved"),
        ({"ward": "E05999999"}, {"wards": EDITION}, "ward.unknown"),
        ({"document_url": "ftp://deeds"}, {}, "document_url.not_an_address"),
    ],
)
def test_a_correction_is_refused_by_field(changes: dict[str, Any], more: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        corrected(an_agreement(), changes, **more)

    assert refusal.value.code == code


def test_a_name_is_corrected_even_after_money_moved() -> None:
    assert corrected(an_agreement(), {"name": "New Yard"}, money_moved=True).name == "New Yard"


def test_a_corrected_deed_date_takes_the_ward_edition_of_that_day() -> None:
    with pytest.raises(Invalid) as refusal:
        corrected(replace(an_agreement(), ward="E05000372"), {"deed_on": date(2022, 6, 1)}, wards=EDITION)

    assert refusal.value.code == "ward.unknown"
    assert "E05000372 is not a ward of Wards of May 2022" in refusal.value.message


def test_an_imported_deed_is_corrected_though_it_lacks_what_nobody_touches() -> None:
    imported = replace(an_agreement(), kind=None, deed_on=None)

    assert corrected(imported, {"name": "Known now"}).name == "Known now"


def test_an_obligation_is_corrected_before_money_came_of_it() -> None:
    after = corrected_obligation({"amount_pence": 885_960_00, "wards": frozenset({BUNHILL})})

    assert after.version == 4
    assert after.obligation(an_id("obligation")).amount_pence == 885_960_00
    assert after.obligation(an_id("second")).amount_pence == 88_596_00


def test_an_obligation_that_money_came_under_stands() -> None:
    with pytest.raises(Conflict) as refusal:
        corrected_obligation({"amount_pence": 1}, money_moved=True)

    assert refusal.value.code == "obligation.money_moved"
    assert "record the deed of variation" in refusal.value.message


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"amount_pence": 0}, "money.zero"),
        ({"purpose": None}, "purpose.unknown"),
        ({"wards": frozenset({"E05999999"})}, "ward.unknown"),
        ({"reference": "second"}, "obligation.reference_taken"),
        ({"trigger": "Before the first occupation of any flat"}, "correction.changes_nothing"),
    ],
)
def test_an_obligations_correction_is_refused_by_field(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        corrected_obligation(changes)

    assert refusal.value.code == code


def test_a_deed_of_variation_makes_the_next_version_and_obligations_carry_over() -> None:
    before = an_agreement(an_obligation())

    after = vary_agreement(before, a_variation(), {"ward": HILLRISE}, wards=EDITION, today=TODAY)
    again = vary_obligation(
        after, an_id("obligation"), {"spend_by_months": 120}, known_wards=WARDS, place="obligations.0."
    )

    assert (after.deed_version, after.varied_on, after.in_force_from) == (2, VARIED_ON, VARIED_ON)
    assert (after.deed_on, after.ward_edition_id) == (DEED_ON, EDITION.edition_id)
    assert after.obligations == before.obligations
    assert again.obligation(an_id("obligation")).spend_by_months == 120
    assert (before.version, after.version, again.version) == (2, 3, 4)
    assert last_day_of_version(VARIED_ON) == date(2022, 5, 2)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"deed_on": DEED_ON}, "variation.before_deed"),
        ({"deed_on": date(2018, 1, 1)}, "variation.before_deed"),
        ({"deed_on": date(1900, 1, 1)}, "deed_on.too_early"),
        ({"deed_on": date(2026, 11, 23)}, "deed_on.in_the_future"),
        ({"summary": ""}, "summary.missing"),
        ({"document_url": "variation.pdf"}, "document_url.not_an_address"),
    ],
)
def test_a_deed_of_variation_is_refused_by_field(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        vary_agreement(an_agreement(), a_variation(**changes), {}, wards=NO_EDITION, today=TODAY)

    assert refusal.value.code == code


def test_a_second_variation_is_later_than_the_first() -> None:
    once = vary_agreement(an_agreement(), a_variation(), {}, wards=NO_EDITION, today=TODAY)

    with pytest.raises(Invalid, match=r"of 3 May 2022\. It must be of a later day"):
        vary_agreement(once, a_variation(id=an_id("second")), {}, wards=NO_EDITION, today=TODAY)


def test_what_is_wrong_with_a_varied_obligation_says_which_one() -> None:
    with pytest.raises(Invalid) as refusal:
        vary_obligation(
            an_agreement(an_obligation()),
            an_id("obligation"),
            {"spend_by_months": 601},
            known_wards=WARDS,
            place="obligations.3.",
        )

    assert refusal.value.problems[0].field == "obligations.3.spend_by_months"


@pytest.mark.parametrize(("is_organisation", "told"), [(True, "Yard Ltd"), (False, None)])
def test_only_an_organisation_is_named_outside(is_organisation: bool, told: str | None) -> None:
    agreement = replace(an_agreement(), developer=Developer("Yard Ltd", is_organisation))

    assert facts.agreement_recorded(agreement).developer == told


def an_edition(*wards: Ward, **changes: Any) -> WardEdition:
    edition = WardEdition(
        id=an_id("edition"),
        organisation=ISLINGTON,
        name="Wards of May 2022",
        valid_from=date(2022, 5, 5),
        source="The Islington (Electoral Changes) Order 2020",
        wards=wards or (Ward(BUNHILL, "Bunhill"), Ward(HILLRISE, "Hillrise")),
    )
    return replace(edition, **changes)


@pytest.mark.parametrize(
    ("edition", "says"),
    [
        (an_edition(valid_from=date(1900, 1, 1)), "between 1 April 1974"),
        (an_edition(valid_from=date(2099, 1, 1)), "31 December 2028"),
        (an_edition(wards=()), "Give 1 to 500 wards"),
        (an_edition(Ward(BUNHILL, "Bunhill"), Ward(BUNHILL, "Bunhill")), "E05013699 is there more than once"),
        (an_edition(Ward(BUNHILL, "Bunhill"), Ward("=1+1", "x")), "Ward 2: “=1+1” is no code"),
        (an_edition(Ward(BUNHILL, "")), "Enter the name of ward 1"),
        (an_edition(source=""), "where the wards were published"),
        (an_edition(organisation="Islington"), "organisation's code with its prefix"),
    ],
)
def test_an_edition_of_wards_is_refused_in_words(edition: WardEdition, says: str) -> None:
    with pytest.raises(Invalid) as refusal:
        record_edition(edition, today=TODAY)

    assert says in str(refusal.value.problems)


def test_of_a_file_that_is_wrong_throughout_only_the_first_rows_are_told() -> None:
    wards = tuple(Ward(f"={number}", "x") for number in range(100))

    with pytest.raises(Invalid) as refusal:
        record_edition(an_edition(*wards), today=TODAY)

    assert len(refusal.value.problems) == 20
