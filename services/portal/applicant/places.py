"""Where in an application a page's answers belong: a whole section, or one row of a list in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from services.portal.applicant.drafts import Draft, digest
from shared.errors import NotFound

NEW = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A section; or, of a section that is a list, its row of this number from 1 (0: a new one).

    `asked` are the answers that a page of a whole section is about: only their change concerns it.
    """

    section: str
    number: int | None = None
    asked: tuple[str, ...] = ()

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a list."""
        return self.number is not None

    def current(self, draft: Draft) -> dict[str, Any]:
        """What is saved here now; empty for a new row."""
        if self.number is None:
            return draft.answers(self.section)
        rows = draft.rows(self.section)
        return dict(rows[self.number - 1]) if NEW < self.number <= len(rows) else {}

    def must_be_there(self, draft: Draft) -> None:
        """NotFound for a row that the list does not have."""
        if self.number and self.number > len(draft.rows(self.section)):
            raise NotFound("row.not_found", "This entry is no longer in your list. Go back to the list.")

    def seen(self, draft: Draft) -> str:
        """The mark of what a page shows of this place; a new row is never changed by others."""
        current = self.current(draft)
        if self.number is None:
            return digest({name: current.get(name) for name in self.asked})
        return digest(current)

    def with_answers(self, draft: Draft, values: Mapping[str, Any], seen: str) -> dict[str, Any]:
        """The whole section with these answers in this place."""
        answers = draft.answers(self.section)
        if self.number is None:
            return {**answers, **values}
        rows = draft.rows(self.section)
        index = self._index(rows, seen)
        if index is None:
            rows.append(dict(values))
        else:
            rows[index] = {**rows[index], **values}
        return {**answers, self.section: rows}

    def without(self, draft: Draft, seen: str) -> dict[str, Any]:
        """The whole section without this row."""
        rows = draft.rows(self.section)
        index = self._index(rows, seen)
        if index is not None:
            del rows[index]
        return {**draft.answers(self.section), self.section: rows}

    def names(self, draft: Draft, fields: Iterable[str]) -> dict[str, str]:
        """What the service calls these fields of this place -> the form's own names."""
        if self.number is None:
            return {name: name for name in fields}
        index = (self.number or len(draft.rows(self.section)) + 1) - 1
        return {f"{self.section}.{index}.{name}": name for name in fields}

    def is_still_as_seen(self, draft: Draft, seen: str) -> bool:
        """Whether nobody changed this place since its page was opened; a row may have moved up or down."""
        if self.number:
            return any(digest(row) == seen for row in draft.rows(self.section))
        return self.number == NEW or self.seen(draft) == seen

    def _index(self, rows: list[dict[str, Any]], seen: str) -> int | None:
        """The row as the page showed it, wherever it is now; else the one of that number."""
        if not self.number:
            return None
        same = [index for index, row in enumerate(rows) if digest(row) == seen]
        if self.number - 1 in same:
            return self.number - 1
        if same:
            return same[0]
        return self.number - 1 if self.number <= len(rows) else None


def row_number(given: str) -> int:
    """The number of a row as an address gives it: "new" or 1, 2, 3; NotFound for anything else."""
    if given == "new":
        return NEW
    if given.isascii() and given.isdecimal() and int(given[:4]) > 0:
        return int(given[:4])
    raise NotFound("row.not_found", "There is no such entry. Go back to the list.")
