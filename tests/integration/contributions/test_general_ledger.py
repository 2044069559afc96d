"""The council's general ledger: imported, matched, explained or disputed, and a month signed off by two."""

import io
from typing import Any
from uuid import UUID

import pytest
import xlsxwriter

from shared.web.roles import Role
from tests.support.contributions_service import a_pot, pay
from tests.support.events import ISLINGTON, an_id, awarded, milestone_verified, offer_accepted
from tests.support.people import AUDITOR, OFFICER, PAYMENT_APPROVER, PAYMENT_REQUESTER, Person
from tests.support.services import ServiceUnderTest

BOTH = Person("holds both roles", (Role.PAYMENT_REQUESTER, Role.PAYMENT_APPROVER))
OF_IT = {"organisation": ISLINGTON}
HEAD = "Doc No;Line;Posting Date;Amount;Reference;Narrative"
RECEIPT = "5001;1;30/08/2019;-40,000.00;agreement one-da;S106 income"
PAYMENT = "5002;1;12/04/2021;30000.00;V-2021-0042;Grant"
FEE = "5003;1;12/04/2021;-25.00;MON1;Monitoring fee"


def csv(*lines: str) -> bytes:
    return "\r\n".join([HEAD, *lines]).encode("cp1252")


async def sent(service: ServiceUnderTest, content: bytes, name: str = "file") -> str:
    """A file that was sent; answers where it is."""
    files = {"file": ("gl.csv", content, "text/csv")}
    answer = await service.request(
        "POST",
        "/general-ledger/files",
        PAYMENT_REQUESTER,
        files=files,
        data={"file_id": str(an_id(name)), **OF_IT},
    )
    assert answer.status_code == 201, answer.text
    return f"/general-ledger/files/{an_id(name)}"


async def imported(service: ServiceUnderTest, *lines: str, name: str = "file") -> dict[str, Any]:
    here = await sent(service, csv(*lines), name)
    told: dict[str, Any] = await service.post(f"{here}/import", PAYMENT_REQUESTER)
    return told


async def match_all(service: ServiceUnderTest) -> list[dict[str, Any]]:
    found = await service.get("/general-ledger/proposals", OFFICER, params=OF_IT)
    matches = [{"line_id": each["line_id"], "movement_id": each["movement_id"]} for each in found]
    await service.post("/general-ledger/matches", PAYMENT_REQUESTER, {**OF_IT, "matches": matches})
    return list(found)


async def open_lines(service: ServiceUnderTest, state: str = "open") -> list[dict[str, Any]]:
    told = await service.get("/general-ledger/lines", OFFICER, params={**OF_IT, "state": state})
    return list(told["lines"])


async def decide(service: ServiceUnderTest, line: str, decision: str, status: int = 201, **more: Any) -> Any:
    body = {**OF_IT, "line_ids": [line], "decision": decision, **more}
    answer = await service.request("POST", "/general-ledger/decisions", PAYMENT_REQUESTER, json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


@pytest.fixture
async def paid(contributions: ServiceUnderTest) -> ServiceUnderTest:
    """40,000.00 received in August 2019, 30,000.00 paid on 9 April 2021; the books closed to April 2021."""
    await a_pot(contributions, "one", 40_000_00)
    await contributions.give(awarded(), offer_accepted(), milestone_verified())
    await pay(contributions)
    body = {**OF_IT, "kind": "month", "first_on": "2021-04-01"}
    await contributions.post("/periods", PAYMENT_APPROVER, body)
    return contributions


async def test_a_file_is_seen_before_it_is_imported_and_changes_nothing_the_second_time(
    paid: ServiceUnderTest,
) -> None:
    here = await sent(paid, csv(RECEIPT, PAYMENT, FEE))
    preview = await paid.get(here, AUDITOR)
    first = await paid.post(f"{here}/import", PAYMENT_REQUESTER)
    again = await imported(paid, RECEIPT, PAYMENT, FEE, name="again")
    twice = await paid.refused(409, "POST", f"{here}/import", PAYMENT_REQUESTER)

    assert (preview["new"], preview["refused"], preview["in_pence"]) == (3, 0, 40_025_00)
    assert preview["columns"]["posted_on"] == "Posting Date"
    assert preview["lines"][0]["amount_pence"] == 40_000_00
    assert (first["taken"], again["taken"], again["repeated"]) == (3, 0, 3)
    assert twice["code"] == "general_ledger.imported_before"


async def test_proposals_name_receipt_and_payment_and_a_month_is_signed_off_by_two(
    paid: ServiceUnderTest,
) -> None:
    await imported(paid, RECEIPT, PAYMENT, FEE)
    proposals = await match_all(paid)
    (fee,) = await open_lines(paid)
    await decide(paid, fee["line_id"], "explained", reason="Monitoring fee, not the fund's")

    month = {**OF_IT, "first_on": "2021-04-01"}
    await paid.post("/general-ledger/months/prepare", BOTH, {**month, "general_ledger_pence": 10_025_00})
    own = await paid.refused(403, "POST", "/general-ledger/months/approve", BOTH, month)
    await paid.post("/general-ledger/months/approve", PAYMENT_APPROVER, month)

    assert [(each["kind"], each["by_reference"]) for each in proposals] == [
        ("receipt", True),
        ("payment", True),
    ]
    assert own["code"] == "reconciliation.same_person"
    told = await paid.get("/general-ledger/months/2021-04-01", AUDITOR, params=OF_IT)
    assert (told["general_ledger_pence"], told["fund_pence"], told["explained_pence"]) == (
        10_025_00,
        10_000_00,
        25_00,
    )
    assert told["signed"]["approved_by"] == str(PAYMENT_APPROVER.id)
    late = await imported(paid, "5004;1;30/04/2021;-1.00;x;late", name="late")
    assert late["refused"] == 1
    assert (await decide(paid, fee["line_id"], "open", 409))["code"] == "general_ledger.signed_off"


@pytest.mark.parametrize(
    ("balance", "status", "code"),
    [(10_025_00, 409, "reconciliation.not_settled"), (10_000_00, 422, "reconciliation.other_balance")],
)
async def test_a_month_with_an_open_line_or_another_balance_is_not_signed_off(
    paid: ServiceUnderTest, balance: int, status: int, code: str
) -> None:
    await imported(paid, RECEIPT, PAYMENT, FEE)
    await match_all(paid)
    body = {**OF_IT, "first_on": "2021-04-01", "general_ledger_pence": balance}

    problem = await paid.refused(status, "POST", "/general-ledger/months/prepare", PAYMENT_REQUESTER, body)

    assert problem["code"] == code


async def test_a_disputed_line_stays_open_work_until_it_is_settled(paid: ServiceUnderTest) -> None:
    await imported(paid, RECEIPT, PAYMENT, FEE)
    await match_all(paid)
    (fee,) = await open_lines(paid)
    body = {**OF_IT, "first_on": "2021-04-01", "general_ledger_pence": 10_025_00}

    without = await decide(paid, fee["line_id"], "disputed", 422)
    await decide(paid, fee["line_id"], "disputed", reason="Whose fee is it?")
    refused = await paid.refused(409, "POST", "/general-ledger/months/prepare", PAYMENT_REQUESTER, body)
    await decide(paid, fee["line_id"], "explained", reason="The planning service's")
    await paid.post("/general-ledger/months/prepare", PAYMENT_REQUESTER, body)

    assert without["problems"][0]["field"] == "reason"
    assert "1 disputed" in refused["detail"]
    decisions = await paid.rows(
        "SELECT state FROM general_ledger_decision WHERE line_id = CAST(:line AS uuid) ORDER BY position",
        line=fee["line_id"],
    )
    assert [each["state"] for each in decisions] == ["disputed", "explained"]


async def test_a_payment_that_the_general_ledger_has_next_month_is_outstanding(
    paid: ServiceUnderTest,
) -> None:
    await imported(paid, RECEIPT, PAYMENT.replace("12/04/2021", "03/05/2021"))
    await match_all(paid)
    body = {**OF_IT, "first_on": "2021-04-01", "general_ledger_pence": 40_000_00}

    await paid.post("/general-ledger/months/prepare", PAYMENT_REQUESTER, body)

    told = await paid.get("/general-ledger/months/2021-04-15", AUDITOR, params=OF_IT)
    assert (told["outstanding_pence"], told["difference_pence"]) == (-30_000_00, 0)


async def test_movements_that_the_general_ledger_lacks_need_a_reason(paid: ServiceUnderTest) -> None:
    await imported(paid, PAYMENT)
    await match_all(paid)
    body = {**OF_IT, "first_on": "2021-04-01", "general_ledger_pence": -30_000_00}

    refused = await paid.refused(409, "POST", "/general-ledger/months/prepare", PAYMENT_REQUESTER, body)
    (missing,) = await paid.get("/general-ledger/missing", AUDITOR, params=OF_IT)
    explained = {**OF_IT, "movement_ids": [missing["movement_id"]], "reason": "Before its records begin"}
    await paid.post("/general-ledger/explanations", PAYMENT_REQUESTER, explained)
    await paid.post("/general-ledger/months/prepare", PAYMENT_REQUESTER, body)

    assert "1 of the fund and not in the general ledger" in refused["detail"]


async def test_a_movement_is_matched_once_and_only_to_its_own_sum(paid: ServiceUnderTest) -> None:
    await imported(paid, RECEIPT, RECEIPT.replace("5001", "5009"), FEE)
    proposals = await paid.get("/general-ledger/proposals", OFFICER, params=OF_IT)
    movement = proposals[0]["movement_id"]
    lines = {line["document"]: line["line_id"] for line in await open_lines(paid)}

    async def refused(*documents: str) -> str:
        matches = [{"line_id": lines[each], "movement_id": movement} for each in documents]
        body = {**OF_IT, "matches": matches}
        problem = await paid.refused(409, "POST", "/general-ledger/matches", PAYMENT_REQUESTER, body)
        return str(problem["code"])

    assert len(proposals) == 1
    assert await refused("5003") == "general_ledger.no_match"
    assert await refused("5001", "5009") == "general_ledger.no_match"
    await match_all(paid)
    assert await refused("5009") == "general_ledger.no_match"


@pytest.mark.parametrize(
    ("line", "field", "said"),
    [
        (";1;30/08/2019;-1.00;r;t", "document", "There is no document number."),
        ("1;1;30/08/1900;-1.00;r;t", "posted_on", "no possible day"),
        ("1;1;30/08/2999;-1.00;r;t", "posted_on", "later than today"),
        ("1;1;30/08/2019;-1.005;r;t", "amount", "parts of a penny"),
        ("1;1;30/08/2019;;r;t", "amount", "no sum"),
        ("1;1;30/08/2019;-1.00;=HYPERLINK(1);t", "reference", "formula"),
    ],
)
async def test_what_is_wrong_with_a_row_is_said_with_its_column(
    contributions: ServiceUnderTest, line: str, field: str, said: str
) -> None:
    here = await sent(contributions, csv(line, RECEIPT))

    preview = await contributions.get(here, OFFICER)

    (problem,) = preview["problems"]
    assert (problem["row"], problem["field"], said in problem["message"]) == (2, field, True)
    assert preview["new"] == 1


async def test_a_workbook_with_debits_and_credits_is_read_once_somebody_says_which(
    contributions: ServiceUnderTest,
) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("GL")
    sheet.write_row(0, 0, ["Belegnr", "Booked", "Dr", "Cr"])
    sheet.write_row(1, 0, [77, "2019-08-30", 0, 40_000.1])
    book.close()
    here = await sent(contributions, out.getvalue())
    unread = await contributions.get(here, OFFICER)
    chosen = {"document": "Belegnr", "posted_on": "Booked", "money_in": "Cr", "money_out": "Dr"}

    wrong = await contributions.refused(
        422, "POST", f"{here}/columns", PAYMENT_REQUESTER, {**chosen, "document": "Nr"}
    )
    await contributions.post(f"{here}/columns", PAYMENT_REQUESTER, chosen)
    read = await contributions.get(here, OFFICER)
    await sent(contributions, out.getvalue(), "next month")
    remembered = await contributions.get(f"/general-ledger/files/{an_id('next month')}", OFFICER)

    assert [each["field"] for each in unread["unusable"]] == ["document", "posted_on"]
    assert wrong["problems"][0]["field"] == "document"
    assert (read["lines"][0]["amount_pence"], read["lines"][0]["document"]) == (40_000_10, "77")
    assert remembered["columns"]["money_in"] == "Cr"


async def test_a_file_of_another_kind_is_refused_by_what_it_is(contributions: ServiceUnderTest) -> None:
    files = {"file": ("gl.csv", b"%PDF-1.7 ...", "text/csv")}

    answer = await contributions.request(
        "POST",
        "/general-ledger/files",
        PAYMENT_REQUESTER,
        files=files,
        data={"file_id": str(UUID(int=1)), **OF_IT},
    )

    assert (answer.status_code, "PDF" in answer.json()["detail"]) == (422, True)


async def test_the_database_has_a_month_signed_by_two_people_and_agreeing(
    contributions: ServiceUnderTest,
) -> None:
    insert = (
        "INSERT INTO reconciliation VALUES (:organisation, '2021-04-01', '2021-04-30', :gl, 5, 0, 0, 'x', "
        "now(), :by, now()) RETURNING 1"
    )
    for gl, by, broken in ((6, "y", "reconciliation_agrees"), (5, "x", "reconciliation_by_two_people")):
        with pytest.raises(Exception, match=broken):
            await contributions.rows(insert, **OF_IT, gl=gl, by=by)


async def test_officers_look_but_do_not_import(contributions: ServiceUnderTest) -> None:
    here = await sent(contributions, csv(RECEIPT))

    await contributions.refused(403, "POST", f"{here}/import", OFFICER)
    assert (await contributions.get("/general-ledger/files", OFFICER, params=OF_IT))[0]["taken"] is None
