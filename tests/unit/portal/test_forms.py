from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import FormData, UploadFile

from services.portal.layout.fields import Choice, Choices, Day, Field, File, Money, Number, Text, WholeNumber
from services.portal.layout.filters import pounds
from services.portal.layout.forms import Form
from shared.errors import Problem

TODAY = date(2026, 11, 22)
AMOUNT = Money(name="amount_pence", label="Amount received")
RECEIVED = Day(name="received_on", label="Date received")
PURPOSE = Choice(name="purpose", label="Purpose", options=(("carbon", "Carbon"), ("trees", "Trees")))
WARDS = Choices(name="wards", label="Wards", options=(("a", "A"), ("b", "B")))


def said(field: Field, **boxes: str) -> str | None:
    error = Form(field).read(boxes, TODAY).error(field.name)
    return error.message if error else None


def said_of_day(day: str, month: str, year: str) -> str | None:
    boxes = {"received_on-day": day, "received_on-month": month, "received_on-year": year}
    error = Form(RECEIVED).read(boxes, TODAY).error("received_on")
    return error.message if error else None


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Enter the amount received, like 1234.50"),
        ("   ", "Enter the amount received, like 1234.50"),
        ("a lot", "Amount received must be a number, like 1234.50"),
        ("1e5", "Amount received must be a number, like 1234.50"),
        ("NaN", "Amount received must be a number, like 1234.50"),
        ("1.234,50", "Amount received must be a number, like 1234.50"),
        ("12,34", "Amount received must be a number, like 1234.50"),
        (".", "Amount received must be a number, like 1234.50"),
        ("9" * 40, "Amount received must be a number, like 1234.50"),
        ("12.345", "Amount received must be in pounds and whole pence, like 1234.50"),
        ("12.340", "Amount received must be in pounds and whole pence, like 1234.50"),
        ("0", "Amount received must be more than £0"),
        ("-5", "Amount received must be more than £0"),
        ("\N{MINUS SIGN}5", "Amount received must be more than £0"),
        ("100000000000000", "Amount received must be £100,000,000,000.00 or less"),
    ],
)
def test_a_wrong_amount_is_told_what_to_type(typed: str, message: str) -> None:
    assert said(AMOUNT, amount_pence=typed) == message


@pytest.mark.parametrize(
    ("typed", "pence"), [("88,596.00", 8859600), (" £1 234.5 ", 123450), ("7", 700), (".05", 5), ("3.", 300)]
)
def test_an_amount_may_be_typed_as_people_write_it(typed: str, pence: int) -> None:
    assert Form(AMOUNT).read({"amount_pence": typed}, TODAY).values == {"amount_pence": pence}


@given(st.integers(min_value=1, max_value=100_000_000_000_00))
def test_an_amount_as_the_pages_write_it_reads_back_to_the_penny(pence: int) -> None:
    filled = Form(AMOUNT).read({"amount_pence": pounds(pence)}, TODAY)

    assert filled.values == {"amount_pence": pence}


@pytest.mark.parametrize(
    ("day", "month", "year", "message"),
    [
        ("", "", "", "Enter the date received"),
        ("12", "3", "", "Date received must include a year"),
        ("", "3", "2019", "Date received must include a day"),
        ("", "3", "", "Date received must include a day and year"),
        ("31", "2", "2019", "Date received must be a real date"),
        ("12", "13", "2019", "Date received must be a real date"),
        ("12", "Smarch", "2019", "Date received must be a real date"),
        ("x", "3", "2019", "Date received must be a real date"),
        ("12", "3", "19", "Year must include 4 numbers"),
        ("12", "3", "0219", "Date received must be in 1900 or later"),
        ("23", "11", "2026", "Date received must be today or in the past"),
    ],
)
def test_a_wrong_date_is_told_what_is_wrong(day: str, month: str, year: str, message: str) -> None:
    assert said_of_day(day, month, year) == message


@pytest.mark.parametrize("month", ["9", "09", "Sep", "september"])
def test_a_month_may_be_a_number_or_a_word(month: str) -> None:
    boxes = {"received_on-day": "2", "received_on-month": month, "received_on-year": "2019"}

    assert Form(RECEIVED).read(boxes, TODAY).values == {"received_on": date(2019, 9, 2)}


def test_today_is_not_in_the_future() -> None:
    assert said_of_day("22", "11", "2026") is None


def test_the_error_leads_to_the_first_box_that_is_wrong() -> None:
    boxes = {"received_on-day": "2", "received_on-month": "9", "received_on-year": ""}

    error = Form(RECEIVED).read(boxes, TODAY).error("received_on")

    assert error is not None
    assert (error.target, error.parts) == ("received_on-year", ("year",))


def test_a_choice_must_be_one_that_was_offered() -> None:
    assert said(PURPOSE) == "Select the purpose"
    assert said(PURPOSE, purpose="roads") == "Select the purpose"
    assert said(PURPOSE, purpose="trees") is None


def test_several_choices_are_given_in_the_order_offered() -> None:
    sent = FormData([("wards", "b"), ("wards", "a")])

    assert Form(WARDS).read(sent, TODAY).values == {"wards": ("a", "b")}
    assert said(WARDS) == "Select the wards"
    assert said(WARDS, wards="c") == "Select the wards"


def test_numbers_stay_within_their_limits_and_decimals() -> None:
    area = Number(name="area", label="Floor area", smallest=Decimal(1), largest=Decimal(20000), places=1)

    assert said(area, area="0.5") == "Floor area must be 1 or more"
    assert said(area, area="20001") == "Floor area must be 20,000 or less"
    assert said(area, area="3.14") == "Floor area must have no more than 1 decimal places"
    assert Form(area).read({"area": "1,250.5"}, TODAY).values == {"area": Decimal("1250.5")}


def test_a_count_is_whole() -> None:
    months = WholeNumber(name="months", label="Months to spend it", largest=240)

    assert said(months, months="1.5") == "Months to spend it must be a whole number, like 12"
    assert said(months, months="241") == "Months to spend it must be 240 or less"
    assert Form(months).read({"months": "120"}, TODAY).values == {"months": 120}


def test_words_have_a_longest_length_and_plain_line_ends() -> None:
    reasons = Text(name="reasons", label="Reasons", ask="your reasons", longest=12)

    assert said(reasons) == "Enter your reasons"
    assert said(reasons, reasons="x" * 13) == "Reasons must be 12 characters or less"
    assert Form(reasons).read({"reasons": "one\r\ntwo"}, TODAY).values == {"reasons": "one\ntwo"}


def test_a_file_must_be_there_hold_something_and_be_small_enough() -> None:
    evidence = File(name="evidence", label="Evidence", ask="the evidence", largest_bytes=1_000_000)

    def upload(size: int) -> dict[str, str | UploadFile]:
        return {"evidence": UploadFile(io.BytesIO(b""), filename="../../bill.pdf", size=size)}

    assert said(evidence) == "Select the evidence"
    for size, message in (
        (0, "The selected file is empty"),
        (1_000_001, "The selected file must be smaller than 1MB"),
    ):
        error = Form(evidence).read(upload(size), TODAY).error("evidence")
        assert error is not None
        assert error.message == message
    assert Form(evidence).read(upload(5), TODAY).ok


@pytest.mark.parametrize(
    "field",
    [
        Money(name="x", label="X", required=False),
        Day(name="x", label="X", required=False),
        Number(name="x", label="X", required=False),
        Text(name="x", label="X", required=False),
        Choice(name="x", label="X", options=(("a", "A"),), required=False),
        File(name="x", label="X", required=False),
    ],
)
def test_what_is_optional_may_be_left_out(field: Field) -> None:
    assert Form(field).read({}, TODAY).values == {"x": None}


def test_what_was_typed_is_shown_again_exactly() -> None:
    filled = Form(AMOUNT).read({"amount_pence": " 12.345 "}, TODAY)

    assert filled.text("amount_pence") == " 12.345 "


def test_known_values_fill_the_boxes_and_read_back_the_same() -> None:
    form = Form(AMOUNT, RECEIVED, WARDS)
    known = {"amount_pence": 8859600, "received_on": date(2019, 9, 2), "wards": ("a", "b")}

    shown = form.showing(known)

    boxes = FormData([(name, text) for name, texts in shown.sent.boxes.items() for text in texts])
    assert form.read(boxes, TODAY).values == known


def test_a_services_problem_stands_beside_its_field() -> None:
    refused = (
        Form(AMOUNT, RECEIVED)
        .blank()
        .with_answer(
            {
                "detail": "The receipt cannot be recorded.",
                "problems": [
                    {
                        "field": "received_on",
                        "message": "The receipt is dated before the deed of 12 March 2019.",
                    },
                    {"field": "receipt.amount", "message": "The sum is larger than the demand."},
                    {"field": "pot", "message": "The pot is closed."},
                ],
            },
            names={"receipt.amount": "amount_pence"},
        )
    )

    assert [(error.name, error.target) for error in refused.errors] == [
        ("received_on", "received_on-day"),
        ("amount_pence", "amount_pence"),
        (None, None),
    ]
    assert not refused.ok


def test_an_answer_without_problems_is_said_in_its_own_sentence() -> None:
    refused = Form(AMOUNT).blank().with_answer({"detail": "The pot has moved on."})

    assert [error.message for error in refused.errors] == ["The pot has moved on."]


def test_our_own_problems_are_taken_too() -> None:
    refused = Form(AMOUNT).blank().with_problems([Problem("amount_pence", "Too much.")])

    error = refused.error("amount_pence")
    assert error is not None
    assert error.message == "Too much."
