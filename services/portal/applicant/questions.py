"""A page of questions about a draft: shown, saved, shown again with what is wrong or what another tab did."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

from starlette.responses import Response

from services.portal.applicant.drafts import Draft, go_on, open_draft
from services.portal.applicant.places import Place
from services.portal.applicant.saving_answers import ChangedMeanwhileError, Saving
from services.portal.applicant.wording import last_day
from services.portal.clients import ServiceProblem
from services.portal.identity.pages_rule import Page, SentForm
from services.portal.layout.fields import DAY_PARTS, Choice, Day, Field
from services.portal.layout.forms import Filled, Form
from services.portal.layout.templates import render
from shared.errors import Conflict, Problem

NOT_FOUND, UNPROCESSABLE, CHANGED = 404, 422, 409
SENT_MEANWHILE = (
    "This application has been sent to the fund, so it can no longer be changed. "
    "What you typed on the last page was not saved."
)
YES_OR_NO = frozenset({"may_act", "vat_recoverable", "eligible", "confirmed"})
LAST_DAYS = frozenset({"period_end"})
"""Days that people give as the last one, where the service keeps the day after."""

Fields: TypeAlias = Callable[[Draft], Sequence[Field]]
Onward: TypeAlias = Callable[[Draft, Place], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage:
    """One page of a section: its template, its questions, where it leads and where "Back" goes."""

    template: str
    fields: Fields
    onward: Onward
    back: Onward

    def show(self, page: Page, draft: Draft, place: Place) -> Response:
        """The page with what is saved already; a sent application is only read."""
        if not draft.is_draft:
            return go_on(draft.path())
        place.must_be_there(draft)
        about = self._about(draft, place)
        return self._render(page, draft, about, self._saved(draft, about))

    async def save(self, sent: SentForm, draft: Draft, place: Place) -> Response:
        """Save what was typed and go on; or show it again with what is wrong beside it."""
        if not draft.is_draft:
            raise Conflict("application.submitted", SENT_MEANWHILE)
        place, filled = self._about(draft, place), sent.read(Form(*self.fields(draft)))
        if not filled.ok:
            return self._render(sent, draft, place, filled, UNPROCESSABLE)
        values = as_answers(filled.values)
        saving = Saving(
            sent=sent, place=place, compose=lambda now, seen: place.with_answers(now, values, seen)
        )
        try:
            await saving.carry_out(draft)
        except ChangedMeanwhileError as changed:
            return self._changed(sent, changed.draft, place, filled)
        except ServiceProblem as problem:
            return self._refused(sent, draft, place, filled, problem)
        return go_on(self.onward(await open_draft(sent, draft.id), place))

    def _about(self, draft: Draft, place: Place) -> Place:
        return replace(place, asked=tuple(one.name for one in self.fields(draft)))

    def _refused(
        self, sent: SentForm, draft: Draft, place: Place, filled: Filled, problem: ServiceProblem
    ) -> Response:
        if problem.status == NOT_FOUND:
            raise problem
        names = place.names(draft, place.asked)
        shown = filled.with_problems(problem.for_form, names)
        return self._render(sent, draft, place, shown, problem.status)

    def _changed(self, sent: SentForm, draft: Draft, place: Place, typed: Filled) -> Response:
        """Both answers side by side; what was typed stays in the boxes, and saving again is a choice."""
        saved = self._saved(draft, place)
        differences = [
            (one.label, typed_words(one, saved) or "Nothing", typed_words(one, typed) or "Nothing")
            for one in self.fields(draft)
            if typed_words(one, saved) != typed_words(one, typed)
        ]
        message = "This was changed in another tab, or by somebody else, after you opened this page"
        shown = typed.with_problems([Problem("", message)])
        return self._render(sent, draft, place, shown, CHANGED, differences=differences)

    def _saved(self, draft: Draft, place: Place) -> Filled:
        fields = self.fields(draft)
        return Form(*fields).showing(as_values(place.current(draft)))

    def _render(
        self, page: Page, draft: Draft, place: Place, form: Filled, status_code: int = 200, **more: Any
    ) -> Response:
        return render(
            page.request,
            f"applicant/{self.template}",
            status_code=status_code,
            form=form,
            draft=draft,
            place=place,
            seen=place.seen(draft),
            back=self.back(draft, place),
            choices={one.name: one.options for one in self.fields(draft) if isinstance(one, Choice)},
            **more,
        )


def as_answers(values: Mapping[str, object]) -> dict[str, Any]:
    """What was typed as the service's JSON: decimals as strings, yes and no as true and false."""
    return {name: _answer(name, value) for name, value in values.items()}


def _answer(name: str, value: object) -> Any:
    if name in YES_OR_NO:
        return None if value is None else value in {"yes", ("yes",)}
    if isinstance(value, date):
        return (value + timedelta(days=1) if name in LAST_DAYS else value).isoformat()
    return str(value) if isinstance(value, Decimal) else value


def as_values(answers: Mapping[str, Any]) -> dict[str, object]:
    """The service's JSON as the values of a form."""
    return {name: _value(name, answer) for name, answer in answers.items() if answer is not None}


def _value(name: str, answer: Any) -> object:
    if name in YES_OR_NO:
        return "yes" if answer else "no"
    if name in LAST_DAYS:
        return last_day(answer)
    return date.fromisoformat(answer) if name == "period_start" else answer


def typed_words(one: Field, form: Filled) -> str:
    """What stands in a question's boxes, in the words that the person read there."""
    if isinstance(one, Day):
        return " ".join(form.text(f"{one.name}-{part}") for part in DAY_PARTS).strip()
    if isinstance(one, Choice):
        return dict(one.options).get(form.text(one.name), form.text(one.name))
    return form.text(one.name).strip()
