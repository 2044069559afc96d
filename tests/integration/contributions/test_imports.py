import asyncio
import csv
import io
import time
from typing import Any
from uuid import UUID, uuid4

from shared.events.contributions import PotOpened
from tests.support.contributions_service import agreement_body, assert_books_balance, obligation_body
from tests.support.events import an_id
from tests.support.open_data import (
    COUNCIL,
    Files,
    a_contribution_row,
    a_transaction_row,
    an_agreement_row,
    faulty_files,
    files,
)
from tests.support.people import OFFICER
from tests.support.public_data import public_data
from tests.support.services import ServiceUnderTest

HALTON = ("developer-agreement", "developer-agreement-contribution", "developer-agreement-transaction")
ISLINGTON = ("carbon-offset-agreements", "carbon-offset-contributions", "carbon-offset-transactions")


def of_council(folder: str, names: tuple[str, str, str]) -> Files:
    return Files(*(public_data("ifs", folder, f"{name}.csv").read_bytes() for name in names))


def form(content: Files, import_id: UUID | None = None) -> dict[str, Any]:
    return {
        "data": {"import_id": str(import_id or uuid4())},
        "files": {
            "agreements": ("a.csv", content.agreements),
            "contributions": ("c.csv", content.contributions),
            "transactions": ("t.csv", content.transactions),
        },
    }


async def import_files(
    service: ServiceUnderTest, content: Files, import_id: UUID | None = None
) -> dict[str, Any]:
    """The report of an import that must succeed."""
    report: dict[str, Any] = await service.post("/imports", OFFICER, **form(content, import_id))
    return report


async def books(service: ServiceUnderTest) -> list[dict[str, Any]]:
    """How much stands in each table that an import may add to."""
    return await service.rows(
        "SELECT (SELECT count(*) FROM agreement) AS agreements, (SELECT sum(version) FROM agreement) "
        "AS versions, (SELECT count(*) FROM obligation) AS obligations, (SELECT count(*) FROM pot) AS pots, "
        "(SELECT count(*) FROM ledger_entry) AS entries, (SELECT count(*) FROM event_log) AS events, "
        "(SELECT count(*) FROM reported_row WHERE counted) AS counted"
    )


async def test_haltons_files_open_27_pots_and_leave_two_exceptions(
    contributions: ServiceUnderTest,
) -> None:
    started = time.monotonic()
    report = await import_files(contributions, of_council("halton", HALTON))
    seconds = time.monotonic() - started

    summary = report["summary"]
    assert (summary["agreements"], summary["contributions"], summary["transactions"]) == (53, 68, 150)
    assert summary["received_pence"] == 5_330_185_62
    assert summary["spent_pence"] == 2_976_787_73
    assert summary["returned_pence"] == 607_109_99
    assert (summary["pots"], summary["pots_pence"]) == (27, 2_033_007_90)
    assert (summary["exceptions"], summary["exceptions_pence"]) == (2, -286_720_00)
    assert (len(report["rows"]), report["rows_left_out"]) == (271, 0)
    pots = await contributions.get("/pots", OFFICER, params={"organisation": "local-authority-eng:HAL"})
    assert (len(pots["pots"]), pots["totals"]["available_pence"]) == (27, 2_033_007_90)
    exceptions = await contributions.get("/exceptions", OFFICER)
    assert {line["reference"]: line["amount_pence"] for line in exceptions} == {
        "S106-97-C1": -211_720_00,
        "S106-201-C2": -75_000_00,
    }
    assert (await assert_books_balance(contributions))["received_pence"] == 2_033_007_90
    opened = [fact for fact in await contributions.recorded() if isinstance(fact, PotOpened)]
    assert sum(fact.received_pence for fact in opened) == 2_033_007_90
    assert {fact.opened_by for fact in opened} == {"import"}
    assert seconds < 10, f"271 rows took {seconds:.1f} s"


async def test_islingtons_carbon_rows_leave_three_exceptions_and_a_receipt_can_follow(
    contributions: ServiceUnderTest,
) -> None:
    report = await import_files(contributions, of_council("islington", ISLINGTON))
    summary = report["summary"]
    exceptions = await contributions.get("/exceptions", OFFICER)
    found = await contributions.get("/agreements", OFFICER, params={"search": "P2018/2269"})
    (agreement,) = found["agreements"]
    (obligation,) = agreement["obligations"]
    path = f"/agreements/{agreement['agreement_id']}/obligations/{obligation['obligation_id']}"
    receipt = {"receipt_id": str(an_id("receipt")), "amount_pence": 88_596_00, "received_on": "2019-08-30"}
    await contributions.post(f"{path}/receipts", OFFICER, receipt)

    assert (summary["contributions"], summary["secured_pence"], summary["pots"]) == (19, 268_954_00, 0)
    assert (len(exceptions), sum(line["amount_pence"] for line in exceptions)) == (3, -78_512_40)
    assert obligation["reference"] == "P2018/2269/FUL-COCM"
    assert (obligation["secured"], obligation["trigger_met_on"]) == (True, "2019-04-17")
    pots = await contributions.get("/pots", OFFICER, params={"organisation": "local-authority-eng:ISL"})
    assert [(pot["reference"], pot["available_pence"]) for pot in pots["pots"]] == [
        ("P2018/2269/FUL-COCM", 88_596_00)
    ]


async def test_money_that_is_gone_without_having_come_cannot_be_received_as_well(
    contributions: ServiceUnderTest,
) -> None:
    rows = [
        a_transaction_row("T1", contribution_funding_status="secured"),
        a_transaction_row("T2", contribution_funding_status="spent"),
    ]
    await import_files(contributions, files(transactions=rows))
    (line,) = await contributions.get("/exceptions", OFFICER)
    path = f"/agreements/{line['agreement_id']}/obligations/{line['obligation_id']}/receipts"
    receipt = {"receipt_id": str(an_id("r")), "amount_pence": 1_000_50, "received_on": "2020-01-31"}

    problem = await contributions.refused(422, "POST", path, OFFICER, receipt)

    assert problem["code"] == "receipt.exception_open"


async def test_the_same_files_again_change_nothing_and_say_so(contributions: ServiceUnderTest) -> None:
    content, import_id = faulty_files(), uuid4()
    headers = {"Idempotency-Key": "one click"}
    first = await contributions.post("/imports", OFFICER, headers=headers, **form(content, import_id))
    before = await books(contributions)

    clicked = await contributions.post("/imports", OFFICER, headers=headers, **form(content, import_id))
    again = await import_files(contributions, content)
    same_id = await contributions.refused(409, "POST", "/imports", OFFICER, **form(content, import_id))

    assert clicked == first
    assert first["summary"]["changes_nothing"] is False
    assert again["summary"]["changes_nothing"] is True
    assert (again["summary"]["pots"], again["summary"]["received_pence"]) == (0, 0)
    assert again["summary"]["outcomes"]["taken"] == 0
    assert await books(contributions) == before
    assert same_id["code"] == "import.made_before"


async def test_two_imports_of_the_same_files_at_once_count_once(contributions: ServiceUnderTest) -> None:
    reports = await asyncio.gather(*(import_files(contributions, faulty_files()) for _ in range(4)))

    assert sorted(report["summary"]["changes_nothing"] for report in reports) == [False, True, True, True]
    assert (await assert_books_balance(contributions))["received_pence"] == 4_450_00


async def test_faulty_files_give_the_sums_worked_out_by_hand_and_a_reason_for_each_row(
    contributions: ServiceUnderTest,
) -> None:
    report = await import_files(contributions, faulty_files())

    summary = report["summary"]
    assert (summary["received_pence"], summary["spent_pence"]) == (6_500_00, 1_750_00)
    assert (summary["returned_pence"], summary["transferred_pence"]) == (250_00, 100_00)
    assert (summary["pots"], summary["pots_pence"]) == (3, 4_450_00)
    assert (summary["exceptions"], summary["exceptions_pence"]) == (1, -50_00)
    worst = report["rows"][0]
    assert worst["outcome"] == "refused"
    assert worst["notes"][0]["message"]
    by_outcome = [row["outcome"] for row in report["rows"]]
    assert {outcome: by_outcome.count(outcome) for outcome in summary["outcomes"]} == summary["outcomes"]


async def test_the_report_as_csv_holds_every_row_and_no_formula(contributions: ServiceUnderTest) -> None:
    import_id = uuid4()
    await import_files(contributions, faulty_files(), import_id)

    answer = await contributions.request("GET", f"/imports/{import_id}/report.csv", OFFICER)

    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len({(row["file"], row["row"]) for row in rows}) == 6 + 5 + 15
    assert "'=1+1" in {row["reported"] for row in rows}
    assert not any(cell.startswith("=") for row in rows for cell in row.values())
    assert answer.headers["content-disposition"].startswith("attachment")


async def test_what_was_reported_is_kept_as_reported(contributions: ServiceUnderTest) -> None:
    await import_files(contributions, faulty_files())

    rows = await contributions.rows(
        "SELECT reported FROM reported_row WHERE dataset = 'developer-agreement-contribution' AND number = 2"
    )

    assert '["developer-agreement-contribution", "A1-C1"]' in rows[0]["reported"]
    assert '"open-space-and leisure"' in rows[0]["reported"]


async def test_a_later_file_with_additions_only_adds(contributions: ServiceUnderTest) -> None:
    await import_files(contributions, files())
    more = files(
        agreements=[an_agreement_row(), an_agreement_row("A2")],
        contributions=[
            a_contribution_row(),
            a_contribution_row("A1-C2"),
            a_contribution_row("A2-C1", developer_agreement="A2"),
        ],
        transactions=[
            a_transaction_row(),
            a_transaction_row("T2", developer_agreement_contribution="A1-C2", amount="10"),
            a_transaction_row("T3", developer_agreement_contribution="A2-C1", amount="20"),
        ],
    )

    report = await import_files(contributions, more)

    summary = report["summary"]
    assert (summary["agreements"], summary["contributions"], summary["transactions"]) == (1, 2, 2)
    assert (summary["pots"], summary["pots_pence"]) == (2, 30_00)
    assert (await assert_books_balance(contributions))["received_pence"] == 1_030_50
    sequences = await contributions.rows(
        "SELECT array_agg(sequence ORDER BY sequence) AS numbers FROM event_log "
        "WHERE topic = 'contributions.agreement' GROUP BY key ORDER BY count(*)"
    )
    assert [row["numbers"] for row in sequences] == [[1, 2, 3], [1, 2, 3, 4, 5]]


async def test_a_row_that_says_something_else_than_before_is_refused_and_changes_nothing(
    contributions: ServiceUnderTest,
) -> None:
    await import_files(contributions, files())
    before = await books(contributions)

    report = await import_files(contributions, files(transactions=[a_transaction_row(amount="9999")]))

    assert report["rows"][0]["outcome"] == "refused"
    assert "that stands" in report["rows"][0]["notes"][0]["message"]
    assert await books(contributions) == before


async def test_money_reported_after_its_pot_is_a_case_for_an_officer(
    contributions: ServiceUnderTest,
) -> None:
    await import_files(contributions, files())

    await import_files(
        contributions, files(transactions=[a_transaction_row(), a_transaction_row("T2", amount="5")])
    )

    assert (await assert_books_balance(contributions))["received_pence"] == 1_000_50
    (exception,) = await contributions.get("/exceptions", OFFICER)
    assert (exception["kind"], exception["amount_pence"]) == ("differs_from_books", 1_005_50)


async def test_a_missing_receipt_that_a_later_file_brings_settles_its_exception(
    contributions: ServiceUnderTest,
) -> None:
    spent = a_transaction_row("T1", contribution_funding_status="spent")
    await import_files(contributions, files(transactions=[spent]))
    before = await contributions.get("/exceptions", OFFICER)

    await import_files(contributions, files(transactions=[spent, a_transaction_row("T2", amount="1500.50")]))

    assert len(before) == 1
    assert await contributions.get("/exceptions", OFFICER) == []
    assert (await assert_books_balance(contributions))["received_pence"] == 500_00


async def test_a_receipt_that_an_officer_recorded_and_a_file_reports_later_counts_once(
    contributions: ServiceUnderTest,
) -> None:
    secured = a_transaction_row("T1", contribution_funding_status="secured")
    await import_files(contributions, files(transactions=[secured]))
    (agreement,) = (await contributions.get("/agreements", OFFICER))["agreements"]
    obligation_id = agreement["obligations"][0]["obligation_id"]
    path = f"/agreements/{agreement['agreement_id']}/obligations/{obligation_id}/receipts"
    receipt = {"receipt_id": str(an_id("r")), "amount_pence": 1_000_50, "received_on": "2020-01-31"}
    await contributions.post(path, OFFICER, receipt)

    await import_files(contributions, files(transactions=[secured, a_transaction_row("T2")]))

    assert await contributions.get("/exceptions", OFFICER) == []
    assert (await assert_books_balance(contributions))["received_pence"] == 1_000_50


async def test_what_an_officer_recorded_by_hand_stands(contributions: ServiceUnderTest) -> None:
    body = agreement_body("by hand", reference="A1", organisation=COUNCIL)
    await contributions.post("/agreements", OFFICER, body)
    path = f"/agreements/{body['agreement_id']}/obligations"
    await contributions.post(path, OFFICER, obligation_body("A1-C1"))

    report = await import_files(contributions, files())

    outcomes = {(row["file"], row["outcome"]) for row in report["rows"]}
    assert ("developer-agreement", "warned") in outcomes
    (agreement,) = (await contributions.get("/agreements", OFFICER))["agreements"]
    assert agreement["agreement_id"] == body["agreement_id"]
    assert [line["secured"] for line in agreement["obligations"]] == [True]


async def test_files_that_cannot_be_read_are_refused_by_name_and_nothing_is_kept(
    contributions: ServiceUnderTest,
) -> None:
    good = files()
    swapped = Files(good.contributions, good.agreements, good.transactions)
    long = Files(good.agreements, b"x\n" * 200_002, good.transactions)
    empty = Files(good.agreements, good.contributions, b"")
    pasted = Files(good.agreements, good.contributions, b"PK\x03\x04\x00\x00")

    problems = [
        await contributions.refused(422, "POST", "/imports", OFFICER, **form(content))
        for content in (swapped, long, empty, pasted)
    ]

    assert [(problem["code"], problem["problems"][0]["field"]) for problem in problems] == [
        ("open_data.heading_missing", "agreements"),
        ("file.too_many_lines", "contributions"),
        ("file.empty", "transactions"),
        ("open_data.not_csv", "transactions"),
    ]
    assert await contributions.rows("SELECT * FROM open_data_import") == []


async def test_thousands_of_rows_are_taken_in_one_go(contributions: ServiceUnderTest) -> None:
    numbers = range(2_000)
    many = files(
        contributions=[a_contribution_row(f"C{number}") for number in numbers],
        transactions=[
            a_transaction_row(f"T{number}", developer_agreement_contribution=f"C{number}", amount="1.01")
            for number in numbers
        ],
    )

    started = time.monotonic()
    report = await import_files(contributions, many)
    seconds = time.monotonic() - started

    assert (report["summary"]["pots"], report["summary"]["pots_pence"]) == (2_000, 2_020_00)
    assert (len(report["rows"]), report["rows_left_out"]) == (1000, 3_001)
    assert seconds < 60, f"4,001 rows took {seconds:.1f} s"
