"""An application: a draft saved section by section, then frozen by its submission."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID, uuid5

from services.applications.domain.checks import listed
from services.applications.domain.fund import Fund
from services.applications.domain.grant import Grant
from services.applications.domain.organisation import Organisation
from services.applications.domain.request import request_refusal
from services.applications.domain.saving import ABOVE_USE
from services.applications.domain.sections import Answers, Measures, Section, SectionName
from services.applications.domain.submission import submission_of
from services.applications.domain.task_list import saving_refusal, tasks
from shared.checks import future_refusal, refuse_all
from shared.errors import Conflict, Invalid, Problem
from shared.events.applications import ApplicationSubmitted
from shared.wording import in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What an organisation asks a fund for.

    `version` counts saves of the draft, so that two tabs do not overwrite one another; `sequence` counts
    the events published about it. `submission` is what was sent, frozen with the terms of that day.
    """

    id: UUID
    reference: str
    fund: Fund
    organisation: Organisation
    answers: Answers = field(default_factory=Answers)
    version: int = 0
    sequence: int = 0
    submission: ApplicationSubmitted | None = None
    grant: Grant | None = None

    def save_section(self, section: Section, *, version: int, today: date) -> "Application":
        """The draft with one section's answers replaced, if nobody changed it since `version` was read."""
        self._refuse_when_submitted("change it")
        if version != self.version:
            raise Conflict(
                "application.changed",
                "This application was changed in another tab or by somebody else after you opened this page. "
                "Nothing was overwritten: your text is still shown. Reload to see the other change, "
                "then save again.",
            )
        named = self._with_ids(section)
        changed = self.answers.with_section(named)
        refuse_all("answers.invalid", named.wrong(self.fund.terms))
        refuse_all("answers.invalid", self._too_much(changed, named, today))
        return replace(self, answers=changed, version=self.version + 1)

    def submit(self, *, submitted_on: date, today: date) -> tuple["Application", ApplicationSubmitted]:
        """The application as sent, with its promise and the terms of the day frozen."""
        self._refuse_when_submitted("send it again")
        refuse_all("submission.invalid", self._date_refusals(submitted_on, today))
        missing = [
            Problem(task.section, problem.message)
            for task in tasks(self.answers, self.fund.terms, on=submitted_on)
            for problem in task.missing
        ]
        if missing:
            things = "1 thing is" if len(missing) == 1 else f"{len(missing)} things are"
            message = f"{things} missing before you can send this application."
            raise Invalid("submission.incomplete", message, problems=missing)
        event = submission_of(
            self.id, self.reference, self.fund.terms, self.organisation, self.answers, submitted_on
        )
        return replace(self, submission=event, sequence=self.sequence + 1), event

    def _date_refusals(self, submitted_on: date, today: date) -> Iterable[Invalid | None]:
        yield future_refusal(submitted_on, today=today, field="submitted_on", name="The application")
        if submitted_on < self.fund.opens_on:
            message = (
                f"{self.fund.terms.name} takes applications from {in_words(self.fund.opens_on)}. "
                "Send it on that day or later."
            )
            yield Invalid("fund.not_open", message, field="submitted_on")

    def _refuse_when_submitted(self, what: str) -> None:
        if self.submission is not None:
            sent_on = in_words(self.submission.submitted_on)
            message = f"This application was sent on {sent_on}. You can read it, but you cannot {what}."
            raise Conflict("application.submitted", message)

    def _too_much(self, answers: Answers, section: Section, today: date) -> Iterable[Invalid | None]:
        """More money than may be asked for, more energy saved than is used."""
        if section.section is SectionName.MATCH_FUNDING:
            yield request_refusal(answers, self.fund.terms)
        if section.section is SectionName.MEASURES:
            refusal = saving_refusal(answers, self.fund.terms, on=today)
            yield refusal if refusal is not None and refusal.code == ABOVE_USE else None

    def _with_ids(self, section: Section) -> Section:
        """Measures are known by an id from their first save on; the caller may name it."""
        if not isinstance(section, Measures):
            return section
        place = f"measure of version {self.version + 1}, row"
        named = (
            measure if measure.measure_id else replace(measure, measure_id=uuid5(self.id, f"{place} {row}"))
            for row, measure in enumerate(section.measures)
        )
        return Measures(measures=tuple(named))


def start_application(
    application_id: UUID, reference: str, fund: Fund, organisation: Organisation
) -> Application:
    """An empty draft; refused when the fund is not for that kind of organisation."""
    kinds = fund.terms.organisation_kinds
    if organisation.kind not in kinds:
        message = (
            f"{fund.terms.name} is not for a {listed([organisation.kind])}. It is for: {listed(kinds)}. "
            "Choose another fund, or another organisation."
        )
        raise Invalid("organisation.kind_not_eligible", message, field="organisation_id")
    return Application(id=application_id, reference=reference, fund=fund, organisation=organisation)
