"""A page's form: read what was sent, keep it for showing again, say beside each question what is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from fastapi import Request
from starlette.datastructures import FormData, UploadFile

from services.portal.layout.fields import DAY_PARTS, Choice, Choices, Day, Field, Money, Sent, WrongError
from services.portal.layout.security import MAXIMUM_FIELDS, MAXIMUM_FILES
from shared.errors import Problem


@dataclass(frozen=True, slots=True)
class FieldError:
    """One line of the error summary: its field (None for the whole form), what to do, where it links to."""

    name: str | None
    message: str
    target: str | None
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """A form with what was typed into it: `values` where it is right, `errors` where it is not."""

    form: "Form"
    sent: Sent = field(default_factory=Sent)
    values: Mapping[str, object] = field(default_factory=dict)
    errors: tuple[FieldError, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.errors

    def text(self, name: str) -> str:
        """What to show in the box again, exactly as it was typed."""
        return self.sent.raw(name)

    def texts(self, name: str) -> tuple[str, ...]:
        """The boxes that were ticked."""
        return self.sent.ticked(name)

    def error(self, name: str) -> FieldError | None:
        """The first thing wrong with a field."""
        return next((error for error in self.errors if error.name == name), None)

    def with_problems(
        self, problems: Iterable[Problem | Mapping[str, str]], names: Mapping[str, str] | None = None
    ) -> "Filled":
        """The form with what a service refused; `names` turns its field names into the form's own."""
        refused = tuple(self.form.error_for(problem, names or {}) for problem in problems)
        return replace(self, errors=(*self.errors, *refused))

    def with_answer(self, answer: Mapping[str, object], names: Mapping[str, str] | None = None) -> "Filled":
        """The same form with a service's problem details (RFC 9457): its problems, else its one sentence."""
        problems = answer.get("problems")
        listed = [one for one in problems if isinstance(one, Mapping)] if isinstance(problems, list) else []
        sentence = str(
            answer.get("detail") or answer.get("title") or "Your answers could not be saved. Try again."
        )
        return self.with_problems(listed or [Problem("", sentence)], names)


class Form:
    """The questions of one page."""

    def __init__(self, *fields: Field) -> None:
        self._fields = {one.name: one for one in fields}

    def options(self, name: str) -> Sequence[tuple[str, str]]:
        """What a question of choices offers."""
        found = self._fields[name]
        return found.options if isinstance(found, Choice | Choices) else ()

    def blank(self) -> Filled:
        """Nothing typed yet."""
        return Filled(self)

    def showing(self, values: Mapping[str, object]) -> Filled:
        """The boxes filled with what is already known."""
        shown = [
            _shown(one, values[name]) for name, one in self._fields.items() if values.get(name) is not None
        ]
        return Filled(self, Sent({name: texts for boxes in shown for name, texts in boxes.items()}))

    def read(self, submitted: FormData | Mapping[str, str | UploadFile], today: date) -> Filled:
        """Check every field; `today` is what "today or in the past" is measured by."""
        sent = Sent(_boxes(submitted), today)
        values: dict[str, object] = {}
        errors: list[FieldError] = []
        for name, one in self._fields.items():
            try:
                values[name] = one.read(sent)
            except WrongError as wrong:
                target = f"{name}-{wrong.parts[0]}" if wrong.parts else one.first_id
                errors.append(FieldError(name, wrong.message, target, wrong.parts))
        return Filled(self, sent, values, tuple(errors))

    async def read_request(self, request: Request, today: date) -> Filled:
        """Check what the browser sent."""
        return self.read(await request.form(max_files=MAXIMUM_FILES, max_fields=MAXIMUM_FIELDS), today)

    def error_for(self, problem: Problem | Mapping[str, str], names: Mapping[str, str]) -> FieldError:
        """A service's problem beside the field it means; beside none when this page does not ask for it."""
        where = problem.field if isinstance(problem, Problem) else str(problem.get("field") or "")
        message = problem.message if isinstance(problem, Problem) else str(problem.get("message") or "")
        found = self._fields.get(names.get(where, where))
        if found is None:
            return FieldError(None, message, None)
        parts = DAY_PARTS if isinstance(found, Day) else ()
        return FieldError(found.name, message, found.first_id, parts)


def _boxes(submitted: FormData | Mapping[str, str | UploadFile]) -> dict[str, list[str | UploadFile]]:
    kept: dict[str, list[str | UploadFile]] = {}
    for name, value in submitted.multi_items() if isinstance(submitted, FormData) else submitted.items():
        kept.setdefault(name, []).append(value)
    return kept


def _shown(one: Field, value: object) -> dict[str, Sequence[str]]:
    if isinstance(one, Day) and isinstance(value, date):
        return {f"{one.name}-{part}": [str(getattr(value, part))] for part in DAY_PARTS}
    if isinstance(one, Choices) and isinstance(value, (list, tuple, set, frozenset)):
        return {one.name: [str(item) for item in value]}
    if isinstance(one, Money) and isinstance(value, int):
        return {one.name: [f"{Decimal(value) / 100:.2f}"]}
    return {one.name: [f"{value:f}" if isinstance(value, Decimal) else str(value)]}
