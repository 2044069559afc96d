"""Start an application: choose the fund and the organisation that applies."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Response

from services.portal.applicant.drafts import HOME, go_on, id_or_nothing
from services.portal.applicant.pages.eligibility import open_funds
from services.portal.applicant.saving_answers import content_id, content_key
from services.portal.clients import ServiceProblem
from services.portal.identity.pages_rule import Page, SentForm, form_page, page
from services.portal.layout.fields import Choice
from services.portal.layout.forms import Filled, Form
from services.portal.layout.templates import render
from services.portal.words import plain
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)

UNPROCESSABLE = 422
Things = Sequence[Mapping[str, Any]]


@router.get("/applicant/start")
async def show_start(
    page: Annotated[Page, page(Role.APPLICANT)], fund: str = "", organisation: str = ""
) -> Response:
    """Which of the person's organisations applies; the first one is added before."""
    funds, organisations = await _choices(page)
    if funds and not organisations:
        return go_on(f"{HOME}/organisations/new?fund={id_or_nothing(fund)}")
    chosen = {
        "fund_id": fund or _only(funds, "fund_id"),
        "organisation_id": organisation or _only(organisations, "organisation_id"),
    }
    form = _form(funds, organisations).showing(chosen)
    return await _show(page, form, funds, organisations)


@router.post("/applicant/start")
async def start(sent: Annotated[SentForm, form_page(Role.APPLICANT)]) -> Response:
    """Begin the draft; a second click, or going back and pressing again, opens the same one."""
    funds, organisations = await _choices(sent)
    filled = sent.read(_form(funds, organisations))
    if not filled.ok:
        return await _show(sent, filled, funds, organisations, UNPROCESSABLE)
    body = {"application_id": str(content_id(sent, "application")), **filled.values}
    try:
        started = await sent.services.applications.post("/applications", body, key=content_key(sent))
    except ServiceProblem as problem:
        refused = filled.with_problems(problem.for_form)
        return await _show(sent, refused, funds, organisations, problem.status)
    return go_on(f"{HOME}/applications/{started['id']}")


async def _choices(page: Page) -> tuple[Things, Things]:
    return await open_funds(page), await page.services.applications.get("/organisations")


def _form(funds: Things, organisations: Things) -> Form:
    named = [(str(one["organisation_id"]), str(one["name"])) for one in organisations]
    return Form(
        Choice(
            name="fund_id",
            label="Fund",
            options=[(str(fund["fund_id"]), str(fund["terms"]["name"])) for fund in funds],
        ),
        Choice(
            name="organisation_id", label="Organisation", ask="the organisation that applies", options=named
        ),
    )


async def _show(
    page: Page, form: Filled, funds: Things, organisations: Things, status_code: int = 200
) -> Response:
    lines = await page.services.applications.get("/applications")
    kinds = {one["organisation_id"]: plain(one["kind"]) for one in organisations}
    return render(
        page.request,
        "applicant/start.html",
        status_code=status_code,
        form=form,
        funds=[(fund["fund_id"], fund["terms"]["name"]) for fund in funds],
        organisations=[
            (one["organisation_id"], one["name"], kinds[one["organisation_id"]]) for one in organisations
        ],
        drafts=[line for line in lines if line["status"] == "draft"],
    )


def _only(things: Things, name: str) -> str | None:
    return str(things[0][name]) if len(things) == 1 else None
