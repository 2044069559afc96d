"""Kinds of field that only the applicant's pages need."""

from dataclasses import dataclass

from services.portal.layout.fields import Choices, Sent, WrongError


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation(Choices):
    """One box to be ticked, with its own sentence for when it is not."""

    unticked: str

    def read(self, sent: Sent) -> tuple[str, ...]:
        """The tick."""
        if not sent.ticked(self.name):
            raise WrongError(self.unticked)
        return super(Confirmation, self).read(sent)


def confirmation(name: str, words: str, unticked: str) -> Confirmation:
    """A box that says yes to one sentence."""
    return Confirmation(name=name, label="Confirmation", options=(("yes", words),), unticked=unticked)
