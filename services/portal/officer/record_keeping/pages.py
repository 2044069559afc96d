"""Where the record of an organisation lives: decided by a fund manager, seen by all who work with it."""

from fastapi import APIRouter, Response

from services.portal.identity.pages_rule import Page, SentForm
from services.portal.layout.forms import Filled
from services.portal.officer.record_keeping.books import RecordKeepings
from services.portal.officer.record_keeping.forms import KEEPING, MODES
from services.portal.officer.rules import ManagersForm, ManagersPage, RegisterPage
from services.portal.officer.showing import show
from services.portal.sending import attempt, body, see_other

router = APIRouter(include_in_schema=False)

START = "/officer/record-keeping"


@router.get(START)
async def list_record_keeping(page: RegisterPage) -> Response:
    """Where the record of each organisation lives, and since when it is complete here."""
    told = await page.services.contributions.get("/record-keeping")
    keepings = RecordKeepings.validate_python(told)
    return show(page, "officer/record_keeping/list.html", keepings=keepings)


@router.get(f"{START}/decide")
async def ask(page: ManagersPage, organisation: str = "") -> Response:
    """The form, filled in with what is in force for the organisation."""
    told = await page.services.contributions.get("/record-keeping")
    in_force = [each for each in RecordKeepings.validate_python(told) if each.organisation == organisation]
    return _form(page, KEEPING.showing(in_force[0].model_dump() if in_force else {}))


@router.post(f"{START}/decide")
async def decide(sent: ManagersForm) -> Response:
    """Have the decision kept."""
    filled = sent.read(KEEPING)
    if filled.ok:
        call = sent.services.contributions.post("/record-keeping", body(filled), key=sent.idempotency_key)
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(START)
    return _form(sent, filled, 422)


def _form(page: Page | SentForm, form: Filled, status_code: int = 200) -> Response:
    return show(page, "officer/record_keeping/decide.html", status_code=status_code, form=form, modes=MODES)
