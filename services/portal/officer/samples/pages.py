"""Drawing a sample of the ledger, and taking it away as one pack."""

import asyncio
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Response

from services.portal.clients import ServiceProblem
from services.portal.identity.pages_rule import Page, page
from services.portal.layout.forms import Filled
from services.portal.officer.samples.books import Sample
from services.portal.officer.samples.forms import METHODS, SAMPLE
from services.portal.officer.samples.pack import make_pack
from services.portal.officer.showing import show
from services.portal.officer.statement.books import AllPublishing
from services.portal.officer.words import today
from services.portal.sending import as_json, told
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)

START = "/officer/samples"
WRONG = 422
FIRST_MONTH = 4
SamplersPage = Annotated[Page, page(Role.AUDITOR, Role.FUND_MANAGER)]


@router.get(START)
async def ask_for_order(page: SamplersPage) -> Response:
    """The form, filled with the financial year that ended last."""
    known = AllPublishing.validate_python(await page.services.contributions.get("/open-data/publishing"))
    now = today()
    begins = now.year - 1 if now.month >= FIRST_MONTH else now.year - 2
    usual = {
        "organisation": known[0].organisation if known else "",
        "first_on": date(begins, FIRST_MONTH, 1),
        "last_on": date(begins + 1, 3, 31),
        "count": 25,
        "method": "monetary_unit",
    }
    return _form(page, SAMPLE.showing(usual))


@router.get(f"{START}/drawn")
async def show_sample(page: SamplersPage) -> Response:
    """The entries that were drawn; the page's address draws them again."""
    filled = _filled(page)
    sample, filled = await _drawn(page, filled)
    if sample is None:
        return _form(page, filled, WRONG)
    return show(page, "officer/samples/sample.html", sample=sample, query=page.request.url.query)


@router.get(f"{START}/pack.zip")
async def download_pack(page: SamplersPage) -> Response:
    """The pack of the same sample."""
    sample, filled = await _drawn(page, _filled(page))
    if sample is None:
        return _form(page, filled, WRONG)
    content = await asyncio.to_thread(make_pack, sample)
    name = f"sample-{sample.first_on:%Y%m%d}-{sample.last_on:%Y%m%d}.zip"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="application/zip", headers=headers)


def _filled(page: Page) -> Filled:
    return SAMPLE.read(dict(page.request.query_params), today())


async def _drawn(page: Page, filled: Filled) -> tuple[Sample | None, Filled]:
    """The sample that the form orders, or the form with what is wrong in it."""
    if not filled.ok:
        return None, filled
    order = {name: as_json(value) for name, value in filled.values.items()}
    try:
        answer = await page.services.contributions.get("/samples", **order)
    except ServiceProblem as refusal:
        if refusal.status != WRONG:
            raise
        return None, filled.with_problems(told(refusal))
    return Sample.model_validate(answer), filled


def _form(page: Page, form: Filled, status_code: int = 200) -> Response:
    return show(page, "officer/samples/form.html", status_code, form=form, methods=METHODS)
