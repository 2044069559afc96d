"""Saving part of a draft: a second click does nothing twice, no other tab is overwritten unseen."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from services.portal.applicant.drafts import Draft, digest, open_draft
from services.portal.applicant.places import Place
from services.portal.clients import ServiceProblem
from services.portal.identity.pages_rule import SentForm
from shared.errors import Invalid

ATTEMPTS = 3
CHANGED = "application.changed"
SENT_BEFORE = "idempotency_key.reused"
NOT_TYPED = frozenset({"csrf_token", "idempotency_key", "version", "seen"})

Compose: TypeAlias = Callable[[Draft, str], dict[str, Any]]
"""The whole section to be saved, from the draft as it is now and the mark of what the page showed."""


class ChangedMeanwhileError(Exception):
    """Somebody else, or another tab, changed what the page was about; `draft` is how it is now."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("changed meanwhile")
        self.draft = draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """One press of the button: the form that was sent, and where its answers belong."""

    sent: SentForm
    place: Place
    compose: Compose

    async def carry_out(self, draft: Draft) -> None:
        """Save on the version that the page was opened at, or a newer one that left this place alone.

        Raises ChangedMeanwhileError, or ServiceProblem with what the service refuses.
        """
        version = opened_at(self.sent)
        for _ in range(ATTEMPTS):
            try:
                await self._put(draft, version)
            except ServiceProblem as problem:
                if problem.code == SENT_BEFORE:
                    return
                if problem.code != CHANGED:
                    raise
            else:
                return
            draft = await open_draft(self.sent, draft.id)
            version = draft.version
            if not self.place.is_still_as_seen(draft, self._seen):
                break
        raise ChangedMeanwhileError(draft)

    @property
    def _seen(self) -> str:
        return str(self.sent.fields.get("seen") or "")

    async def _put(self, draft: Draft, version: int) -> None:
        path = f"/applications/{draft.id}/sections/{self.place.section}"
        body = {"version": version, **self.compose(draft, self._seen)}
        await self.sent.services.applications.put(path, body, key=content_key(self.sent))


def opened_at(sent: SentForm) -> int:
    """The version of the draft when the page was opened, from its hidden field."""
    given = str(sent.fields.get("version") or "")
    if not given.isdecimal() or len(given) > 9:  # noqa: PLR2004 - no draft is saved a billion times
        raise Invalid("version.missing", "This page was incomplete. Go back, reload it and try again.")
    return int(given)


def content_key(sent: SentForm) -> str:
    """The form's key for what was typed: the same for a second click, another once it was changed."""
    typed = [(name, str(value)) for name, value in sent.fields.multi_items() if name not in NOT_TYPED]
    return f"{sent.idempotency_key}:{digest(sorted(typed))}"


def content_id(sent: SentForm, thing: str) -> UUID:
    """The id of a thing recorded with what was typed: the same for a second click only."""
    return sent.id_for(f"{thing}:{content_key(sent)}")
