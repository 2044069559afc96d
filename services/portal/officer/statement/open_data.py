"""The three open-data files: how they are published, what a check says of them, and publishing them."""

from fastapi import APIRouter, Response

from services.portal.identity.pages_rule import Page, SentForm
from services.portal.layout.csv_files import csv_response
from services.portal.layout.forms import Filled
from services.portal.officer.rules import ManagersForm, ManagersPage, PublishersForm, RegisterPage
from services.portal.officer.showing import show
from services.portal.officer.statement.books import AllPublishing, Editions, FileCheck, Publishing
from services.portal.officer.statement.forms import PUBLISH, PUBLISHING
from services.portal.sending import attempt, see_other
from services.portal.words import NATIONAL_PURPOSES
from shared.errors import NotFound
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)

START = "/officer/statement/open-data"
ONE = "/officer/statement/publishing/{organisation}"
FAULTS_SHOWN = 50


@router.get(START)
async def show_open_data(page: RegisterPage, done: str = "") -> Response:
    """What the files would hold now, what is doubtful in them, and what was published before."""
    return await _show(page, PUBLISH.blank(), done=done)


@router.post(START)
async def publish(sent: PublishersForm) -> Response:
    """Publish the files as they are now."""
    told = {"edition_id": str(sent.id_for("edition"))}
    call = sent.services.contributions.post("/open-data/editions", told, key=sent.idempotency_key)
    filled = await attempt(sent.read(PUBLISH), call)
    return see_other(f"{START}?done=published") if filled.ok else await _show(sent, filled, 422)


@router.get(f"{START}/faults.csv")
async def download_faults(page: RegisterPage) -> Response:
    """Everything that the check found, as a file."""
    check = FileCheck.model_validate(await page.services.contributions.get("/open-data/check"))
    headings = ("File", "Row", "Reference", "Field", "Value", "Prevents publishing", "What to do")
    rows = [
        (
            fault.dataset,
            fault.row,
            fault.reference,
            fault.field,
            fault.value,
            "yes" if fault.prevents else "no",
            fault.message,
        )
        for fault in check.faults
    ]
    return csv_response("open-data-check.csv", headings, rows)


@router.get(f"{START}/{{form}}/{{dataset}}.csv")
async def download_draft(page: RegisterPage, form: str, dataset: str) -> Response:
    """One file as it would be published now."""
    file = await page.services.contributions.download(f"/open-data/draft/{form}/{dataset}.csv")
    return Response(file.content, headers=file.headers)


@router.get(ONE)
async def ask_for_publishing(page: ManagersPage, organisation: str) -> Response:
    """How the organisation publishes; the form shows what holds now."""
    holds = await _publishing(page, organisation)
    shown = {**holds.model_dump(), "lists_returned": "yes" if holds.lists_returned else "no"}
    return _form(page, holds, PUBLISHING.showing(shown))


@router.post(ONE)
async def decide_publishing(sent: ManagersForm, organisation: str) -> Response:
    """Decide how the organisation publishes from now on."""
    holds, filled = await _publishing(sent, organisation), sent.read(PUBLISHING)
    if filled.ok:
        told = {
            **filled.values,
            "organisation": organisation,
            "lists_returned": filled.values["lists_returned"] == "yes",
        }
        call = sent.services.contributions.post("/open-data/publishing", told, key=sent.idempotency_key)
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"{START}?done=decided")
    return _form(sent, holds, filled, 422)


async def _publishing(page: Page, organisation: str) -> Publishing:
    told = AllPublishing.validate_python(await page.services.contributions.get("/open-data/publishing"))
    found = next((each for each in told if each.organisation == organisation), None)
    if found is None:
        message = f"There is no agreement of {organisation} yet, so nothing of it is published."
        raise NotFound("organisation.unknown", message)
    return found


async def _show(page: Page | SentForm, form: Filled, status_code: int = 200, *, done: str = "") -> Response:
    contributions = page.services.contributions
    check = FileCheck.model_validate(await contributions.get("/open-data/check"))
    return show(
        page,
        "officer/statement/open_data.html",
        status_code,
        form=form,
        done=done,
        check=check,
        shown=check.faults[:FAULTS_SHOWN],
        editions=Editions.validate_python(await contributions.get("/open-data/editions")),
        publishing=AllPublishing.validate_python(await contributions.get("/open-data/publishing")),
        publishes=page.person.caller.has(Role.OFFICER, Role.FUND_MANAGER),
        decides=page.person.caller.has(Role.FUND_MANAGER),
    )


def _form(page: Page, holds: Publishing, form: Filled, status_code: int = 200) -> Response:
    return show(
        page,
        "officer/statement/publishing.html",
        status_code,
        form=form,
        holds=holds,
        purposes=NATIONAL_PURPOSES,
    )
