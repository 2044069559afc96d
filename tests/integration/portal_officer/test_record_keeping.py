"""Where the record lives, through the pages."""

from services.portal.identity import people
from tests.support.council import Council
from tests.support.events.ids import GREEN, ISLINGTON
from tests.support.officer import AGREEMENT_PAGE, OBLIGATION_PAGE, record_obligation, signed_in
from tests.support.portal import Browser, words

PAGE = "/officer/record-keeping"
EXACOM = {"organisation": ISLINGTON, "mode": "follower", "system_of_record": "Exacom"}


async def test_a_manager_decides_and_the_agreement_names_its_system_and_cannot_be_changed(
    officer: Browser, council: Council
) -> None:
    await record_obligation(council, met_on=None)
    before = await officer.read(AGREEMENT_PAGE)

    async with signed_in(council, people.FUND_MANAGER) as manager:
        answer = await manager.send(f"{PAGE}/decide", EXACOM)

    assert answer.headers["location"] == PAGE
    page = await officer.read(AGREEMENT_PAGE)
    assert "Add an obligation" in before
    assert "Add an obligation" not in page
    assert page.count("From Exacom, no export taken yet") > 10
    assert "From Exacom, no export taken yet" in await officer.read(PAGE)


async def test_a_follower_without_a_named_system_is_refused_beside_its_box(council: Council) -> None:
    async with signed_in(council, people.FUND_MANAGER) as manager:
        answer = await manager.send(f"{PAGE}/decide", {**EXACOM, "system_of_record": ""})

    assert answer.status_code == 422
    assert words(answer).count("Enter the name of the system that holds the record") == 2


async def test_an_officer_sees_decisions_but_does_not_make_them(officer: Browser) -> None:
    page = await officer.read(PAGE)

    assert "Nothing is decided: every record is made here." in page
    assert (await officer.open(f"{PAGE}/decide")).status_code == 403


async def test_a_manager_takes_a_pooled_balance_over_and_everybody_reads_where_records_begin(
    council: Council,
) -> None:
    typed = {
        "organisation": ISLINGTON,
        "pool": "Before 2019",
        "purpose": GREEN,
        "amount_pence": "45,120",
        "as_at_on-day": "31",
        "as_at_on-month": "3",
        "as_at_on-year": "2026",
        "source": "The ledger",
    }
    begin = {"records_begin_on-day": "1", "records_begin_on-month": "4", "records_begin_on-year": "2026"}
    async with signed_in(council, people.FUND_MANAGER) as manager:
        early = await manager.send(f"{PAGE}/pool", typed)
        decided = {"organisation": ISLINGTON, "mode": "master", "kept_before_in": "Exacom", **begin}
        await manager.send(f"{PAGE}/decide", decided)
        answer = await manager.send(f"{PAGE}/pool", typed)
        await council.settle()
        pot_id = answer.headers["location"].rpartition("/")[2]
        trace = await manager.read(f"/trace/pots/{pot_id}")

    assert early.status_code == 422
    assert words(early).count("Decide first from which day on the record is kept here.") == 2
    assert "Balance taken over as at 31 March 2026, pooled" in trace
    assert "Records here begin on 1 April 2026; before that: Exacom." in trace
    assert "It belongs to the pool Before 2019" in trace


async def test_a_balance_of_one_obligation_is_taken_over_from_its_agreement(council: Council) -> None:
    await record_obligation(council, met_on=None)
    page = f"{OBLIGATION_PAGE}/opening-balance"
    async with signed_in(council, people.FUND_MANAGER) as manager:
        linked = await manager.open(AGREEMENT_PAGE)
        answer = await manager.send(page, {})

    assert f'href="{page}"' in linked.text
    assert answer.status_code == 422
    assert "Select how sure the balance is" in words(answer)
