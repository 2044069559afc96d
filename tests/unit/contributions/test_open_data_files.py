import pytest

from services.contributions.domain.open_data.notes import Dataset, Outcome
from services.contributions.domain.open_data.reading import taken
from services.contributions.domain.open_data.rows import Reading, Row
from services.contributions.domain.open_data.table import read_table
from services.contributions.domain.register.agreement import AgreementKind
from shared.errors import Invalid
from tests.support.open_data import (
    COUNCIL,
    HEADINGS,
    OLDER_HEADINGS,
    a_contribution_row,
    a_transaction_row,
    an_agreement_row,
    csv_of,
    faulty_files,
    files,
)


def said(reading: Reading[Row]) -> list[tuple[Outcome, str]]:
    return [(note.outcome, note.field) for note in reading.notes]


def test_files_without_a_fault_are_taken_without_a_remark() -> None:
    data = files().read()

    assert data.outcomes == {outcome: 3 if outcome is Outcome.TAKEN else 0 for outcome in Outcome}
    agreement = data.agreements[0].row
    assert (agreement.organisation, agreement.kind) == (COUNCIL, AgreementKind.SECTION_106)
    assert data.transactions[0].row.amount_pence == 1_000_50


@pytest.mark.parametrize("kind", ["agreement", "contribution", "transaction"])
@pytest.mark.parametrize("headings", [HEADINGS, OLDER_HEADINGS])
def test_headings_are_found_whatever_their_case_and_punctuation(kind: str, headings: dict[str, str]) -> None:
    dataset = {
        "agreement": Dataset.AGREEMENT,
        "contribution": Dataset.CONTRIBUTION,
        "transaction": Dataset.TRANSACTION,
    }[kind]
    names = headings[kind].split(",")
    cells = ",".join(f"cell {index}" for index in range(len(names)))

    plain = read_table(f"{headings[kind]}\n{cells}\n".encode(), dataset)
    shouted = ",".join(name.replace("-", " ").title().replace(" ", "") for name in names)
    changed = read_table(f"{shouted}\n{cells}\n".encode(), dataset)

    assert len(plain[0].content) == len(names)
    assert changed[0].content == plain[0].content


def test_a_row_is_kept_exactly_as_it_was_reported() -> None:
    data = files(transactions=[a_transaction_row(amount=" £1,000.50 ", notes=" paid late ")]).read()

    reading = data.transactions[0]
    assert dict(reading.row.reported)["amount"] == " £1,000.50 "
    assert dict(reading.row.reported)["notes"] == " paid late "
    assert reading.row.amount_pence == 1_000_50
    assert said(reading) == [(Outcome.MENDED, "amount"), (Outcome.MENDED, "amount")]


def test_windows_letters_are_read_and_said() -> None:
    row = f"A1,Café,section-106,19/1,,,{COUNCIL},,2019-04-17,"
    agreements = f"{HEADINGS['agreement']}\n{row}\n".encode("cp1252")

    read = read_table(agreements, Dataset.AGREEMENT)

    assert read[0].cell("name") == "Café"
    assert [note.outcome for note in read[0].notes] == [Outcome.MENDED]


def test_a_byte_order_mark_is_no_part_of_the_first_heading() -> None:
    data = b"\xef\xbb\xbf" + csv_of("agreement", [an_agreement_row()])

    assert read_table(data, Dataset.AGREEMENT)[0].reported[0] == ("reference", "A1")


def test_a_title_above_the_headings_is_left_out_and_rows_keep_their_numbers() -> None:
    data = b"Section 106 register\r\n\r\n" + csv_of("agreement", [an_agreement_row()])

    assert [row.number for row in read_table(data, Dataset.AGREEMENT)] == [4]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_every_delimiter_and_encoding_gives_the_same_rows(delimiter: str, encoding: str) -> None:
    plain = csv_of("agreement", [an_agreement_row(name="Café")])
    changed = plain.decode().replace(",", delimiter).encode(encoding)

    (row,) = read_table(changed, Dataset.AGREEMENT)

    assert row.content == read_table(plain, Dataset.AGREEMENT)[0].content


def test_blank_columns_are_left_out_and_a_cell_without_heading_is_warned_about() -> None:
    blank = b"".join(line + b",,\r\n" for line in csv_of("agreement", [an_agreement_row()]).splitlines())
    filled = blank.replace(b",,\r\n", b",,lost\r\n").replace(b"end-date,,lost", b"end-date,,")

    assert read_table(blank, Dataset.AGREEMENT)[0].notes == ()
    noted = read_table(filled, Dataset.AGREEMENT)[0]
    assert [note.outcome for note in noted.notes] == [Outcome.WARNED]
    assert noted.reported[-1] == ("column 12", "lost")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "open_data.empty"),
        (b"PK\x03\x04\x00\x00", "open_data.not_csv"),
        (b"%PDF-1.7", "open_data.not_csv"),
        (HEADINGS["contribution"].encode(), "open_data.heading_missing"),
        (HEADINGS["agreement"].replace(",", " ").encode(), "open_data.heading_missing"),
        (HEADINGS["agreement"].encode() + b",Start Date", "open_data.heading_twice"),
        (HEADINGS["agreement"].encode() + b'\nA1,"Mill Lane\nA2,x', "open_data.broken_quotes"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_by_name_with_a_remedy(data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_table(data, Dataset.AGREEMENT)

    assert refusal.value.code == code
    assert refusal.value.problems[0].field == "developer-agreement"


@pytest.mark.parametrize("cell", ["=1+1", "@A1", "+1+1"])
@pytest.mark.parametrize("field", ["notes", "reference", "amount"])
def test_a_formula_in_any_cell_refuses_its_row_alone(cell: str, field: str) -> None:
    rows = [a_transaction_row(**{field: cell}) | {"reference": "T1"}, a_transaction_row("T2")]
    if field == "reference":
        rows[0] = a_transaction_row(cell)

    data = files(transactions=rows).read()

    assert [reading.outcome for reading in data.transactions] == [Outcome.REFUSED, Outcome.TAKEN]
    assert said(data.transactions[0]) == [(Outcome.REFUSED, field)]


def test_invisible_characters_refuse_their_row() -> None:
    data = files(agreements=[an_agreement_row(name="Mill\x07Lane"), an_agreement_row("A2")]).read()

    assert said(data.agreements[0]) == [(Outcome.REFUSED, "name")]
    assert data.agreements[1].outcome is Outcome.TAKEN


def test_what_hangs_on_a_refused_row_is_refused_too() -> None:
    data = files(agreements=[an_agreement_row(organisation="")]).read()

    assert said(data.agreements[0]) == [(Outcome.REFUSED, "organisation")]
    assert said(data.contributions[0]) == [(Outcome.REFUSED, "developer-agreement")]
    assert said(data.transactions[0]) == [(Outcome.REFUSED, "developer-agreement-contribution")]


def test_the_same_row_twice_counts_once_and_another_under_its_reference_is_refused() -> None:
    row = a_transaction_row("T1")

    data = files(transactions=[row, row, a_transaction_row("T1", amount="999")]).read()

    assert [reading.outcome for reading in data.transactions] == [
        Outcome.TAKEN,
        Outcome.REPEATED,
        Outcome.REFUSED,
    ]
    assert "Row 2" in data.transactions[2].notes[-1].message
    assert [row.amount_pence for row in taken(data.transactions).values()] == [1_000_50]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"start_date": "2019-04-16"}, (Outcome.WARNED, "start-date")),
        ({"start_date": ""}, (Outcome.WARNED, "start-date")),
        ({"start_date": "2026-11-23"}, (Outcome.WARNED, "start-date")),
        ({"amount": "-5"}, (Outcome.WARNED, "amount")),
        ({"amount": ""}, (Outcome.WARNED, "amount")),
        ({"end_date": "2021-01-01"}, (Outcome.WARNED, "end-date")),
        ({"organisation": "Example Council"}, (Outcome.WARNED, "organisation")),
        ({"contribution_funding_status": "Received"}, (Outcome.MENDED, "contribution-funding-status")),
        ({"contribution_funding_status": ""}, (Outcome.REFUSED, "contribution-funding-status")),
        ({"contribution_funding_status": "Invoice raised"}, (Outcome.REFUSED, "contribution-funding-status")),
        ({"amount": "about 5"}, (Outcome.REFUSED, "amount")),
        ({"reference": ""}, (Outcome.REFUSED, "reference")),
    ],
)
def test_a_transaction_is_warned_about_mended_or_refused_by_field(
    cells: dict[str, str], expected: tuple[Outcome, str]
) -> None:
    data = files(transactions=[a_transaction_row(**{"reference": "T1"} | cells)]).read()

    assert said(data.transactions[0]) == [expected]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"contribution_purpose": "Carbon"}, (Outcome.WARNED, "contribution-purpose")),
        ({"amount": "TBC"}, (Outcome.WARNED, "amount")),
        ({"amount": ""}, (Outcome.WARNED, "amount")),
        ({"organisation": "local-authority-eng:OTH"}, (Outcome.WARNED, "organisation")),
        ({"developer_agreement": "A9"}, (Outcome.REFUSED, "developer-agreement")),
    ],
)
def test_a_contribution_is_warned_about_or_refused_by_field(
    cells: dict[str, str], expected: tuple[Outcome, str]
) -> None:
    row = a_contribution_row(**cells)

    assert said(files(contributions=[row]).read().contributions[0]) == [expected]


def test_units_alone_are_enough_for_a_contribution() -> None:
    data = files(contributions=[a_contribution_row(amount="", units="12")]).read()

    assert data.contributions[0].outcome is Outcome.TAKEN
    assert data.contributions[0].row.units == 12


def test_files_with_every_fault_of_real_ones_are_reported_row_by_row() -> None:
    data = faulty_files().read()

    assert [reading.outcome.value for reading in data.agreements] == [
        *("mended", "mended", "warned", "repeated", "refused", "refused")
    ]
    assert [reading.outcome.value for reading in data.contributions] == [
        *("mended", "mended", "warned", "warned", "refused")
    ]
    assert [reading.outcome.value for reading in data.transactions] == [
        *("warned", "warned", "taken", "mended", "taken", "taken", "taken", "taken", "taken", "warned"),
        *("refused", "refused", "refused", "repeated", "refused"),
    ]
    assert all(note.message for reading in data.readings for note in reading.notes)
