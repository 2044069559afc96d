import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contributions.domain.money import LARGEST_PENCE, parse_pounds
from shared.errors import Invalid
from shared.wording import in_pounds


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("1,234.50", 123_450),
        ("£1234.5", 123_450),
        (" £ 88,596.00 ", 8_859_600),
        ("30000", 3_000_000),
        ("0.01", 1),
        ("0007.10", 710),
        ("10,000,000,000.00", LARGEST_PENCE),
    ],
)
def test_pounds_are_read_as_people_type_them(text: str, pence: int) -> None:
    assert parse_pounds(text) == pence


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "money.missing"),
        ("   ", "money.missing"),
        ("12.345", "money.part_of_a_penny"),
        ("12.500", "money.part_of_a_penny"),
        ("-5", "money.negative"),
        ("-£5.00", "money.negative"),
        ("0", "money.zero"),
        ("0.00", "money.zero"),
        ("=1+1", "money.formula"),
        ("+5", "money.formula"),
        ("@SUM(A1)", "money.formula"),
        ("ten pounds", "money.not_a_number"),
        ("1.5k", "money.not_a_number"),
        ("1,23.00", "money.not_a_number"),
        ("12,34", "money.not_a_number"),
        ("1e6", "money.not_a_number"),
        ("nan", "money.not_a_number"),
        ("١٢", "money.not_a_number"),
        ("10,000,000,000.01", "money.too_large"),
        ("9" * 5000, "money.too_large"),
    ],
)
def test_a_doubtful_sum_is_refused_with_its_reason_and_field(text: str, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        parse_pounds(text, field="requested")

    assert refusal.value.code == code
    assert [problem.field for problem in refusal.value.problems] == ["requested"]


def test_zero_is_taken_where_it_is_allowed() -> None:
    assert parse_pounds("0.00", allow_zero=True) == 0


def test_sums_are_shown_with_sign_pound_and_commas() -> None:
    assert in_pounds(-21_172_000) == "-£211,720.00"
    assert in_pounds(5) == "£0.05"


@given(st.integers(min_value=1, max_value=LARGEST_PENCE))
def test_a_sum_shown_and_typed_again_is_the_same_sum(pence: int) -> None:
    assert parse_pounds(in_pounds(pence)) == pence
