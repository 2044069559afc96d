"""Acts on a day: a form with a date, prefilled with today, and what the service says of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from starlette.responses import Response

from services.portal.applicant.drafts import Draft, go_on, open_draft
from services.portal.applicant.saving_answers import content_key
from services.portal.clients import ServiceAway, ServiceProblem
from services.portal.identity.pages_rule import Page, SentForm
from services.portal.layout.forms import Filled, Form
from services.portal.layout.templates import render
from shared.messaging.unit_of_work import LOCAL_ZONE

NOT_FOUND, UNPROCESSABLE = 404, 422


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedAct:
    """A page with one act on a day: its template, form, the service's route and where it leads.

    `state` is the state an application must be in; in any other the page leads back to the application.
    """

    template: str
    form: Form
    day: str
    route: str
    state: str
    leads_to: str = ""

    def show(self, page: Page, draft: Draft, **more: Any) -> Response:
        """The page, its date today."""
        if draft.status != self.state:
            return go_on(draft.path())
        return self._render(page, draft, self.form.showing({self.day: today()}), **more)

    async def carry_out(self, sent: SentForm, draft: Draft, **more: Any) -> Response:
        """Do it once; a second click leads on like the first."""
        filled = sent.read(self.form)
        if not filled.ok:
            return self._render(sent, draft, filled, UNPROCESSABLE, **more)
        body: Mapping[str, Any] = {self.day: _iso(filled.values[self.day])}
        path = f"/applications/{draft.id}/{self.route}"
        try:
            await sent.services.applications.post(path, body, key=content_key(sent))
        except ServiceProblem as problem:
            return await self._refused(sent, draft, filled, problem, **more)
        return go_on(draft.path(self.leads_to))

    async def _refused(
        self, sent: SentForm, draft: Draft, filled: Filled, problem: ServiceProblem, **more: Any
    ) -> Response:
        away = isinstance(problem, ServiceAway)
        if problem.status == NOT_FOUND or (
            not away and (await open_draft(sent, draft.id)).status != self.state
        ):
            raise problem
        return self._render(sent, draft, filled.with_problems(problem.for_form), problem.status, **more)

    def _render(
        self, page: Page, draft: Draft, form: Filled, status_code: int = 200, **more: Any
    ) -> Response:
        return render(
            page.request,
            f"applicant/{self.template}",
            status_code=status_code,
            form=form,
            draft=draft,
            **more,
        )


def today() -> date:
    """The day in London."""
    return datetime.now(LOCAL_ZONE).date()


def _iso(day: object) -> str:
    assert isinstance(day, date)
    return day.isoformat()
