"""The statement under Schedule 2, paragraph 3, against a fund small enough to work out by hand."""

from typing import Any
from uuid import uuid4

from sqlalchemy import text

from tests.integration.contributions.test_imports import import_files
from tests.support.contributions_service import a_due_obligation, a_pot, pay
from tests.support.events import ISLINGTON, awarded, milestone_verified, offer_accepted
from tests.support.open_data import COUNCIL, a_contribution_row, a_transaction_row, an_agreement_row, files
from tests.support.people import APPLICANT, AUDITOR, OFFICER
from tests.support.services import ServiceUnderTest

OF_ISLINGTON = {"params": {"organisation": ISLINGTON}}
OF_COUNCIL = {"params": {"organisation": COUNCIL}}


async def a_fund_over_three_years(service: ServiceUnderTest) -> None:
    """Deeds of April 2019: 40,000.00 received in August 2019, 333.33 on 6 April 2020, the year's first week.

    A grant of 30,000.00 is awarded in November 2019 and paid in April 2021.
    """
    await a_pot(service, "one", 40_000_00)
    await a_pot(service, "two", 333_33, received_on="2020-04-06", purpose="highways")
    await service.give(awarded(), offer_accepted(), milestone_verified())
    await pay(service)


async def figures(service: ServiceUnderTest, year: int, **of: Any) -> dict[str, int]:
    """The figures of a year by point, in pence (or units), those of nought left out."""
    statement = await service.get(f"/statements/{year}", AUDITOR, **(of or OF_ISLINGTON))
    assert [check for check in statement["checks"] if not check["agrees"]] == []
    told = {each["code"]: each["amount_pence"] or each["units"] for each in statement["figures"]}
    return {code: quantity for code, quantity in told.items() if quantity}


async def test_each_year_has_the_figures_worked_out_by_hand(contributions: ServiceUnderTest) -> None:
    await a_fund_over_three_years(contributions)

    held = 30_000_00
    assert await figures(contributions, 2019) == {
        "a": 40_333_33,
        "b": 40_000_00,
        "e": held,
        "g": held,
        "i": 40_000_00,
    }
    assert await figures(contributions, 2020) == {
        "b": 333_33,
        "c": 10_000_00,
        "e": held,
        "g": held,
        "i": 40_333_33,
        "retained-before": 40_000_00,
    }
    assert await figures(contributions, 2021) == {
        "c": 10_333_33,
        "f": held,
        "h-i": held,
        "i": 10_333_33,
        "retained-before": 40_333_33,
    }


async def test_every_figure_is_the_sum_of_the_lines_it_leads_to(contributions: ServiceUnderTest) -> None:
    await a_fund_over_three_years(contributions)
    await import_files(contributions, reported())

    for of in (OF_ISLINGTON, OF_COUNCIL):
        for year in (2019, 2020, 2021):
            statement = await contributions.get(f"/statements/{year}", AUDITOR, **of)
            for figure in statement["figures"]:
                if figure["code"] in {"h-ii", "i-commuted"}:
                    continue
                path = f"/statements/{year}/figures/{figure['code']}"
                page = await contributions.get(path, AUDITOR, **of)
                quantity = figure["amount_pence"] or figure["units"] or 0
                assert sum(line["quantity"] for line in page["lines"]) == quantity, path
                assert len(page["lines"]) == figure["lines"]


async def test_lines_come_some_at_a_time_and_name_their_entry_and_grant(
    contributions: ServiceUnderTest,
) -> None:
    await a_fund_over_three_years(contributions)
    path = "/statements/2019/figures/a"

    first = await contributions.get(path, AUDITOR, params={"organisation": ISLINGTON, "size": 1})
    then = {"organisation": ISLINGTON, "size": 1, "cursor": first["next_cursor"]}
    second = await contributions.get(path, AUDITOR, params=then)
    (paid,) = (await contributions.get("/statements/2021/figures/f", AUDITOR, **OF_ISLINGTON))["lines"]

    assert [page["lines"][0]["reference"] for page in (first, second)] == ["one", "two"]
    assert second["next_cursor"] is None
    assert (paid["quantity"], paid["happened_on"]) == (30_000_00, "2021-04-09")
    assert paid["position"] > 0
    assert paid["application_id"] is not None


def reported() -> Any:
    """A council that reported homes and school places, and money that came and went in two years."""
    return files(
        [an_agreement_row()],
        [
            a_contribution_row("A1-C1", units="0"),
            a_contribution_row("A1-C2", contribution_purpose="affordable-housing", amount="", units="12"),
            a_contribution_row("A1-C3", contribution_purpose="education", amount="", units="30.0"),
            a_contribution_row("A1-C4", contribution_purpose="monitoring-fees", amount="500"),
        ],
        [
            a_transaction_row("T1", amount="1000.50"),
            a_transaction_row("T2", contribution_funding_status="allocated", amount="700.25"),
            a_transaction_row(
                "T3", contribution_funding_status="spent", amount="200.25", start_date="2020-03-31"
            ),
            a_transaction_row(
                "T4", contribution_funding_status="transferred", amount="100", start_date="2020-04-01"
            ),
            a_transaction_row(
                "T5", contribution_funding_status="returned", amount="0.01", start_date="2020-04-02"
            ),
            a_transaction_row("T6", developer_agreement_contribution="A1-C4", amount="500"),
            a_transaction_row(
                "T7",
                developer_agreement_contribution="A1-C4",
                contribution_funding_status="spent",
                amount="499.99",
            ),
        ],
    )


async def test_reported_money_counts_on_its_day_and_its_opening_balance_not_again(
    contributions: ServiceUnderTest,
) -> None:
    await import_files(contributions, reported())

    assert await figures(contributions, 2019, **OF_COUNCIL) == {
        "a": 1_500_50,
        "b": 1_500_50,
        "d-i": 12,
        "d-ii": 30,
        "e": 500_00,
        "f": 700_24,
        "g": 500_00,
        "h-i": 700_24,
        "h-iii": 499_99,
        "i": 800_26,
    }
    assert await figures(contributions, 2020, **OF_COUNCIL) == {
        "c": 300_25,
        "e": 400_00,
        "f": 100_00,
        "g": 400_00,
        "h-i": 100_00,
        "i": 700_25,
        "retained-before": 800_26,
        "returned": 1,
    }


TAKE_OVER = """
    WITH pot AS (
        INSERT INTO pot (id, obligation_id, organisation, spendable_on, purpose, wards, opened_by, version,
                         received_pence, interest_pence, available_pence, reserved_pence, committed_pence,
                         payment_requested_pence, payment_approved_pence, paid_pence, refund_requested_pence,
                         refund_approved_pence, returned_pence)
        SELECT gen_random_uuid(), o.id, a.organisation, '{}', o.purpose, '{}', 'import', 1,
               500, 0, 500, 0, 0, 0, 0, 0, 0, 0, 0
        FROM obligation o JOIN agreement a ON a.id = o.agreement_id RETURNING id)
    INSERT INTO ledger_entry (movement_id, kind, pot_id, account, amount_pence, happened_on, cause, cause_id,
                              actor, recorded_at, booked_on)
    SELECT id, 'opening_balance', id, account, pence, date '2020-04-01', 'command', id, 'test', now(),
           date '2020-04-01'
    FROM pot, (VALUES ('opening_balance', -500), ('available', 500)) AS side(account, pence)
"""


async def test_a_balance_taken_over_is_retained_but_not_received_in_the_year(
    contributions: ServiceUnderTest,
) -> None:
    await a_due_obligation(contributions, "one", amount_pence=40_000_00)
    async with contributions.service.sessions.begin() as session:
        await session.execute(text(TAKE_OVER))

    assert await figures(contributions, 2019) == {"a": 40_000_00}
    assert await figures(contributions, 2020) == {"i": 5_00, "taken-over": 5_00}
    assert await figures(contributions, 2021) == {"c": 5_00, "i": 5_00, "retained-before": 5_00}


async def publish(service: ServiceUnderTest, year: int, **more: str) -> Any:
    body = {"edition_id": str(uuid4()), "organisation": ISLINGTON, **more}
    return await service.post(f"/statements/{year}/editions", OFFICER, body)


async def test_a_published_year_stands_and_a_correction_is_a_further_edition(
    contributions: ServiceUnderTest,
) -> None:
    await a_pot(contributions, "one", 40_000_00)
    first = await publish(contributions, 2019)
    again = {"edition_id": str(uuid4()), "organisation": ISLINGTON, "reason": "A second look."}
    same = await contributions.refused(409, "POST", "/statements/2019/editions", OFFICER, again)
    await a_pot(contributions, "late", 1_00)
    no_reason = await contributions.refused(
        422, "POST", "/statements/2019/editions", OFFICER, {**again, "reason": " "}
    )
    second = await publish(contributions, 2019, reason="A receipt was recorded late.")

    assert (same["code"], no_reason["code"]) == ("statement.unchanged", "reason.missing")
    assert (first["sequence"], second["sequence"]) == (1, 2)
    editions = await contributions.get("/statement-editions")
    assert [(each["number"], each["reason"]) for each in editions] == [
        (2, "A receipt was recorded late."),
        (1, None),
    ]
    received = []
    for edition in editions:
        shown = await contributions.get(f"/statement-editions/{edition['edition_id']}")
        received += [each["amount_pence"] for each in shown["statement"]["figures"] if each["code"] == "b"]
    assert received == [40_001_00, 40_000_00]


async def test_only_officers_publish_and_only_years_that_have_begun(contributions: ServiceUnderTest) -> None:
    body = {"edition_id": str(uuid4()), "organisation": ISLINGTON}
    for person in (APPLICANT, AUDITOR):
        await contributions.refused(403, "POST", "/statements/2019/editions", person, body)
    unknown = await contributions.refused(422, "POST", "/statements/2019/editions", OFFICER, body)
    assert unknown["code"] == "organisation.unknown"
    problem = await contributions.refused(422, "POST", "/statements/2999/editions", OFFICER, body)
    assert problem["code"] == "year.out_of_range"
    await contributions.refused(422, "GET", "/statements/1066", AUDITOR, **OF_ISLINGTON)
    await contributions.refused(403, "GET", "/statements/2019", APPLICANT, **OF_ISLINGTON)
    nothing = await contributions.refused(
        404, "GET", "/statements/2019/figures/h-ii", AUDITOR, **OF_ISLINGTON
    )
    assert nothing["code"] == "figure.adds_nothing_up"


async def test_the_list_of_years_begins_where_the_records_do(contributions: ServiceUnderTest) -> None:
    assert await contributions.get("/statements", AUDITOR, **OF_ISLINGTON) == []
    await a_fund_over_three_years(contributions)
    await publish(contributions, 2019)

    years = await contributions.get("/statements", AUDITOR, **OF_ISLINGTON)

    assert [year["year"] for year in years][-2:] == [2020, 2019]
    assert years[-1]["year_in_words"] == "2019/20"
    assert years[-1]["edition"]["number"] == 1
    assert years[-2]["edition"] is None
    assert all(year["agrees"] for year in years)
    assert years[0]["retained_pence"] == 10_333_33
