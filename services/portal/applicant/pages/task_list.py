"""The application itself: its task list while it is a draft, where it stands once it was sent."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.applicant.drafts import Draft, open_draft
from services.portal.applicant.wording import SECTION_TITLES, first_day, status_words
from services.portal.identity.pages_rule import Page, page
from services.portal.layout.filters import day, pounds
from services.portal.layout.templates import render
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)

COMPLETED, INCOMPLETE, PROBLEM = "Completed", "Incomplete", "There is a problem"
NOT_YET = "Cannot start yet"
FOLDERS = {"match_funding": "match-funding"}
HINTS = {
    "who": "What the organisation is, and that you may apply for it",
    "building": "Where it is, what it is used for and whose it is",
    "measures": "What will be done, and what each measure saves",
    "energy": "Twelve months of each fuel, from your bills",
    "costs": "With VAT and quotes",
    "match_funding": "What others give, and what you ask the fund for",
}


@router.get("/applicant/applications/{application_id}")
async def show_application(application_id: UUID, page: Annotated[Page, page(Role.APPLICANT)]) -> Response:
    """The task list of a draft; the state, decision, offer and claims of what was sent."""
    draft = await open_draft(page, application_id)
    if not draft.is_draft:
        label, sentence, colour = status_words(draft.status)
        return render(
            page.request,
            "applicant/application.html",
            draft=draft,
            label=label,
            sentence=sentence,
            colour=colour,
            decision_rows=_decision_rows(draft),
            sent_on=first_day(draft.told["submitted_on"]),
        )
    tasks = section_tasks(draft)
    done = sum(task["status"] == COMPLETED for task in tasks)
    all_tasks = [*tasks, _saving_task(draft, tasks), _check_task(draft, tasks)]
    return render(
        page.request,
        "applicant/task_list.html",
        draft=draft,
        tasks=all_tasks,
        done=done,
        count=len(tasks),
        building=draft.answers("building").get("name"),
    )


def _decision_rows(draft: Draft) -> list[tuple[str, str]]:
    if not draft.decision:
        return []
    awarded = draft.decision["amount_pence"]
    rows = [("Decided on", day(first_day(draft.decision["decided_on"])))]
    return [*rows, ("Grant awarded", pounds(awarded))] if awarded else rows


def section_tasks(draft: Draft) -> list[dict[str, Any]]:
    """Every section with its state in the words of the task list."""
    return [
        {
            "title": SECTION_TITLES[task["section"]],
            "href": draft.path(FOLDERS.get(task["section"], task["section"])),
            "status": _status(draft, task),
            "hint": _hint(draft, task),
        }
        for task in draft.tasks()
    ]


def is_complete(draft: Draft) -> bool:
    """Whether every section is, so that the application can be sent."""
    return all(task["state"] == "complete" for task in draft.tasks())


def _status(draft: Draft, task: Mapping[str, Any]) -> str:
    if task["state"] == "complete":
        return COMPLETED
    return PROBLEM if _wrong(draft, task) else INCOMPLETE


def _hint(draft: Draft, task: Mapping[str, Any]) -> str:
    wrong = _wrong(draft, task)
    return wrong[0] if wrong else HINTS[task["section"]]


def _wrong(draft: Draft, task: Mapping[str, Any]) -> list[str]:
    """What was answered and cannot stand, unlike what is only missing."""
    answers = draft.answers(task["section"])
    return [one["message"] for one in task["missing"] if _answered(answers, one["field"])]


def _answered(answers: Any, field: str) -> bool:
    for part in field.split("."):
        if isinstance(answers, list):
            answers = answers[int(part)] if part.isdecimal() and int(part) < len(answers) else None
        else:
            answers = answers.get(part) if isinstance(answers, Mapping) else None
    return answers not in (None, "", False, [])


def _saving_task(draft: Draft, tasks: list[dict[str, Any]]) -> dict[str, Any]:
    states = {task["section"]: task["state"] for task in draft.tasks()}
    title = "The saving you promise"
    if states["measures"] == states["energy"] == "complete":
        hint = "Worked out for you, step by step"
        return {"title": title, "href": draft.path("saving"), "status": COMPLETED, "hint": hint}
    needed = [
        task["title"] for task in tasks if task["title"] in _SAVING_NEEDS and task["status"] != COMPLETED
    ]
    return {"title": title, "status": NOT_YET, "hint": f"Complete first: {', '.join(needed)}"}


_SAVING_NEEDS = {SECTION_TITLES["measures"], SECTION_TITLES["energy"]}


def _check_task(draft: Draft, tasks: list[dict[str, Any]]) -> dict[str, Any]:
    title = "Check your answers and send"
    if is_complete(draft):
        return {"title": title, "href": draft.path("check"), "status": INCOMPLETE}
    left = sum(task["status"] != COMPLETED for task in tasks)
    hint = f"Complete the {left} sections above first" if left > 1 else "Complete the section above first"
    return {"title": title, "status": NOT_YET, "hint": hint}
