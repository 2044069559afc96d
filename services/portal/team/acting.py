"""One act of the team: a page with a form, sent to monitoring, and back to the page it belongs to."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import Response

from services.portal.identity.pages_rule import Page, SentForm
from services.portal.layout.forms import Filled, Form
from services.portal.layout.templates import render
from services.portal.sending import attempt, see_other
from services.portal.team.projects import read_project


@dataclass(frozen=True, slots=True)
class Act:
    """The questions of one act, the template that asks them, and what the page says when it is done."""

    questions: Form
    template: str
    done: str


async def ask(
    page: Page, act: Act, application_id: UUID, form: Filled, status_code: int = 200, **more: Any
) -> Response:
    """The page of the act, with the project it is about."""
    project = await read_project(page, application_id)
    return render(page.request, act.template, status_code=status_code, form=form, project=project, **more)


async def act_on_project(
    sent: SentForm, act: Act, application_id: UUID, path: str, **body: object
) -> Response | Filled:
    """Send the form's answers, with more of `body`, to the project; the form where something is wrong."""
    filled = sent.read(act.questions)
    if filled.ok:
        told = {name: as_json(value) for name, value in {**filled.values, **body}.items()}
        call = sent.services.monitoring.post(
            f"/projects/{application_id}/{path}", told, key=sent.idempotency_key
        )
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"/team/projects/{application_id}?done={act.done}")
    return filled


def as_json(value: object) -> object:
    """Dates and ids as JSON takes them."""
    return str(value) if isinstance(value, date | UUID) else value
