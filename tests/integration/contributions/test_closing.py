"""Months and years of the books: closed in turn, once, and nothing is booked behind a close."""

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from services.contributions.domain.periods.period import month_of
from shared.messaging.unit_of_work import LOCAL_ZONE
from shared.web.roles import Role
from tests.support.contributions_service import a_pot, assert_books_balance, payment_body
from tests.support.events import ISLINGTON, PAYMENT_ID, an_id, awarded, milestone_verified, offer_accepted
from tests.support.people import OFFICER, PAYMENT_APPROVER, PAYMENT_REQUESTER, Person
from tests.support.services import ServiceUnderTest, service_under_test

MANAGER = Person("fund manager", (Role.FUND_MANAGER,))
BOOKED = """
    SELECT DISTINCT kind, happened_on, booked_on FROM ledger_entry ORDER BY booked_on, happened_on
"""
SUMS = """
    SELECT account, sum(amount_pence) AS pence FROM ledger_entry WHERE booked_on <= :last_on
    GROUP BY account ORDER BY account
"""


def month(first_on: str, **changes: Any) -> dict[str, Any]:
    return {"organisation": ISLINGTON, "kind": "month", "first_on": first_on, **changes}


def year(first_on: str) -> dict[str, Any]:
    return month(first_on, kind="year")


@pytest.fixture
async def received(contributions: ServiceUnderTest) -> ServiceUnderTest:
    """40,000.00 received on 30 August 2019."""
    await a_pot(contributions, "one", 40_000_00)
    return contributions


async def test_an_award_decided_in_a_closed_month_is_booked_in_the_first_open_one(
    received: ServiceUnderTest,
) -> None:
    await received.post("/periods", PAYMENT_APPROVER, month("2019-11-01"))

    await received.give(awarded())

    assert await received.rows(BOOKED) == [
        {"kind": "receipt", "happened_on": date(2019, 8, 30), "booked_on": date(2019, 8, 30)},
        {"kind": "reservation", "happened_on": date(2019, 11, 14), "booked_on": date(2019, 12, 1)},
    ]
    await assert_books_balance(received)


async def test_a_receipt_dated_into_a_closed_month_is_booked_after_it_and_its_statement_says_so(
    received: ServiceUnderTest,
) -> None:
    await received.post("/periods", MANAGER, month("2019-10-01"))
    await a_pot(received, "late", 5_00, received_on="2019-09-12")

    path = "/accounts/received/statement"
    days = {"organisation": ISLINGTON, "first_on": "2019-11-01", "last_on": "2019-11-30"}
    statement = await received.get(path, MANAGER, params=days)

    (line,) = statement["lines"]
    assert (line["happened_on"], line["booked_on"]) == ("2019-09-12", "2019-11-01")
    assert (statement["opening_pence"], statement["closing_pence"]) == (40_000_00, 40_005_00)


async def test_months_close_in_turn_and_a_year_after_its_months(received: ServiceUnderTest) -> None:
    await received.post("/periods", PAYMENT_APPROVER, month("2020-01-01"))
    skipped = await received.refused(409, "POST", "/periods", PAYMENT_APPROVER, month("2020-03-01"))
    early = await received.refused(409, "POST", "/periods", PAYMENT_APPROVER, year("2019-04-01"))
    await received.post("/periods", PAYMENT_APPROVER, month("2020-02-01"))
    await received.post("/periods", MANAGER, month("2020-03-01"))
    closed = await received.post("/periods", MANAGER, year("2019-04-01"))
    twice = await received.refused(409, "POST", "/periods", PAYMENT_APPROVER, month("2020-02-01"))
    again = await received.refused(409, "POST", "/periods", PAYMENT_APPROVER, year("2019-04-01"))

    assert [each["code"] for each in (skipped, early, twice, again)] == [
        "period.out_of_turn",
        "period.months_open",
        "period.closed_before",
        "period.closed_before",
    ]
    assert skipped["detail"] == "Close February 2020 first: periods are closed one after the other."
    assert (closed["last_on"], closed["accounts"]) == ("2020-03-31", 2)
    (periods,) = await received.get("/periods", OFFICER)
    assert [each["first_on"] for each in periods["months"]] == ["2020-03-01", "2020-02-01", "2020-01-01"]
    assert (periods["first_open_on"], periods["next_month_on"]) == ("2020-04-01", "2020-04-01")
    assert periods["next_year_on"] is None
    assert periods["years"][0]["closed_by"] == str(MANAGER.id)


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"first_on": "2999-01-01"}, 422, "period.not_over"),
        ({"first_on": "2020-01-02"}, 422, "period.not_whole"),
        ({"first_on": "2020-01-01", "kind": "year"}, 422, "period.not_whole"),
        ({"organisation": "local-authority-eng:XXX"}, 404, "organisation.no_books"),
    ],
)
async def test_what_cannot_be_closed_is_said(
    received: ServiceUnderTest, change: dict[str, str], status: int, code: str
) -> None:
    body = month("2020-01-01") | change

    problem = await received.refused(status, "POST", "/periods", PAYMENT_APPROVER, body)

    assert problem["code"] == code


async def test_the_month_that_is_not_over_stays_open(received: ServiceUnderTest) -> None:
    today = datetime.now(UTC).astimezone(LOCAL_ZONE).date()

    problem = await received.refused(
        422, "POST", "/periods", PAYMENT_APPROVER, month(month_of(today).first_on.isoformat())
    )

    assert problem["code"] == "period.not_over"


@pytest.mark.parametrize("person", [OFFICER, PAYMENT_REQUESTER])
async def test_only_approvers_and_fund_managers_close(received: ServiceUnderTest, person: Person) -> None:
    await received.refused(403, "POST", "/periods", person, month("2020-01-01"))


INSERT = """
    INSERT INTO ledger_entry (movement_id, kind, pot_id, account, amount_pence, happened_on, booked_on, cause,
                              cause_id, actor, recorded_at)
    SELECT :pot, 'receipt', :pot, account, pence, '2019-09-01', CAST(:booked_on AS date), 'event', :pot, 'x',
           now()
    FROM (VALUES ('received', -1), ('available', 1)) AS lines(account, pence) RETURNING booked_on
"""


async def test_the_database_refuses_to_book_in_a_closed_month_or_on_another_day(
    received: ServiceUnderTest,
) -> None:
    await received.post("/periods", PAYMENT_APPROVER, month("2019-10-01"))
    place = {"pot": an_id("pot one")}

    for wrong in (date(2019, 9, 1), date(2019, 10, 31), date(2019, 11, 2)):
        with pytest.raises(Exception, match="the entry belongs on 2019-11-01"):
            await received.rows(INSERT, **place, booked_on=wrong)
    assert {row["booked_on"] for row in await received.rows(INSERT, **place, booked_on=None)} == {
        date(2019, 11, 1)
    }


@pytest.mark.parametrize("change", ["UPDATE closed_period SET closed_by = 'x'", "DELETE FROM closed_balance"])
async def test_a_close_is_not_undone(received: ServiceUnderTest, change: str) -> None:
    await received.post("/periods", PAYMENT_APPROVER, month("2019-10-01"))

    with pytest.raises(Exception, match="permission denied"):
        await received.rows(f"{change} RETURNING 1")


async def test_the_database_closes_no_period_out_of_turn(received: ServiceUnderTest) -> None:
    await received.post("/periods", PAYMENT_APPROVER, month("2019-10-01"))

    with pytest.raises(Exception, match="next period to be closed begins on 2019-11-01"):
        await received.rows(
            "INSERT INTO closed_period VALUES (:organisation, 'month', '2019-12-01', '2019-12-31', 1, 'x', "
            "now()) RETURNING 1",
            organisation=ISLINGTON,
        )


async def test_receipts_and_closes_at_once_leave_every_close_true(contributions: ServiceUnderTest) -> None:
    await a_pot(contributions, "first", 1_00)
    months = [month(f"2019-{number:02}-01") for number in range(9, 13)]

    async def close_all() -> None:
        for body in months:
            await contributions.post("/periods", PAYMENT_APPROVER, body)

    await asyncio.gather(
        close_all(), *(a_pot(contributions, f"pot {number}", 100 + number) for number in range(24))
    )

    await assert_books_balance(contributions)
    assert (await contributions.get("/trial-balance", OFFICER))["closed_differences"] == []


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("receive"), st.integers(1, 28), st.integers(1, 12)),
        st.tuples(st.just("close"), st.just(0), st.just(0)),
        st.tuples(st.just("grant"), st.just(0), st.just(0)),
    ),
    min_size=4,
    max_size=9,
)


@settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(ACTS)
async def test_any_order_of_postings_and_closes_keeps_every_closed_sum(
    postgres_url: str, tmp_path: Path, acts: list[tuple[str, int, int]]
) -> None:
    async with service_under_test(postgres_url, "contributions", tmp_path) as service:
        await a_pot(service, "first", 40_000_00)
        kept: dict[date, list[dict[str, Any]]] = {}
        due = date(2019, 8, 1)
        for count, (act, day, number) in enumerate([*acts, ("close", 0, 0), ("grant", 0, 0)]):
            if act == "close":
                await service.post("/periods", PAYMENT_APPROVER, month(due.isoformat()))
                last_on = month_of(due).last_on
                kept[last_on] = await service.rows(SUMS, last_on=last_on)
                due = date(due.year + due.month // 12, due.month % 12 + 1, 1)
            elif act == "receive":
                received_on = date(2020, number, day) if number < 4 else date(2019, max(number, 5), day)
                await a_pot(service, f"pot {count}", number, received_on=received_on.isoformat())
            else:
                await service.give(awarded(), offer_accepted(), milestone_verified())
                await try_to_pay(service)
            for last_on, sums in kept.items():
                assert await service.rows(SUMS, last_on=last_on) == sums
        await assert_books_balance(service)


async def try_to_pay(service: ServiceUnderTest) -> None:
    """Asked for, approved and paid the first time; refused afterwards."""
    await service.request("POST", "/payments", PAYMENT_REQUESTER, json=payment_body())
    here = f"/payments/{PAYMENT_ID}"
    await service.request("POST", f"{here}/approve", PAYMENT_APPROVER, json={"approved_on": "2021-04-06"})
    paid = {"voucher": "V-1", "paid_on": "2021-04-09"}
    await service.request("POST", f"{here}/paid", PAYMENT_REQUESTER, json=paid)
