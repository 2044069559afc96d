"""An application as its own applicant's pages work with it: what the applications service tells of it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from starlette.responses import RedirectResponse

from services.portal.identity.pages_rule import Page

HOME = "/applicant"


@dataclass(frozen=True, slots=True)
class Draft:
    """One application of the person's organisation; `told` is the service's answer."""

    told: Mapping[str, Any]

    @property
    def id(self) -> UUID:
        """The application's id."""
        return UUID(str(self.told["application_id"]))

    @property
    def reference(self) -> str:
        """The readable reference, such as COF-2019-0001."""
        return str(self.told["reference"])

    @property
    def version(self) -> int:
        """How often the draft was saved."""
        return int(self.told["version"])

    @property
    def status(self) -> str:
        """The state's code."""
        return str(self.told["status"])

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return self.status == "draft"

    @property
    def terms(self) -> Mapping[str, Any]:
        """The fund's terms."""
        terms: Mapping[str, Any] = self.told["fund"]["terms"]
        return terms

    @property
    def figures(self) -> Mapping[str, Any]:
        """Its sums, in pence."""
        figures: Mapping[str, Any] = self.told.get("figures") or {}
        return figures

    @property
    def offer(self) -> Mapping[str, Any]:
        """The grant offered; empty where there is none."""
        offer: Mapping[str, Any] = self.told.get("offer") or {}
        return offer

    @property
    def decision(self) -> Mapping[str, Any]:
        """What the fund decided, with its reasons; empty where it has not."""
        decision: Mapping[str, Any] = self.told.get("decision") or {}
        return decision

    def answers(self, section: str) -> dict[str, Any]:
        """What is saved of a section; empty where it never was."""
        return dict((self.told.get("sections") or {}).get(section) or {})

    def rows(self, section: str) -> list[dict[str, Any]]:
        """The rows of a section that is a list, such as the costs."""
        return list(self.answers(section).get(section) or [])

    def tasks(self) -> Sequence[Mapping[str, Any]]:
        """How far each section is, and what is missing in it."""
        tasks: Sequence[Mapping[str, Any]] = self.told["tasks"]
        return tasks

    def path(self, rest: str = "") -> str:
        """The address of its page, or of one below."""
        return f"{HOME}/applications/{self.id}{'/' if rest else ''}{rest}"


async def open_draft(page: Page, application_id: UUID) -> Draft:
    """The application, if it is one of the person's own: for everybody else there is none."""
    return Draft(await page.services.applications.get(f"/applications/{application_id}"))


def digest(answers: Any) -> str:
    """Short mark of what a page showed, by which it knows later whether that was changed."""
    plain = json.dumps(answers, sort_keys=True, default=str)
    return hashlib.sha256(plain.encode()).hexdigest()[:24]


def go_on(path: str) -> RedirectResponse:
    """On to another page after a form, so that reloading sends nothing again."""
    return RedirectResponse(path, 303)


def id_or_nothing(given: str) -> str:
    """An id of an address, or nothing where it is none."""
    try:
        return str(UUID(given))
    except ValueError:
        return ""
