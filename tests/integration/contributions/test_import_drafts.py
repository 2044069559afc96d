import asyncio
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text

from services.contributions.background import work_off
from services.contributions.commands.open_data.throw_draft_away import throw_old_drafts_away
from shared.messaging import Cause
from tests.integration.contributions.test_imports import books, import_files
from tests.support.contributions_service import agreement_body, assert_books_balance
from tests.support.open_data import (
    COUNCIL,
    Files,
    a_contribution_row,
    a_transaction_row,
    an_agreement_row,
    faulty_files,
    files,
)
from tests.support.people import OFFICER, PAYMENT_REQUESTER
from tests.support.services import ServiceUnderTest


def sent(content: Files, draft_id: UUID) -> dict[str, Any]:
    """Three files as an officer sends them to be looked at."""
    return {
        "data": {"draft_id": str(draft_id), "organisation": COUNCIL},
        "files": {
            "agreements": ("a.csv", content.agreements),
            "contributions": ("c.csv", content.contributions),
            "transactions": ("t.csv", content.transactions),
        },
    }


async def send(service: ServiceUnderTest, content: Files) -> str:
    """Send files and have them read; answers the draft's path."""
    draft_id = uuid4()
    answer = await service.post("/import-drafts", OFFICER, **sent(content, draft_id))
    assert answer == {"draft_id": str(draft_id), "state": "reading"}
    await work_off(service.service)
    return f"/import-drafts/{draft_id}"


async def commit(service: ServiceUnderTest, path: str) -> dict[str, Any]:
    """Take a draft, and answer what became of it."""
    await service.post(f"{path}/commit", OFFICER)
    await work_off(service.service)
    return await look(service, path)


async def look(service: ServiceUnderTest, path: str) -> dict[str, Any]:
    draft: dict[str, Any] = await service.get(path, OFFICER)
    return draft


async def map_code(service: ServiceUnderTest, reported: str, code: str) -> str:
    mapping_id = str(uuid4())
    body = {"mapping_id": mapping_id, "organisation": COUNCIL, "field": "contribution-purpose"}
    await service.post("/code-mappings", OFFICER, {**body, "reported": reported, "code": code})
    await work_off(service.service)
    return mapping_id


async def test_a_preview_says_what_would_change_and_changes_nothing(contributions: ServiceUnderTest) -> None:
    before = await books(contributions)

    path = await send(contributions, faulty_files())

    draft = await look(contributions, path)
    assert draft["state"] == "previewed"
    assert (draft["rows_done"], draft["rows_total"]) == (26, 26)
    assert (draft["summary"]["pots"], draft["summary"]["pots_pence"]) == (3, 4_450_00)
    assert await books(contributions) == before


async def test_what_is_committed_is_what_was_previewed(contributions: ServiceUnderTest) -> None:
    path = await send(contributions, faulty_files())
    preview = (await look(contributions, path))["summary"]

    draft = await commit(contributions, path)

    report = await contributions.get(path.replace("import-drafts", "imports"), OFFICER)
    assert draft["state"] == "committed"
    assert report["summary"] == preview
    assert (await assert_books_balance(contributions))["received_pence"] == 4_450_00
    assert await contributions.rows("SELECT * FROM import_draft_file") == []
    assert await contributions.rows("SELECT * FROM import_draft_row") == []


async def test_the_same_files_sent_again_are_previewed_as_changing_nothing(
    contributions: ServiceUnderTest,
) -> None:
    await commit(contributions, await send(contributions, files()))

    draft = await look(contributions, await send(contributions, files()))

    assert draft["summary"]["changes_nothing"] is True
    assert draft["summary"]["outcomes"]["repeated"] == 3


async def test_a_register_that_changed_after_the_preview_is_not_changed_by_it(
    contributions: ServiceUnderTest,
) -> None:
    path = await send(contributions, files())
    by_hand = agreement_body("by hand", reference="A1", organisation=COUNCIL)
    await contributions.post("/agreements", OFFICER, by_hand)

    draft = await commit(contributions, path)

    assert (draft["state"], draft["changed_meanwhile"]) == ("previewed", True)
    assert draft["summary"]["outcomes"]["warned"] == 1
    assert await contributions.rows("SELECT * FROM open_data_import") == []
    assert (await commit(contributions, path))["state"] == "committed"


async def test_rows_come_gravest_first_by_pages_and_by_outcome(contributions: ServiceUnderTest) -> None:
    many = files(
        transactions=[a_transaction_row(f"T{number}") for number in range(60)]
        + [a_transaction_row("bad", amount="1.005")]
    )
    path = await send(contributions, many)

    first = await contributions.get(f"{path}/rows", OFFICER)
    second = await contributions.get(f"{path}/rows", OFFICER, params={"page": 2})
    refused = await contributions.get(f"{path}/rows", OFFICER, params={"outcome": ["refused"]})

    assert (first["pages"], first["count"], len(first["rows"]), len(second["rows"])) == (2, 63, 50, 13)
    assert first["rows"][0]["reference"] == "bad"
    assert [row["reference"] for row in refused["rows"]] == ["bad"]
    assert "parts of a penny" in refused["rows"][0]["notes"][0]["message"]


async def test_an_unknown_code_is_mapped_once_and_remembered_until_it_is_withdrawn(
    contributions: ServiceUnderTest,
) -> None:
    carbon = files(contributions=[a_contribution_row(contribution_purpose="Green - Carbon Offset")])
    path = await send(contributions, carbon)
    (unknown,) = (await look(contributions, path))["unknown_codes"]

    mapping_id = await map_code(contributions, "GREEN: carbon  offset", "green-infrastructure")
    mapped = await look(contributions, path)
    await commit(contributions, path)

    assert (unknown["field"], unknown["rows"]) == ("contribution-purpose", 1)
    assert unknown["proposal"] == "carbon-offset"
    assert mapped["unknown_codes"] == []
    (pot,) = (await contributions.get("/pots", OFFICER))["pots"]
    assert pot["purpose"] == "green-infrastructure"
    again = await look(contributions, await send(contributions, carbon))
    assert again["summary"]["changes_nothing"] is True
    await contributions.post(f"/code-mappings/{mapping_id}/withdraw", OFFICER)
    (line,) = await contributions.get("/code-mappings", OFFICER)
    assert (line["mapped_by"], line["withdrawn_by"]) == (str(OFFICER.id), str(OFFICER.id))
    assert line["withdrawn_at"] >= line["mapped_at"]


async def test_a_mapping_to_no_code_is_refused_by_field(contributions: ServiceUnderTest) -> None:
    body = {
        "mapping_id": str(uuid4()),
        "organisation": COUNCIL,
        "field": "amount",
        "reported": "",
        "code": "x",
    }

    problem = await contributions.refused(422, "POST", "/code-mappings", OFFICER, body)

    assert [each["field"] for each in problem["problems"]] == ["field", "reported", "code"]


async def test_files_of_another_kind_are_refused_at_once_and_wrong_headings_by_the_preview(
    contributions: ServiceUnderTest,
) -> None:
    good = files()
    picture = Files(good.agreements, b"\x89PNG\r\n\x1a\n", good.transactions)
    swapped = Files(good.contributions, good.agreements, good.transactions)

    problem = await contributions.refused(422, "POST", "/import-drafts", OFFICER, **sent(picture, uuid4()))
    draft = await look(contributions, await send(contributions, swapped))

    assert problem["problems"][0]["field"] == "contributions"
    assert draft["state"] == "refused"
    assert draft["problems"][0]["field"] == "agreements"


async def test_two_replicas_do_not_both_take_a_draft(contributions: ServiceUnderTest) -> None:
    path = await send(contributions, files())
    await contributions.post(f"{path}/commit", OFFICER)

    await asyncio.gather(*(work_off(contributions.service) for _ in range(4)))

    assert (await look(contributions, path))["state"] == "committed"
    assert len(await contributions.rows("SELECT * FROM open_data_import")) == 1
    assert (await contributions.rows("SELECT attempts FROM import_draft"))[0]["attempts"] == 1


async def test_a_draft_whose_reading_was_interrupted_is_read_again_and_at_last_refused(
    contributions: ServiceUnderTest,
) -> None:
    draft_id = uuid4()
    await contributions.post("/import-drafts", OFFICER, **sent(files(), draft_id))
    async with contributions.service.sessions() as session, session.begin():
        await session.execute(_killed_times(2))
    await work_off(contributions.service)
    after_two = await look(contributions, f"/import-drafts/{draft_id}")
    other = uuid4()
    await contributions.post("/import-drafts", OFFICER, **sent(files(), other))
    async with contributions.service.sessions() as session, session.begin():
        await session.execute(_killed_times(3))
    await work_off(contributions.service)

    assert after_two["state"] == "previewed"
    after_three = await look(contributions, f"/import-drafts/{other}")
    assert (after_three["state"], "3 times" in after_three["refusal"]) == ("refused", True)


async def test_files_nobody_takes_are_forgotten_after_a_day_and_at_once_when_thrown_away(
    contributions: ServiceUnderTest,
) -> None:
    old, away = await send(contributions, files()), await send(contributions, files())
    await contributions.post(f"{away}/throw-away", OFFICER)
    async with contributions.service.sessions() as session, session.begin():
        await session.execute(_sent_a_day_ago(old))

    cause = Cause("contributions", "test", uuid4())
    async with contributions.service.work.begin(cause) as uow:
        forgotten = await throw_old_drafts_away(uow)

    assert forgotten == 1
    assert (await look(contributions, old))["state"] == "thrown_away"
    assert await contributions.rows("SELECT * FROM import_draft_file") == []
    problem = await contributions.refused(409, "POST", f"{away}/commit", OFFICER)
    assert problem["code"] == "import_draft.not_previewed"


async def test_the_drafts_report_is_safe_to_open_and_only_officers_take_drafts(
    contributions: ServiceUnderTest,
) -> None:
    path = await send(contributions, faulty_files())

    report = await contributions.request("GET", f"{path}/report.csv", PAYMENT_REQUESTER)
    await contributions.refused(403, "POST", f"{path}/commit", PAYMENT_REQUESTER)

    assert "'=1+1" in report.text
    (listed,) = (await contributions.get("/import-drafts", PAYMENT_REQUESTER))["drafts"]
    assert (listed["uploaded_by"], listed["state"]) == (str(OFFICER.id), "previewed")


async def test_an_import_unseen_still_works_beside_drafts(contributions: ServiceUnderTest) -> None:
    path = await send(contributions, files(agreements=[an_agreement_row()]))
    await import_files(contributions, files())

    draft = await commit(contributions, path)

    assert (draft["state"], draft["changed_meanwhile"]) == ("previewed", True)
    assert draft["summary"]["changes_nothing"] is True


def _killed_times(times: int) -> Any:
    return text("UPDATE import_draft SET attempts = :times WHERE state = 'reading'").bindparams(times=times)


def _sent_a_day_ago(path: str) -> Any:
    change = "UPDATE import_draft SET uploaded_at = uploaded_at - interval '25 hours' WHERE id = :id"
    return text(change).bindparams(id=UUID(path.rpartition("/")[2]))
