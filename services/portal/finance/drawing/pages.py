"""The pots of one award: those proposed, and drawing it from others with a reason."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.finance.drawing.books import Drawing
from services.portal.identity.pages_rule import Page, SentForm, form_page
from services.portal.layout.fields import Day, Money, Text
from services.portal.layout.forms import Filled, Form
from services.portal.officer.rules import PotsPage
from services.portal.officer.showing import show
from services.portal.officer.words import today
from services.portal.sending import as_json, attempt, see_other
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)

POTS_OF = "/finance/grants/{application_id}/pots"
DRAWING = (Role.FUND_MANAGER, Role.PAYMENT_REQUESTER)
DrawersForm = Annotated[SentForm, form_page(*DRAWING)]


@router.get(POTS_OF)
async def show_drawing(page: PotsPage, application_id: UUID, done: str = "") -> Response:
    """The lawful pots with what each could give; the boxes hold what each gives now."""
    drawing = await _read(page, application_id)
    known = {_box(pot.pot_id): pot.current_pence for pot in drawing.pots if pot.current_pence}
    return _show(page, drawing, _form(drawing).showing({**known, "redrawn_on": today()}), done=done)


@router.post(POTS_OF)
async def redraw_funds(sent: DrawersForm, application_id: UUID) -> Response:
    """Draw the award from the pots as they are filled in."""
    drawing = await _read(sent, application_id)
    filled = sent.read(_form(drawing))
    if filled.ok:
        sums = [(pot.pot_id, filled.values[_box(pot.pot_id)]) for pot in drawing.pots]
        given = [(pot_id, pence) for pot_id, pence in sums if pence]
        content = {
            "shares": [{"pot_id": str(pot_id), "amount_pence": pence} for pot_id, pence in given],
            "reason": filled.values["reason"],
            "redrawn_on": as_json(filled.values["redrawn_on"]),
        }
        path = f"/grant-fundings/{application_id}/shares"
        call = sent.services.contributions.post(path, content, key=sent.idempotency_key)
        boxes = {f"shares.{number}": _box(pot_id) for number, (pot_id, _) in enumerate(given)}
        filled = await attempt(filled, call, boxes)
        if filled.ok:
            return see_other(f"{POTS_OF.format(application_id=application_id)}?done=redrawn")
    return _show(sent, drawing, filled, status_code=422)


def _box(pot_id: UUID) -> str:
    return f"pot-{pot_id}"


def _form(drawing: Drawing) -> Form:
    boxes = (
        Money(name=_box(pot.pot_id), label=f"Pot {pot.reference}", required=False, may_be_zero=True)
        for pot in drawing.pots
    )
    return Form(
        *boxes,
        Text(name="reason", label="Reason", ask="why it is drawn otherwise", longest=2000),
        Day(name="redrawn_on", label="Date of the change"),
    )


async def _read(page: Page, application_id: UUID) -> Drawing:
    told = await page.services.contributions.get(f"/grant-fundings/{application_id}/pots")
    return Drawing.model_validate(told)


def _show(page: Page, drawing: Drawing, form: Filled, *, done: str = "", status_code: int = 200) -> Response:
    return show(
        page,
        "finance/drawing/pots.html",
        status_code,
        drawing=drawing,
        form=form,
        done=done,
        box=_box,
        may_draw=page.person.caller.has(*DRAWING) and drawing.status == "reserved",
    )
