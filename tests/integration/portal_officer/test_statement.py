"""Publishing open data and the yearly statement through the pages, and reading them as everybody does."""

from services.portal.identity import people
from tests.support.council import Council
from tests.support.events.ids import ISLINGTON
from tests.support.officer import make_a_claim_payable, receive, record_agreement, signed_in
from tests.support.portal import Browser, make_client, words

PAGE = "/officer/statement/open-data"
FILE = "/open-data/developer-agreement-transaction.csv"
PUBLISHING = f"/officer/statement/publishing/{ISLINGTON}"
YEAR = f"/officer/statement/2019?organisation={ISLINGTON}"


async def test_nothing_is_published_until_an_officer_does_it(officer: Browser, council: Council) -> None:
    assert "nothing to publish" in await officer.read(PAGE)
    assert "No agreement is recorded yet." in await officer.read("/officer/statement")
    async with make_client(council.portal.app) as anybody:
        assert (await anybody.get(FILE)).status_code == 404
        assert "Nothing is published yet." in words(await anybody.get("/open-data"))
        assert "No statement is published yet." in words(await anybody.get("/statements"))


async def test_published_files_have_addresses_that_stay_and_programs_may_keep_them(
    officer: Browser, council: Council
) -> None:
    await receive(council)
    assert "Nothing: every field is as the specification wants it." in await officer.read(PAGE)
    sent = await officer.send(PAGE, {})
    assert "The files are published." in await officer.read(sent.headers["location"])

    async with make_client(council.portal.app) as anybody:
        answer = await anybody.get(FILE, headers={"Origin": "https://elsewhere.example"})
        day = answer.headers["content-disposition"].partition("_")[2][:8]
        dated = await anybody.get(f"/open-data/developer-agreement-transaction_{day}.csv")
        older = await anybody.get("/open-data/2019/developer-agreement-transaction.csv")
        kept = await anybody.get(FILE, headers={"If-None-Match": answer.headers["etag"]})
        since = await anybody.get(FILE, headers={"If-Modified-Since": answer.headers["last-modified"]})
        missing = await anybody.get("/open-data/developer-agreement_19990101.csv")
        page = words(await anybody.get("/open-data"))

    assert "received,88596.00" in answer.text
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "open-government-licence" in answer.headers["link"]
    assert (dated.content, dated.status_code) == (answer.content, 200)
    assert older.text.startswith("developer-agreement-transaction,developer-agreement-contribution,")
    assert (kept.status_code, kept.content, since.status_code) == (304, b"", 304)
    assert missing.status_code == 404
    assert "These addresses stay the same" in page
    assert "Transactions (CSV)" in page


async def test_a_draft_can_be_looked_at_and_what_is_doubtful_is_named(
    officer: Browser, council: Council
) -> None:
    await record_agreement(council, planning_application="=19/1")

    draft = await officer.open(f"{PAGE}/2019/developer-agreement.csv")
    faults = await officer.open(f"{PAGE}/faults.csv")

    assert draft.text.startswith("developer-agreement,organisation,")
    assert "'=19/1" in draft.text
    assert faults.text.lstrip("\ufeff").startswith("File,Row,Reference,Field")


async def test_the_fund_manager_decides_how_it_is_published_and_nobody_else(
    officer: Browser, council: Council
) -> None:
    await record_agreement(council)
    decision = {
        "published_as": "local-authority:ISL",
        "carbon_purpose": "green-infrastructure",
        "lists_returned": "no",
    }
    assert (await officer.open(PUBLISHING)).status_code == 403
    async with signed_in(council, people.FUND_MANAGER) as manager:
        wrong = await manager.send(PUBLISHING, {**decision, "published_as": "Islington"})
        sent = await manager.send(PUBLISHING, decision)
        page = await manager.read(sent.headers["location"])
        form = await manager.open(PUBLISHING)
        unknown = await manager.open("/officer/statement/publishing/local-authority:NOBODY")

    assert wrong.status_code == 422
    assert words(wrong).count("Give the organisation's code with its prefix") == 2
    assert f"{ISLINGTON} local-authority:ISL green infrastructure No Change" in page.replace("Green", "green")
    assert 'value="local-authority:ISL"' in form.text
    assert unknown.status_code == 404


async def test_a_year_is_read_down_to_the_entries_and_published(officer: Browser, council: Council) -> None:
    await make_a_claim_payable(council)
    years = await officer.read("/officer/statement")
    assert "2019/20 £88,596.00 £88,596.00" in years

    page = await officer.read(YEAR)
    assert "Received and interest, less spent" in page
    assert "Differs" not in page
    lines = await officer.read(f"/officer/statement/2019/figures/b?organisation={ISLINGTON}")
    assert "P2018/2269/FUL-COCM P2018/2269/FUL-da 2 September 2019 Entry" in lines
    file = await officer.open(f"/officer/statement/2019/figures/b.csv?organisation={ISLINGTON}")
    assert "88596.00" in file.text
    whole = await officer.open(f"/officer/statement/2019/statement.csv?organisation={ISLINGTON}")
    assert "b,Money received under planning obligations in the year,88596.00,,yes" in whole.text
    sent = await officer.send(YEAR, {})
    assert "The statement is published." in await officer.read(sent.headers["location"])
    again = await officer.send(YEAR, {"reason": "Again."})
    assert "Nothing in 2019/20 has changed since the last edition." in words(again)

    async with make_client(council.portal.app) as anybody:
        assert "2019/20, edition 1" in words(await anybody.get("/statements"))
        public = await anybody.get("/statements/2019")
        edition = public.text.partition("/statements/editions/")[2][:36]
        assert "Edition 1, published on" in words(public)
        assert "£88,596.00" in words(public)
        assert (await anybody.get(f"/statements/editions/{edition}/statement.csv")).status_code == 200
        assert (await anybody.get("/statements/2018")).status_code == 404
    async with signed_in(council, people.AUDITOR) as auditor:
        assert "Publish edition" not in await auditor.read(YEAR)
