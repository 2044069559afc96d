"""What is answered, what is still missing: the task list of an application."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.applications.domain.request import request_refusal
from services.applications.domain.saving import PromisedSaving, edition_on, promise
from services.applications.domain.sections import Answers, Energy, Section, SectionName
from shared.errors import Invalid, Problem
from shared.events.applications import FundTerms


class TaskState(StrEnum):
    """How far a section is."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Task:
    """One section of the task list, and what to do before it is complete."""

    section: SectionName
    state: TaskState
    missing: tuple[Problem, ...]


def tasks(answers: Answers, terms: FundTerms, *, on: date) -> tuple[Task, ...]:
    """The state of every section, judged with the factors of the day."""
    return tuple(_task(name, answers, terms, on) for name in SectionName)


def promised(answers: Answers, terms: FundTerms, *, on: date) -> PromisedSaving:
    """The saving of the measures as far as answered; Invalid where they are incomplete or contradict."""
    measures = answers.measures
    if measures is None or any(True for _ in measures.missing(terms)):
        message = "Complete the measures first: the saving is worked out from them."
        raise Invalid("saving.incomplete", message, field="measures")
    return promise(measures.measures, (answers.energy or Energy()).used_kwh(), edition_on(on))


def _task(name: SectionName, answers: Answers, terms: FundTerms, on: date) -> Task:
    section = answers.section(name)
    if section is None:
        todo = Problem(name, f"Answer the questions of “{name.replace('_', ' ').capitalize()}”.")
        return Task(name, TaskState.NOT_STARTED, (todo,))
    missing = (*_wrong_by_now(section, terms), *section.missing(terms))
    missing = missing or tuple(_contradictions(name, answers, terms, on))
    return Task(name, TaskState.IN_PROGRESS if missing else TaskState.COMPLETE, missing)


def _wrong_by_now(section: Section, terms: FundTerms) -> Iterator[Problem]:
    for refusal in section.wrong(terms):
        if refusal is not None:
            yield from refusal.problems


def _contradictions(name: SectionName, answers: Answers, terms: FundTerms, on: date) -> Iterator[Problem]:
    refusal = None
    if name is SectionName.MATCH_FUNDING:
        refusal = request_refusal(answers, terms)
    elif name is SectionName.MEASURES:
        refusal = saving_refusal(answers, terms, on=on)
    elif name is SectionName.ENERGY:
        yield from _later_than(answers.energy or Energy(), on)
    if refusal is not None:
        yield from refusal.problems


def saving_refusal(answers: Answers, terms: FundTerms, *, on: date) -> Invalid | None:
    """Why no saving can be worked out from the answers, if it cannot."""
    try:
        promised(answers, terms, on=on)
    except Invalid as refusal:
        return refusal
    return None


def _later_than(energy: Energy, on: date) -> Iterator[Problem]:
    for row, use in enumerate(energy.energy):
        if use.period_end is not None and use.period_end > on:
            message = f"Row {row + 1}: the twelve months are not over yet. Give months that are."
            yield Problem(f"energy.{row}.period_end", message)
