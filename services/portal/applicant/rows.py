"""A section that is a list: its entries, "Add another", and the page that removes one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from starlette.responses import Response

from services.portal.applicant.drafts import Draft, go_on
from services.portal.applicant.places import Place
from services.portal.applicant.saving_answers import ChangedMeanwhileError, Saving
from services.portal.identity.pages_rule import Page, SentForm
from services.portal.layout.templates import render
from shared.errors import Conflict

Line: TypeAlias = tuple[str, str | None, str]
"""A question in short, its answer in words, and which page of the row changes it ("" for its first)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row as its list shows it: a title, its answers in words, and the page that changes it."""

    title: str
    lines: Sequence[Line]
    number: int
    problems: Sequence[str] = ()

    @property
    def rows_to_read(self) -> list[tuple[str, str | None]]:
        """Its answers without the pages that change them."""
        return [(label, words) for label, words, _ in self.lines]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsPage:
    """The list page of a section; `folder` is its part of the address, `thing` one entry in words."""

    section: str
    folder: str
    thing: str
    template: str
    title_of: Callable[[Mapping[str, Any]], str]
    lines_of: Callable[[Mapping[str, Any]], Sequence[Line]]

    def entries(self, draft: Draft) -> list[Entry]:
        """The rows as the list shows them."""
        return [
            Entry(
                title=self.title_of(row) or f"{self.thing.capitalize()} {number}",
                lines=self.lines_of(row),
                number=number,
                problems=self._problems(draft, number),
            )
            for number, row in enumerate(draft.rows(self.section), start=1)
        ]

    def show(self, page: Page, draft: Draft, **more: Any) -> Response:
        """The list."""
        if not draft.is_draft:
            return go_on(draft.path())
        entries = self.entries(draft)
        return render(
            page.request, f"applicant/{self.template}", draft=draft, list=self, entries=entries, **more
        )

    def ask_to_remove(self, page: Page, draft: Draft, number: int) -> Response:
        """Whether the entry shall really go."""
        if not draft.is_draft:
            return go_on(draft.path())
        place = Place(self.section, number)
        place.must_be_there(draft)
        return render(
            page.request,
            "applicant/remove.html",
            draft=draft,
            list=self,
            entry=self.entries(draft)[number - 1],
            seen=place.seen(draft),
        )

    async def remove(self, sent: SentForm, draft: Draft, number: int) -> Response:
        """Take the entry out, if it is still what the page showed, and go back to the list."""
        place = Place(self.section, number)
        try:
            await Saving(sent=sent, place=place, compose=place.without).carry_out(draft)
        except ChangedMeanwhileError:
            message = (
                f"This {self.thing} was changed in another tab after you opened the page, so it was not "
                "removed. Go back to the list and look at it again."
            )
            raise Conflict("row.changed", message) from None
        return go_on(draft.path(self.folder))

    def _problems(self, draft: Draft, number: int) -> list[str]:
        """What the service says is missing or wrong in this row."""
        start = f"{self.section}.{number - 1}."
        return [
            problem["message"]
            for task in draft.tasks()
            for problem in task["missing"]
            if problem["field"].startswith(start)
        ]
