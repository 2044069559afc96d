from services.contributions.domain.open_data.adoption import adopt_agreement, adopt_obligation, adopt_pot
from services.contributions.domain.open_data.comparison import compare
from services.contributions.domain.open_data.positions import ExceptionKind, Position, positions
from services.contributions.domain.open_data.reading import taken
from services.contributions.domain.register.agreement import AgreementKind
from tests.support.contributions import an_id
from tests.support.open_data import (
    COUNCIL,
    a_contribution_row,
    a_transaction_row,
    an_agreement_row,
    faulty_files,
    files,
)


def a_position(**pence: int) -> Position:
    sums = {f"{status}_pence": value for status, value in pence.items()}
    return Position(
        contribution_reference="A1-C1",
        agreement_reference="A1",
        organisation=COUNCIL,
        purpose="highways",
        **sums,
    )


def test_a_pot_holds_what_came_less_what_left() -> None:
    position = a_position(
        secured=999_00, received=100_00, spent=20_00, transferred=5_00, returned=1_00, allocated=60_00
    )

    assert position.pot_pence == 74_00
    assert position.exception is None


def test_more_gone_than_received_is_a_case_for_an_officer_and_no_pot() -> None:
    position = a_position(spent=90_00)

    assert position.exception is ExceptionKind.MORE_GONE_THAN_RECEIVED
    assert (position.available_pence, position.pot_pence) == (-90_00, 0)


def test_a_spend_reported_below_zero_makes_no_money() -> None:
    position = a_position(received=100_00, spent=-40_00)

    assert position.exception is ExceptionKind.OUTGOING_BELOW_ZERO
    assert position.pot_pence == 0


def test_nothing_received_and_nothing_gone_is_neither_pot_nor_exception() -> None:
    assert (a_position(secured=5).pot_pence, a_position(secured=5).exception) == (0, None)


def test_a_spend_reported_as_a_receipt_below_zero_is_counted_as_reported() -> None:
    data = files(transactions=[a_transaction_row("T1"), a_transaction_row("T2", amount="-1000")]).read()

    assert [position.pot_pence for position in positions(data)] == [50]


def test_a_pot_belongs_to_its_rows_organisation_or_else_its_agreements() -> None:
    own = files(contributions=[a_contribution_row(organisation="local-authority-eng:OTH")]).read()
    none = files(contributions=[a_contribution_row(organisation="")]).read()

    assert [position.organisation for position in positions(own)] == ["local-authority-eng:OTH"]
    assert [position.organisation for position in positions(none)] == [COUNCIL]


def test_the_sums_of_faulty_files_are_those_worked_out_by_hand() -> None:
    found = {position.contribution_reference: position for position in positions(faulty_files().read())}

    assert {reference: position.pot_pence for reference, position in found.items()} == {
        "A1-C1": 3_999_99,
        "A2-C1": 400_01,
        "A2-C2": 0,
        "A3-C1": 50_00,
    }
    assert sum(position.received_pence for position in found.values()) == 6_500_00
    assert sum(position.spent_pence for position in found.values()) == 1_750_00
    assert sum(position.returned_pence for position in found.values()) == 250_00
    assert sum(position.transferred_pence for position in found.values()) == 100_00
    assert found["A2-C2"].exception is ExceptionKind.MORE_GONE_THAN_RECEIVED
    assert found["A2-C2"].available_pence == -50_00
    assert found["A2-C2"].purpose is None


def test_the_same_files_twice_bring_nothing_new() -> None:
    rows = taken(faulty_files().read().transactions)
    stored = {reference: dict(row.content) for reference, row in rows.items()}

    again = compare(taken(faulty_files().read().transactions).values(), stored)

    assert (again.new, again.changed) == ((), ())
    assert len(again.same) == len(rows) == 10


def test_new_and_changed_rows_are_told_from_the_same() -> None:
    first = files(transactions=[a_transaction_row("T1"), a_transaction_row("T2")]).read()
    stored = {reference: dict(row.content) for reference, row in taken(first.transactions).items()}
    rows = [a_transaction_row("T1"), a_transaction_row("T2", amount="1"), a_transaction_row("T3")]

    found = compare(taken(files(transactions=rows).read().transactions).values(), stored)

    assert [row.reference for row in found.same] == ["T1"]
    assert [row.reference for row in found.changed] == ["T2"]
    assert [row.reference for row in found.new] == ["T3"]


def test_spaces_and_foreign_columns_do_not_make_a_row_another() -> None:
    plain = files().read().transactions[0].row
    spaced = files(transactions=[a_transaction_row(amount=" 1000.50 ")]).read().transactions[0].row

    found = compare([spaced], {plain.reference: dict(plain.content)})

    assert found.same == (spaced,)


def test_reported_rows_become_an_agreement_with_its_obligation_and_pot() -> None:
    data = files(
        transactions=[
            a_transaction_row("T1", contribution_funding_status="secured", start_date="2019-12-01"),
            a_transaction_row("T2"),
        ]
    ).read()
    rows = taken(data.transactions).values()

    obligation = adopt_obligation(data.contributions[0].row, rows, obligation_id=an_id("obligation"))
    agreement = adopt_agreement(data.agreements[0].row, (obligation,), agreement_id=an_id("agreement"))
    pot = adopt_pot(positions(data)[0], pot_id=an_id("pot"), obligation_id=obligation.id)

    assert (agreement.reference, agreement.version) == ("A1", 1)
    assert obligation.trigger_met_on is not None
    assert obligation.trigger_met_on.isoformat() == "2019-12-01"
    assert pot is not None
    assert (pot.received_pence, pot.spend_by_on, pot.organisation) == (1_000_50, None, COUNCIL)


def test_a_levy_without_a_date_is_taken_and_opens_no_pot_where_nothing_is_held() -> None:
    levy = an_agreement_row(developer_agreement_type="CIL", start_date="")
    data = files(
        agreements=[levy],
        transactions=[a_transaction_row(contribution_funding_status="secured")],
    ).read()

    agreement = adopt_agreement(data.agreements[0].row, (), agreement_id=an_id("agreement"))

    assert agreement.kind is AgreementKind.COMMUNITY_INFRASTRUCTURE_LEVY
    assert agreement.deed_on is None
    assert adopt_pot(positions(data)[0], pot_id=an_id("pot"), obligation_id=an_id("o")) is None
