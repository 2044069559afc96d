"""Whatever register is published, an empty service that imports the files has the same one."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.contributions.domain.open_data.codes import FundingStatus
from services.contributions.domain.open_data.known import Known
from services.contributions.domain.open_data.plan import plan_import
from services.contributions.domain.open_data.reading import read_open_data
from services.contributions.domain.register.agreement import AgreementKind
from services.contributions.domain.register.purposes import CARBON_OFFSET
from services.contributions.domain.statement.checking import check_files
from services.contributions.domain.statement.files import write_files
from services.contributions.domain.statement.publishing import NATIONAL_PURPOSES, Publishing
from services.contributions.domain.statement.register import (
    PublishedAgreement,
    PublishedContribution,
    PublishedRegister,
    PublishedTransaction,
)
from services.contributions.domain.statement.specification import AGREEMENT_TYPES, FileForm
from tests.support.open_data import COUNCIL, TODAY

DAYS = st.dates(date(1990, 1, 1), TODAY - timedelta(days=1))
PENCE = st.integers(1, 10_000_000_00)
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=30
).filter(lambda text: text == text.strip() and text[:1] not in "=+-@" and "\ufffd" not in text)
SETTINGS = {COUNCIL: Publishing(organisation=COUNCIL, published_as=COUNCIL, carbon_purpose="other")}


@st.composite
def registers(draw: st.DrawFn) -> PublishedRegister:
    """Some agreements, each with some contributions and what became of their money, dated after the deed."""
    agreements, contributions, transactions = [], [], []
    for a in range(draw(st.integers(1, 4))):
        deed_on = draw(DAYS)
        agreements.append(
            PublishedAgreement(
                organisation=COUNCIL,
                reference=f"A{a}",
                entered_on=TODAY,
                started_on=deed_on,
                name=draw(WORDS),
                kind=draw(st.sampled_from(AgreementKind)),
                planning_application=draw(WORDS),
                document_url=draw(st.sampled_from([None, "https://planning.example/1.pdf"])),
            )
        )
        for c in range(draw(st.integers(0, 3))):
            reference = f"A{a}-C{c}"
            contributions.append(
                PublishedContribution(
                    organisation=COUNCIL,
                    reference=reference,
                    entered_on=TODAY,
                    started_on=deed_on,
                    agreement_reference=f"A{a}",
                    purpose=draw(st.sampled_from(sorted(NATIONAL_PURPOSES | {CARBON_OFFSET}))),
                    amount_pence=draw(PENCE),
                    units=None,
                )
            )
            for status in draw(st.lists(st.sampled_from(FundingStatus), max_size=6)):
                transactions.append(
                    PublishedTransaction(
                        organisation=COUNCIL,
                        reference=f"{reference}-{status}-{len(transactions)}",
                        entered_on=TODAY,
                        started_on=draw(st.dates(deed_on, TODAY)),
                        contribution_reference=reference,
                        status=status,
                        amount_pence=draw(PENCE),
                    )
                )
    return PublishedRegister(tuple(agreements), tuple(contributions), tuple(transactions))


@given(registers(), st.sampled_from(FileForm))
def test_export_and_import_give_the_same_register(register: PublishedRegister, form: FileForm) -> None:
    files = write_files(register, SETTINGS, form)
    assert [fault for fault in check_files(files, form) if fault.prevents] == []

    plan = plan_import(read_open_data(*files.values(), today=TODAY), Known(), today=TODAY)

    adopted = {change.new.reference: change.new for change in plan.changes if change.new}
    assert {
        reference: (AGREEMENT_TYPES[deed.kind], deed.deed_on, deed.planning_application, deed.document_url)
        for reference, deed in adopted.items()
        if deed.kind
    } == {
        row.reference: (
            AGREEMENT_TYPES[row.kind],
            row.started_on,
            row.planning_application,
            row.document_url,
        )
        for row in register.agreements
        if row.kind
    }
    obligations = {each.reference: each for deed in adopted.values() for each in deed.obligations}
    assert {reference: (each.purpose, each.amount_pence) for reference, each in obligations.items()} == {
        row.reference: (SETTINGS[COUNCIL].purpose(row.purpose), row.amount_pence)
        for row in register.contributions
    }
    assert _sums(plan.added) == _published_sums(register)


def _sums(positions: object) -> Counter[tuple[str, str]]:
    sums: Counter[tuple[str, str]] = Counter()
    for position in positions:  # type: ignore[attr-defined]
        for status in FundingStatus:
            sums[position.contribution_reference, status] += getattr(position, f"{status}_pence")
    return +sums


def _published_sums(register: PublishedRegister) -> Counter[tuple[str, str]]:
    sums: Counter[tuple[str, str]] = Counter()
    for row in register.transactions:
        sums[row.contribution_reference, row.status] += row.amount_pence or 0
    return +sums
