from datetime import date

import pytest

from services.contributions.domain.open_data.codes import (
    AGREEMENT_TYPES,
    PURPOSE_WORDS,
    TYPE_WORDS,
    FundingStatus,
    find_code,
    find_status,
    read_agreement_type,
    read_purpose,
)
from services.contributions.domain.open_data.notes import Outcome, Parsed
from services.contributions.domain.open_data.values import (
    is_formula,
    read_amount,
    read_date,
    read_organisation,
    read_units,
)
from services.contributions.domain.register.agreement import AgreementKind
from services.contributions.domain.register.purposes import ENDED_PURPOSES, PURPOSES


def outcome(parsed: Parsed[object]) -> Outcome:
    return parsed.note.outcome if parsed.note else Outcome.TAKEN


@pytest.mark.parametrize(
    ("text", "pence", "expected"),
    [
        ("82332.64", 8_233_264, Outcome.TAKEN),
        ("53734.2", 5_373_420, Outcome.TAKEN),
        ("10000", 1_000_000, Outcome.TAKEN),
        ("100.000", 10_000, Outcome.TAKEN),
        ("-75000", -7_500_000, Outcome.TAKEN),
        ("", None, Outcome.TAKEN),
        ("£1,234.50", 123_450, Outcome.MENDED),
        ("£-5", -500, Outcome.MENDED),
        ("-£5.00", -500, Outcome.MENDED),
        ("(75,000.00)", -7_500_000, Outcome.MENDED),
        ("1.005", None, Outcome.REFUSED),
        ("-1.005", None, Outcome.REFUSED),
        ("TBC", None, Outcome.REFUSED),
        ("1,23", None, Outcome.REFUSED),
        ("--5", None, Outcome.REFUSED),
        ("-(5)", None, Outcome.REFUSED),
        ("(-5)", None, Outcome.REFUSED),
        ("1.2E+05", None, Outcome.REFUSED),
        ("10000000000.01", None, Outcome.REFUSED),
        ("9" * 5000, None, Outcome.REFUSED),
    ],
)
def test_amounts_are_read_mended_warned_about_or_refused(
    text: str, pence: int | None, expected: Outcome
) -> None:
    read = read_amount(text)

    assert (read.value, outcome(read)) == (pence, expected)


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("2019-04-17", date(2019, 4, 17), Outcome.TAKEN),
        ("", None, Outcome.TAKEN),
        ("17/04/2019", date(2019, 4, 17), Outcome.MENDED),
        ("7/4/2019", date(2019, 4, 7), Outcome.MENDED),
        ("2019-04-17T00:00:00Z", date(2019, 4, 17), Outcome.MENDED),
        ("17/04/2019 00:00", date(2019, 4, 17), Outcome.MENDED),
        ("2019", date(2019, 1, 1), Outcome.MENDED),
        ("2019-04", date(2019, 4, 1), Outcome.MENDED),
        ("04/17/2019", None, Outcome.WARNED),
        ("2019-02-30", None, Outcome.WARNED),
        ("0000", None, Outcome.WARNED),
        ("43572", date(2019, 4, 17), Outcome.MENDED),
        ("43572.5", date(2019, 4, 17), Outcome.MENDED),
        ("17 April 2019", date(2019, 4, 17), Outcome.MENDED),
        ("17th Apr 2019", date(2019, 4, 17), Outcome.MENDED),
        ("Wednesday, 17 April 2019", date(2019, 4, 17), Outcome.MENDED),
        ("17-Apr-19", date(2019, 4, 17), Outcome.MENDED),
        ("17/04/98", date(1998, 4, 17), Outcome.MENDED),
        ("17.4.2019", date(2019, 4, 17), Outcome.MENDED),
        ("April 2019", date(2019, 4, 1), Outcome.MENDED),
        ("04/2019", date(2019, 4, 1), Outcome.MENDED),
        ("00/01/1900", None, Outcome.WARNED),
        ("1900-01-01", None, Outcome.WARNED),
        ("17 Foo 2019", None, Outcome.WARNED),
        ("99999", None, Outcome.WARNED),
    ],
)
def test_dates_are_read_mended_or_left_out_with_a_warning(
    text: str, value: date | None, expected: Outcome
) -> None:
    read = read_date(text, "start-date")

    assert (read.value, outcome(read)) == (value, expected)


def test_part_of_an_end_date_is_its_last_day() -> None:
    assert read_date("2019", "end-date", last_day=True).value == date(2019, 12, 31)
    assert read_date("2020-02", "end-date", last_day=True).value == date(2020, 2, 29)
    assert read_date("February 2020", "end-date", last_day=True).value == date(2020, 2, 29)


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("local-authority-eng:ISL", "local-authority-eng:ISL", Outcome.TAKEN),
        ("local-authority-eng:isl", "local-authority-eng:ISL", Outcome.MENDED),
        ("Local-Authority:MIK", "local-authority:MIK", Outcome.MENDED),
        ("Boston Borough Council", None, Outcome.REFUSED),
        ("ISL", None, Outcome.REFUSED),
    ],
)
def test_organisations_are_codes_with_a_prefix(text: str, value: str | None, expected: Outcome) -> None:
    read = read_organisation(text)

    assert (read.value, outcome(read)) == (value, expected)


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("0", 0, Outcome.TAKEN),
        ("12", 12, Outcome.TAKEN),
        ("12.0", 12, Outcome.MENDED),
        ("a dozen", None, Outcome.WARNED),
    ],
)
def test_units_are_whole_numbers(text: str, value: int | None, expected: Outcome) -> None:
    read = read_units(text)

    assert (read.value, outcome(read)) == (value, expected)


@pytest.mark.parametrize("cell", ["=1+1", " =A1", "@SUM(1)", "+1+1", "-1+2", "-A1", "=cmd|' /C calc'!A0"])
def test_a_formula_is_known_as_one(cell: str) -> None:
    assert is_formula(cell)


@pytest.mark.parametrize("cell", ["-75000", "-£1,000.00", "+5", "-", "- see the deed", "1+1", "", "a=b"])
def test_a_plain_cell_is_no_formula(cell: str) -> None:
    assert not is_formula(cell)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("open-space-and leisure", "open-space-and-leisure"),
        ("OPEN_SPACE and Leisure", "open-space-and-leisure"),
        ("Affordable Housing - Units On Site", "affordable-housing"),
        ("comunity-facilities", "community-facilities"),
        ("Mayoral CIL", "mayoral-community-infrastructure-levy"),
        ("flood", "flood"),
        ("carbon", None),
        ("", None),
        ("land and sea", None),
    ],
)
def test_purposes_are_found_behind_the_words_of_councils(text: str, code: str | None) -> None:
    assert read_purpose(text).value == code


@pytest.mark.parametrize("text", ["RECEIVED: the developer has paid all or part", " Received", "receved"])
def test_a_status_is_found_behind_a_pasted_sentence(text: str) -> None:
    assert find_status(text) is FundingStatus.RECEIVED


@pytest.mark.parametrize("text", ["", "Invoice raised", "n/a"])
def test_a_status_that_says_nothing_of_the_money_is_none(text: str) -> None:
    assert find_status(text) is None


def test_every_word_of_ours_leads_to_a_code_of_the_list() -> None:
    assert set(PURPOSE_WORDS.values()) <= PURPOSES | ENDED_PURPOSES
    assert set(TYPE_WORDS.values()) <= set(AGREEMENT_TYPES)


def test_every_code_means_itself() -> None:
    for code in PURPOSES | ENDED_PURPOSES:
        assert find_code(code, PURPOSES | ENDED_PURPOSES, PURPOSE_WORDS) == code


def test_a_deed_of_variation_is_section_106_with_a_warning() -> None:
    read = read_agreement_type("DOV")

    assert (read.value, outcome(read)) == (AgreementKind.SECTION_106, Outcome.WARNED)


@pytest.mark.parametrize("text", ["", "handshake", "section-105"])
def test_an_unknown_kind_of_agreement_is_left_open_with_a_warning(text: str) -> None:
    read = read_agreement_type(text)

    assert (read.value, outcome(read)) == (None, Outcome.WARNED)
