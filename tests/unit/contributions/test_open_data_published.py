"""The open-data files that a council publishes: written as the specification says, and checked against it."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest

from services.contributions.domain.open_data.codes import FundingStatus
from services.contributions.domain.open_data.notes import Dataset
from services.contributions.domain.register.agreement import AgreementKind
from services.contributions.domain.register.purposes import CARBON_OFFSET
from services.contributions.domain.statement.checking import Fault, check_files
from services.contributions.domain.statement.draft import draft_files
from services.contributions.domain.statement.files import Files, write_files
from services.contributions.domain.statement.publishing import (
    NATIONAL_PURPOSES,
    Publishing,
    check_publishing,
)
from services.contributions.domain.statement.register import (
    PublishedAgreement,
    PublishedContribution,
    PublishedRegister,
    PublishedTransaction,
)
from services.contributions.domain.statement.specification import (
    COLUMNS,
    FUNDING_STATUSES,
    ONLY_IN_GUIDANCE,
    FileForm,
)
from shared.errors import Invalid
from tests.support.open_data import COUNCIL, OLDER_HEADINGS
from tests.support.public_data import public_data

AGREEMENT = PublishedAgreement(
    organisation=COUNCIL,
    reference="A1",
    entered_on=date(2020, 12, 22),
    started_on=date(2019, 4, 17),
    name="Mill Lane",
    kind=AgreementKind.SECTION_106,
    planning_application="19/00001/FUL",
    document_url="https://planning.example/1.pdf",
)
CONTRIBUTION = PublishedContribution(
    organisation=COUNCIL,
    reference="A1-C1",
    entered_on=date(2020, 12, 22),
    started_on=date(2019, 4, 17),
    agreement_reference="A1",
    purpose=CARBON_OFFSET,
    amount_pence=1_000_50,
    units=None,
)
RECEIPT = PublishedTransaction(
    organisation=COUNCIL,
    reference="A1-C1-received-1",
    entered_on=date(2020, 12, 22),
    started_on=date(2020, 1, 31),
    contribution_reference="A1-C1",
    status=FundingStatus.RECEIVED,
    amount_pence=1_000_50,
)
REGISTER = PublishedRegister((AGREEMENT,), (CONTRIBUTION,), (RECEIPT,))
SETTINGS = Publishing(
    organisation=COUNCIL, published_as="local-authority:XMP", carbon_purpose="green-infrastructure"
)


def rows(files: Files, dataset: Dataset) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[dataset].decode(), newline="")))


def faults(register: PublishedRegister, form: FileForm = FileForm.OF_2026) -> list[Fault]:
    return list(check_files(write_files(register, {}, form), form))


def test_our_headings_and_codes_are_those_of_the_specification() -> None:
    specification = json.loads(public_data("ifs", "spec-2026.json").read_text())
    codes = specification["codelists"]

    for dataset in Dataset:
        assert list(COLUMNS[FileForm.OF_2026][dataset]) == specification["datasets"][dataset]
        template = public_data("ifs", f"template-{dataset}.csv").read_text().strip()
        assert sorted(COLUMNS[FileForm.OF_2019][dataset]) == sorted(template.split(","))
    assert set(codes["contribution-purpose"]) == NATIONAL_PURPOSES
    assert set(codes["contribution-funding-status"]) == FUNDING_STATUSES
    assert set(codes["contribution-funding-status-in-guidance-but-not-in-codelist"]) == ONLY_IN_GUIDANCE


def test_a_row_of_2026_has_the_reference_the_organisation_and_every_penny() -> None:
    files = write_files(REGISTER, {COUNCIL: SETTINGS}, FileForm.OF_2026)

    (contribution,), (transaction,) = rows(files, Dataset.CONTRIBUTION), rows(files, Dataset.TRANSACTION)
    assert (contribution["reference"], contribution["amount"], contribution["units"]) == (
        "A1-C1",
        "1000.50",
        "",
    )
    assert contribution["contribution-purpose"] == "green-infrastructure"
    assert contribution["notes"] == "Carbon offset."
    assert transaction["organisation"] == "local-authority:XMP"
    assert (transaction["amount"], transaction["start-date"]) == ("1000.50", "2020-01-31")
    assert check_files(files, FileForm.OF_2026) == ()


def test_a_row_of_2019_has_its_reference_under_the_files_own_name() -> None:
    files = write_files(REGISTER, {}, FileForm.OF_2019)

    for dataset, kind in zip(Dataset, OLDER_HEADINGS, strict=True):
        assert files[dataset].decode().splitlines()[0] == OLDER_HEADINGS[kind]
    assert rows(files, Dataset.TRANSACTION)[0]["developer-agreement-transaction"] == "A1-C1-received-1"
    assert rows(files, Dataset.CONTRIBUTION)[0]["contribution-purpose"] == "other"
    assert check_files(files, FileForm.OF_2019) == ()


def test_a_unilateral_undertaking_has_no_code_and_says_in_its_notes_what_it_is() -> None:
    undertaking = replace(AGREEMENT, kind=AgreementKind.UNILATERAL_UNDERTAKING, notes="Held by legal.")
    files = write_files(PublishedRegister((undertaking,), (), ()), {}, FileForm.OF_2026)

    (row,) = rows(files, Dataset.AGREEMENT)
    assert row["developer-agreement-type"] == "section-106"
    assert row["notes"] == "Unilateral undertaking. Held by legal."


def test_returned_money_is_listed_as_the_council_decides_and_named_as_doubtful() -> None:
    returned = replace(RECEIPT, reference="A1-C1-returned-2", status=FundingStatus.RETURNED)
    register = replace(REGISTER, transactions=(RECEIPT, returned))
    silent = {COUNCIL: replace(SETTINGS, lists_returned=False)}

    (fault,) = faults(register)
    assert (fault.row, fault.field, fault.prevents) == (3, "contribution-funding-status", False)
    assert len(rows(write_files(register, silent, FileForm.OF_2026), Dataset.TRANSACTION)) == 1


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-Mill", "@lane", " =1"])
def test_a_name_that_a_spreadsheet_would_run_is_published_as_words(text: str) -> None:
    files = write_files(replace(REGISTER, agreements=(replace(AGREEMENT, name=text),)), {}, FileForm.OF_2026)

    assert rows(files, Dataset.AGREEMENT)[0]["name"] == f"'{text}"


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"contribution_reference": "A9"}, "developer-agreement-contribution", "There is no"),
        ({"ended_on": date(2019, 1, 1)}, "end-date", "It ended before it began on 2020-01-31."),
        ({"organisation": "Milton Keynes"}, "organisation", "Give a code with its prefix"),
        ({"reference": ""}, "reference", "This may not be empty."),
        ({"notes": "a\x07b"}, "notes", "There are characters that cannot be seen."),
    ],
)
def test_what_breaks_the_specification_is_named_by_row_and_field_and_prevents_publishing(
    change: dict[str, object], field: str, message: str
) -> None:
    register = replace(REGISTER, transactions=(replace(RECEIPT, **change),))  # type: ignore[arg-type]

    (fault,) = faults(register)
    assert (fault.dataset, fault.row, fault.field, fault.prevents) == (Dataset.TRANSACTION, 2, field, True)
    assert fault.message.startswith(message)
    with pytest.raises(Invalid) as refusal:
        draft_files(register, {}).refuse_faults()
    assert refusal.value.problems[0].field == f"developer-agreement-transaction row 2 {field}"


def test_a_date_of_1900_is_published_with_a_remark() -> None:
    register = replace(REGISTER, agreements=(replace(AGREEMENT, started_on=date(1900, 1, 1)),))

    (fault,) = faults(register)

    assert (fault.field, fault.value, fault.prevents) == ("start-date", "1900-01-01", False)


def test_the_same_reference_twice_is_refused_in_both_forms() -> None:
    register = replace(REGISTER, transactions=(RECEIPT, RECEIPT))

    for form in FileForm:
        (fault,) = faults(register, form)
        assert (fault.row, fault.message) == (3, "Row 2 has the same reference. Give one of them another.")


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("amount", "£1,000.50"),
        ("amount", "1000"),
        ("amount", "1000.505"),
        ("units", "3.5"),
        ("start-date", "31/01/2020"),
        ("start-date", "2020-02-30"),
        ("contribution-funding-status", "Spent"),
        ("contribution-funding-status", ""),
    ],
)
def test_the_check_reads_the_bytes_and_not_our_own_thoughts(field: str, text: str) -> None:
    files = dict(write_files(REGISTER, {}, FileForm.OF_2026))
    (row,) = rows(files, Dataset.TRANSACTION)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(row))
    writer.writeheader()
    writer.writerow({**row, field: text})
    files[Dataset.TRANSACTION] = out.getvalue().encode()

    assert [(fault.field, fault.prevents) for fault in check_files(files, FileForm.OF_2026)] == [
        (field, True)
    ]


def test_headings_in_another_order_are_refused() -> None:
    files = dict(write_files(REGISTER, {}, FileForm.OF_2026))
    files[Dataset.AGREEMENT] = files[Dataset.AGREEMENT].replace(b"reference,name", b"name,reference", 1)

    assert any(fault.row == 1 and fault.field == "headings" for fault in check_files(files, FileForm.OF_2026))


def test_carbon_money_is_filed_under_a_purpose_of_the_national_list_only() -> None:
    with pytest.raises(Invalid, match="national list"):
        check_publishing(replace(SETTINGS, carbon_purpose=CARBON_OFFSET))
