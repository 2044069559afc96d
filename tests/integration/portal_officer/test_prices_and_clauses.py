"""Price policies, energy statements, clauses and triggers on officers' and the fund manager's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from services.portal.identity import people
from tests.support.officer import AGREEMENT_ID, AGREEMENT_PAGE, click_twice, record_agreement, signed_in
from tests.support.portal import OWN_ORIGIN, Browser, hidden_fields, words

if TYPE_CHECKING:
    from tests.support.council import Council

SUMS = f"{AGREEMENT_PAGE}/sums"
CLAUSE = f"{AGREEMENT_PAGE}/clauses/new"
CHECK = f"{AGREEMENT_PAGE}/clauses/check"
TWO_PARTS = "?method=policy&tranches=2"
POLICY = {
    "name": "Carbon offset price",
    "organisation": "local-authority-eng:ISL",
    "valid_from-day": "20",
    "valid_from-month": "3",
    "valid_from-year": "2019",
    "basis": "one_off",
    "scope": "regulated",
    "price_pence_per_tonne": "200",
    "minimum_factors": "0.81, 0.80",
    "rounding": "nearest_penny",
    "source": "Local plan, page 12. UNCONFIRMED: whether it is index-linked.",
}
STATEMENT = {
    "reference": "Energy statement, revision C",
    "stage": "as_designed",
    "approved_on-day": "1",
    "approved_on-month": "2",
    "approved_on-year": "2019",
    "domestic_regulated_t_co2e": "41.25",
    "non_domestic_regulated_t_co2e": "18.5",
    "baseline_t_co2e": "100",
    "flats": "48",
}
PARTS = {
    "clause": "Schedule 3, paragraph 2",
    "reference": "COC",
    "purpose": "green-infrastructure",
    "percent_1": "50",
    "trigger_1": "Before work begins",
    "trigger_kind_1": "commencement",
    "percent_2": "50",
    "trigger_2": "When half of the flats are occupied",
    "trigger_kind_2": "percent_occupation",
    "number_2": "50",
    "spend_by_months": "120",
}


async def a_policy(council: Council) -> str:
    """The fund manager records a price policy; answers its page."""
    async with signed_in(council, people.FUND_MANAGER) as manager:
        answer = await manager.send("/officer/prices/new", POLICY)
        assert answer.status_code == 303, words(answer)
        return answer.headers["location"].split("?")[0]


async def choices(officer: Browser) -> dict[str, str]:
    """The policy version and statement that the form proposes, being the only ones."""
    form = await officer.open(f"{CLAUSE}{TWO_PARTS}")
    found = {}
    for name in ("policy_id", "statement_id"):
        found[name] = form.text.split(f'name="{name}" type="radio" value="')[1].split('"')[0]
    return found


async def prepared(officer: Browser, council: Council) -> dict[str, str]:
    """An agreement with its statement, and a policy; answers a filled-in form."""
    await record_agreement(council)
    await a_policy(council)
    answer = await officer.send(f"{AGREEMENT_PAGE}/statements/new", STATEMENT)
    assert answer.status_code == 303, words(answer)
    return {**PARTS, **await choices(officer)}


async def test_a_manager_records_a_policy_and_a_version_that_ends_it(council: Council) -> None:
    page = await a_policy(council)
    async with signed_in(council, people.FUND_MANAGER) as manager:
        early = await manager.send(f"{page}/versions/new", POLICY)
        later = {**POLICY, "valid_from-year": "2026", "price_pence_per_tonne": "250.50"}
        recorded = await manager.send(f"{page}/versions/new", later)

        assert words(early).count("A new version begins later: enter a later date.") == 2
        shown = await manager.read(recorded.headers["location"])
    assert "£250.50 a tonne, once, for each tonne of the first year" in shown
    assert "from 20 March 2019 until 20 March 2026" in shown
    assert "Baseline × 0.81 × 0.80: a check, never the sum" in shown  # noqa: RUF001 - as it is shown


async def test_a_policy_by_year_is_typed_one_year_to_a_line(council: Council) -> None:
    by_year = {**POLICY, "basis": "declining", "years": "2", "price_pence_per_tonne": "95"}
    async with signed_in(council, people.FUND_MANAGER) as manager:
        wrong = await manager.send("/officer/prices/new", {**by_year, "series": "2026; ; 0.13\n2027; ; x"})
        gap = await manager.send("/officer/prices/new", {**by_year, "series": "2026; ; 0.13\n2028; ; 0.1"})
        right = await manager.send(
            "/officer/prices/new", {**by_year, "series": "2026; ; 0.13\n2027; 96.5; 0.1"}
        )
        shown = await manager.read(right.headers["location"])
        following = await manager.open(f"{right.headers['location'].split('?')[0]}/versions/new")

    assert words(wrong).count("Line 2 of the yearly series cannot be read") == 2
    assert words(gap).count("without a gap or a year given twice.") == 2
    assert "2027 £96.50 0.1" in shown
    assert "2026; ; 0.13\n2027; 96.50; 0.1" in following.text.replace("\r", "")


async def test_a_policy_is_refused_by_field_and_what_was_typed_is_kept(council: Council) -> None:
    async with signed_in(council, people.FUND_MANAGER) as manager:
        answer = await manager.send(
            "/officer/prices/new",
            {**POLICY, "price_pence_per_tonne": "", "management_fee_percent": "101", "minimum_factors": "2"},
        )
        missing = await manager.send("/officer/prices/new", {**POLICY, "price_pence_per_tonne": ""})

    assert answer.status_code == missing.status_code == 422
    assert words(answer).count("Management fee must be 100 or less") == 2
    assert words(answer).count("Factors of the minimum must be 1 or less") == 2
    assert words(missing).count("Enter the price of a tonne in pounds and pence.") == 2
    assert "Local plan, page 12." in answer.text


async def test_an_officer_works_a_sum_out_checks_it_and_records_it_in_two_parts(
    officer: Browser, council: Council
) -> None:
    answers = await prepared(officer, council)

    checked = await officer.send(f"{CLAUSE}{TWO_PARTS}", answers, to=f"{CHECK}{TWO_PARTS}")
    seen = words(checked)
    assert "59.75 tCO2e a year × £200.00 a tonne £11,950.00" in seen  # noqa: RUF001 - as it is shown
    assert "Reached" in seen
    assert await council.contributions.rows("SELECT id FROM obligation") == []
    typed = hidden_fields(checked)
    recorded = [
        await officer.client.post(f"{CLAUSE}{TWO_PARTS}", data=typed, headers=OWN_ORIGIN) for _ in range(2)
    ]

    assert [answer.status_code for answer in recorded] == [303, 303]
    shown = await officer.read(recorded[0].headers["location"])
    assert "How £11,950.00 of COC/1 and COC/2 was worked out" in shown
    assert "COC/2 Part 2 of 2 When half of the flats are occupied Not yet due £5,975.00" in shown
    assert len(await council.contributions.rows("SELECT id FROM obligation")) == 2


async def test_the_answers_can_be_changed_before_they_are_recorded(
    officer: Browser, council: Council
) -> None:
    answers = await prepared(officer, council)
    checked = await officer.send(f"{CLAUSE}{TWO_PARTS}", answers, to=f"{CHECK}{TWO_PARTS}")

    back = await officer.client.post(
        f"{CHECK}{TWO_PARTS}", data={**hidden_fields(checked), "change": "yes"}, headers=OWN_ORIGIN
    )

    assert back.status_code == 200
    assert 'value="COC"' in back.text
    assert "There is a problem" not in words(back)


async def test_a_wrong_clause_is_told_beside_its_fields(officer: Browser, council: Council) -> None:
    answers = await prepared(officer, council)
    wrong = {
        "percent_1": ("60", "The shares add up to 110 %. Make them add up to 100 %."),
        "percent_2": ("101", "Share of part 2 must be 100 or less"),
        "number_2": ("", "Enter which dwelling, or what percentage, makes it due"),
        "trigger_1": (" ", "Enter what makes part 1 due"),
        "policy_id": ("", "Select the price policy"),
    }

    for name, (typed, said) in wrong.items():
        answer = await officer.send(
            f"{CLAUSE}{TWO_PARTS}", {**answers, name: typed}, to=f"{CHECK}{TWO_PARTS}"
        )
        assert answer.status_code == 422, name
        assert words(answer).count(said) == 2, name
        assert "Schedule 3, paragraph 2" in answer.text


async def test_a_sum_for_each_dwelling_is_multiplied_on_the_page(officer: Browser, council: Council) -> None:
    await record_agreement(council)
    method = "?method=per_dwelling&tranches=1"
    answers = {
        **{name: PARTS[name] for name in ("clause", "reference", "purpose", "trigger_1", "trigger_kind_1")},
        "flats": "12",
        "flat_pence": "1,000",
    }

    checked = await officer.send(f"{CLAUSE}{method}", answers, to=f"{CHECK}{method}")
    none = await officer.send(f"{CLAUSE}{method}", {**answers, "flats": ""}, to=f"{CHECK}{method}")

    assert "12 flats × £1,000.00 a dwelling £12,000.00" in words(checked)  # noqa: RUF001 - as it is shown
    assert words(none).count("Enter how many dwellings are consented") == 2


async def test_a_clause_begins_with_how_its_sum_is_set(officer: Browser, council: Council) -> None:
    await record_agreement(council)

    assert "How does the deed set the sum?" in await officer.read(CLAUSE)
    many = await officer.open(f"{CLAUSE}?method=fixed&tranches=21")
    assert words(many).count("Number of parts must be 20 or less") == 2
    under = await officer.read(f"{CLAUSE}{TWO_PARTS}")
    assert "none is recorded for this agreement yet" in under


async def test_a_report_of_the_site_leads_to_the_trigger_that_it_meets(
    officer: Browser, council: Council
) -> None:
    await record_agreement(council)
    obligation = {
        "reference": "COC",
        "purpose": "green-infrastructure",
        "amount_pence": "100",
        "trigger": "The 12th flat",
        "trigger_kind": "nth_occupation",
        "number": "12",
    }
    await officer.send(f"{AGREEMENT_PAGE}/obligations/new", obligation)
    report = {**_day("happened_on", 4, 5, 2021), "kind": "occupied"}

    wrong = await officer.send(f"{AGREEMENT_PAGE}/progress/new", report)
    dwellings = {"occupied_dwellings": "12", "consented_dwellings": "48"}
    twice = await click_twice(officer, f"{AGREEMENT_PAGE}/progress/new", {**report, **dwellings})

    assert words(wrong).count("Enter how many dwellings are consented") == 2
    assert twice.first.headers["location"] == twice.second.headers["location"]
    listed = await officer.read("/officer/triggers")
    assert "12 of 48 dwellings are occupied, as of 4 May 2021" in listed
    rows = await council.contributions.rows("SELECT id FROM obligation")
    trigger = f"{AGREEMENT_PAGE}/obligations/{rows[0]['id']}/trigger"
    form = await officer.open(f"{trigger}?met_on=2021-05-04")
    assert 'value="2021"' in form.text
    await officer.send(trigger, _day("trigger_met_on", 4, 5, 2021))
    assert "No trigger seems to be met." in await officer.read("/officer/triggers")
    assert "Secured 4 May 2021" in await officer.read(SUMS)


async def test_a_wrong_report_is_withdrawn_with_its_reason(officer: Browser, council: Council) -> None:
    await record_agreement(council)
    report = {**_day("happened_on", 4, 5, 2021), "kind": "completed"}
    await officer.send(f"{AGREEMENT_PAGE}/progress/new", report)
    rows = await council.contributions.rows("SELECT id FROM site_progress")
    page = f"{AGREEMENT_PAGE}/progress/{rows[0]['id']}/withdraw"

    blank = await officer.send(page, {"reason": " "})
    await officer.send(page, {"reason": "The wrong site."})

    assert words(blank).count("Enter why the report was wrong") == 2
    assert "Withdrawn: The wrong site." in await officer.read(SUMS)
    assert "This report was withdrawn already" in await officer.read(page)
    missing = f"{AGREEMENT_PAGE}/progress/{AGREEMENT_ID}/withdraw"
    assert (await officer.open(missing)).status_code == 404


async def test_an_auditor_reads_and_changes_nothing(council: Council) -> None:
    await record_agreement(council)
    async with signed_in(council, people.AUDITOR) as auditor:
        for path in (SUMS, "/officer/triggers", "/officer/prices"):
            assert (await auditor.open(path)).status_code == 200, path
        for path in (CLAUSE, "/officer/prices/new", f"{AGREEMENT_PAGE}/progress/new"):
            assert (await auditor.open(path)).status_code == 403, path


def _day(name: str, day: int, month: int, year: int) -> dict[str, Any]:
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}
