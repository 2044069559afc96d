from datetime import date, timedelta
from decimal import Decimal

import pytest

from services.monitoring.domain import csv_file
from services.monitoring.domain.local_time import Zone
from services.monitoring.domain.readings import ReadingsImport, StatedFormat, read_readings
from services.monitoring.domain.series import Resolution
from shared.carbon.quantities import EnergyUnit, Fuel
from shared.errors import Invalid, Problem

DAILY_KWH = StatedFormat(fuel=Fuel.NATURAL_GAS, unit=EnergyUnit.KWH, zone=Zone.EUROPE_LONDON)


def read(text: str | bytes, stated: StatedFormat = DAILY_KWH) -> ReadingsImport:
    content = text.encode() if isinstance(text, str) else text
    return read_readings(content, stated, not_later_than=date(2021, 12, 31))


def problems_of(text: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(Invalid) as refusal:
        read(text)
    return refusal.value.problems


def test_daily_readings_become_kwh_by_day() -> None:
    imported = read("date,kwh\n2021-01-01,10.5\n2021-01-02,0\n")

    assert imported.resolution is Resolution.DAILY
    assert imported.kwh_by_day == {date(2021, 1, 1): Decimal("10.5"), date(2021, 1, 2): Decimal(0)}
    assert imported.report.total_kwh == Decimal("10.5")
    assert imported.report.warnings == ()


def test_british_dates_and_other_columns_are_read() -> None:
    imported = read("Meter,Date,Consumption\nA1,31/01/2021,5\nA1,01/02/2021,6\n")

    assert list(imported.kwh_by_day) == [date(2021, 1, 31), date(2021, 2, 1)]


def test_rows_may_come_in_any_order() -> None:
    assert list(read("date,kwh\n2021-01-02,2\n2021-01-01,1\n").kwh_by_day.values()) == [1, 2]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("12,5", "has 3 cells and the header 2"),
        ("twelve", "is not a number"),
        ("5 kWh", "is not a number"),
        ("1_000", "is not a number"),
        ("inf", "is not a number"),
        ("-4.2", "is negative"),
        ("1e12", "too large for a building"),
        ("=1+1", "holds a formula"),
        ("@SUM(A1)", "holds a formula"),
        ("+cmd|' /C calc'!A0", "holds a formula"),
        ("-2+3", "holds a formula"),
    ],
)
def test_a_value_that_cannot_be_a_reading_is_refused_by_row_with_its_remedy(cell: str, words: str) -> None:
    (problem,) = problems_of(f"date,kwh\n2021-01-01,1\n2021-01-02,{cell}\n")

    assert problem.field.startswith("row 3, ")
    assert words in problem.message
    assert problem.message.endswith((".", "values."))


def test_a_formula_in_a_column_that_is_not_used_is_refused_as_well() -> None:
    (problem,) = problems_of('date,kwh,note\n2021-01-01,1,"=HYPERLINK(""x"")"\n')

    assert problem.field == "row 2, note"


def test_a_signed_number_is_not_a_formula() -> None:
    assert read("date,kwh\n2021-01-01,+7\n").kwh_by_day == {date(2021, 1, 1): Decimal(7)}


@pytest.mark.parametrize("cell", ["2021-13-01", "31/02/2021", "yesterday", "2021-W01-1", "01/13/2021 ", ""])
def test_a_date_that_cannot_be_read_is_refused(cell: str) -> None:
    (problem,) = problems_of(f"date,kwh\n{cell},1\n")

    assert problem.field == "row 2, date"
    assert "is not a date or time" in problem.message


def test_a_reading_from_the_future_is_refused() -> None:
    (problem,) = problems_of("date,kwh\n2021-12-31,1\n2022-01-01,1\n")

    assert problem.field == "row 3, time"
    assert "01 January 2022 is later than 31 December 2021" in problem.message


@pytest.mark.parametrize(
    "day", ["0201-01-01", "1989-12-31", "9999-12-31T23:00-05:00", "0001-01-01T00:00+05:00"]
)
def test_a_year_out_of_reach_is_a_slip_of_the_keyboard(day: str) -> None:
    (problem,) = problems_of(f"date,kwh\n{day},1\n")

    assert problem.field == "row 2, date"
    assert "Check the year" in problem.message


def test_a_very_long_cell_is_not_repeated_whole() -> None:
    problems = problems_of(f"date,kwh\n{'9' * 90_000},{'1' * 90_000}\n")

    assert [problem.field for problem in problems] == ["row 2, date", "row 2, kwh"]
    assert all(len(problem.message) < 200 for problem in problems)


def test_every_faulty_row_is_named_at_once_and_nothing_is_taken() -> None:
    problems = problems_of("date,kwh\n2021-01-01,x\n2021-01-32,1\n2022-05-01,1\n2021-01-03,4\n2021-01-03,5\n")

    assert [problem.field for problem in problems] == [
        "row 2, kwh",
        "row 3, date",
        "row 4, time",
        "row 6, value",
    ]


def test_of_very_many_faulty_rows_the_first_are_shown_and_all_are_counted() -> None:
    rows = "".join(f"2021-01-01,fault {row}\n" for row in range(80))

    with pytest.raises(Invalid, match="80 rows need mending") as refusal:
        read("date,kwh\n" + rows)

    assert len(refusal.value.problems) == csv_file.PROBLEMS_SHOWN


def test_the_same_row_twice_is_ignored_with_a_warning() -> None:
    imported = read("date,kwh\n2021-01-01,10\n2021-01-01,10.0\n")

    assert imported.kwh_by_day == {date(2021, 1, 1): Decimal(10)}
    assert imported.report.duplicates_ignored == 1
    assert imported.report.warnings == ("1 rows repeat another row and were ignored.",)


def test_two_different_values_for_a_day_are_refused() -> None:
    (problem,) = problems_of("date,kwh\n2021-01-01,10\n2021-01-01,11\n")

    assert problem == Problem(
        "row 3, value", "The file already has 10 for this time and now says 11. Keep the one that is right."
    )


@pytest.mark.parametrize("missing", ["", "-", "nan", "N/A"])
def test_a_value_left_out_is_a_gap_and_never_nought(missing: str) -> None:
    imported = read(f"date,kwh\n2021-01-01,1\n2021-01-02,{missing}\n2021-01-03,1\n")

    assert date(2021, 1, 2) not in imported.kwh_by_day
    assert [(gap.day, gap.missing_hours) for gap in imported.report.gaps] == [(date(2021, 1, 2), 24)]
    assert imported.report.missing_values == 1


def test_days_without_a_row_are_listed_as_gaps() -> None:
    imported = read("date,kwh\n2021-03-27,1\n2021-03-30,1\n")

    assert [(gap.day, gap.missing_hours) for gap in imported.report.gaps] == [
        (date(2021, 3, 28), 23),
        (date(2021, 3, 29), 24),
    ]


def test_a_meter_that_shows_nothing_for_a_fortnight_is_pointed_out() -> None:
    rows = "".join(f"{date(2021, 6, 1) + timedelta(days=day)},{int(day in (0, 15))}\n" for day in range(16))

    (warning,) = read("date,kwh\n" + rows).report.warnings

    assert warning.startswith("No use at all from 02 June 2021 to 15 June 2021.")


def test_a_file_of_a_spreadsheet_with_its_mark_is_read() -> None:
    assert read("\ufeffdate,kwh\r\n2021-01-01,1\r\n").report.complete_days == 1


def test_a_file_in_windows_encoding_is_read_with_a_warning() -> None:
    imported = read("date,kwh,note\n2021-01-01,1,café £5\n".encode("cp1252"))

    assert "Windows-1252" in imported.report.warnings[0]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "csv.empty"),
        (b"\n \n", "csv.empty"),
        (b"date,kwh\n", "csv.empty"),
        (b"date;kwh\n2021-01-01;1\n", "csv.separator"),
        (b"date\tkwh\n2021-01-01\t1\n", "csv.separator"),
        (b"2021-01-01,1\n2021-01-02,2\n", "csv.column"),
        (b"date,kwh,value\n2021-01-01,1,1\n", "csv.column"),
        (b"PK\x03\x04rest of a workbook", "csv.not_csv"),
        ("date,kwh\n2021-01-01,1\n".encode("utf-16"), "csv.not_csv"),
        (b"date,kwh\n2021-01-01,1\x00\n", "csv.not_csv"),
        (b'date,kwh\n2021-01-01,"' + b"1" * 200_000 + b'"\n', "csv.unreadable"),
        (b"date,kwh\n2021-01-01,-\n", "readings.no_values"),
    ],
)
def test_a_file_that_is_no_table_of_readings_is_refused_as_a_whole(content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read(content)

    assert refusal.value.code == code
    assert refusal.value.problems[0].field == "file"


def test_a_file_of_too_many_rows_is_refused() -> None:
    with pytest.raises(Invalid, match="200,000 are allowed"):
        read("date,kwh\n" + "2021-01-01,1\n" * 200_001)


def test_gas_in_cubic_metres_is_converted_by_the_bill() -> None:
    stated = StatedFormat(
        fuel=Fuel.NATURAL_GAS,
        unit=EnergyUnit.CUBIC_METRES,
        zone=Zone.EUROPE_LONDON,
        calorific_value_mj_per_m3=Decimal("39.6"),
    )

    imported = read("date,m3\n2021-01-01,2\n", stated)

    assert imported.kwh_by_day == {date(2021, 1, 1): Decimal("22.498080")}


def test_electricity_in_cubic_metres_is_refused() -> None:
    stated = StatedFormat(
        fuel=Fuel.ELECTRICITY,
        unit=EnergyUnit.CUBIC_METRES,
        zone=Zone.EUROPE_LONDON,
        calorific_value_mj_per_m3=Decimal("39.6"),
    )

    with pytest.raises(Invalid, match="Only natural gas"):
        read("date,m3\n2021-01-01,2\n", stated)


def test_daily_values_on_utc_days_are_taken_with_a_warning() -> None:
    stated = StatedFormat(fuel=Fuel.NATURAL_GAS, unit=EnergyUnit.KWH, zone=Zone.UTC)

    assert "UTC days" in read("date,kwh\n2021-06-01,1\n", stated).report.warnings[0]


@pytest.mark.parametrize("line_end", [b"\n", b"\r", b"\r\n"])
def test_a_file_of_blank_lines_is_refused_before_it_is_taken_apart(line_end: bytes) -> None:
    lines = 2 * csv_file.MAXIMUM_ROWS + 1

    with pytest.raises(Invalid) as refusal:
        csv_file.read_csv(b"date,kwh" + line_end * lines + b"2021-01-01,1")

    assert refusal.value.code == "csv.too_long"
