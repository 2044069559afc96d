"""A draft of an import: files that are looked at before anything is taken."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NoReturn
from uuid import UUID

from shared.errors import Conflict


class DraftState(StrEnum):
    """Where a draft is: read, previewed, being taken; the last three are its ends."""

    READING = "reading"
    PREVIEWED = "previewed"
    COMMITTING = "committing"
    COMMITTED = "committed"
    REFUSED = "refused"
    THROWN_AWAY = "thrown_away"


UNDER_WAY = {DraftState.READING, DraftState.COMMITTING}
"""What the service works on of itself; a process that dies leaves it to be done again."""
WHY_NOT = {
    DraftState.READING: "The files are still being read. Wait for what they would change.",
    DraftState.PREVIEWED: "Look at what the files would change, then take them or throw them away.",
    DraftState.COMMITTING: "These files are being taken just now. Wait for the report.",
    DraftState.COMMITTED: "These files were taken already. Look at the report.",
    DraftState.REFUSED: "These files could not be read. Send better ones.",
    DraftState.THROWN_AWAY: "These files were thrown away. Send them again.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Files of one organisation, and what tells whether the preview that was shown is still true."""

    id: UUID
    organisation: str
    state: DraftState
    fingerprint: str | None = None
    exported_on: date | None = None
    takes_changes: bool = False

    def commit(self) -> "Draft":
        """The draft once somebody who saw its preview has said that it shall be taken."""
        if self.state is not DraftState.PREVIEWED:
            self._refuse("import_draft.not_previewed")
        return replace(self, state=DraftState.COMMITTING)

    def read_again(self) -> "Draft":
        """The draft to be read anew, for what its rows mean has changed."""
        if self.state is not DraftState.PREVIEWED:
            self._refuse("import_draft.not_previewed")
        return replace(self, state=DraftState.READING)

    def decide(self, *, takes_changes: bool) -> "Draft":
        """The draft once somebody has said whether what it says otherwise than before is taken or left."""
        return replace(self.read_again(), takes_changes=takes_changes)

    def throw_away(self) -> "Draft":
        """The draft without any effect for good."""
        if self.state in {DraftState.COMMITTING, DraftState.COMMITTED, DraftState.THROWN_AWAY}:
            self._refuse("import_draft.not_open")
        return replace(self, state=DraftState.THROWN_AWAY)

    def _refuse(self, code: str) -> NoReturn:
        raise Conflict(code, WHY_NOT[self.state])
