"""What every event of the published language has in common."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Event(BaseModel):
    """A fact about the fund, in the past tense, that one service publishes and others may act on.

    Events carry ids, dated facts and text written to be published; never a person's name, contact, bank
    detail or free text about people. A new optional field keeps the version in `name`; anything else is a
    new version. Readers ignore fields they do not know.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    topic: ClassVar[str]
    name: ClassVar[str]
    key_field: ClassVar[str]

    @property
    def key(self) -> str:
        """The id of the aggregate the fact is about; events of one key keep their order."""
        return str(getattr(self, self.key_field))

    def as_older_versions(self) -> tuple["Event", ...]:
        """The same fact as each older version that is still published tells it: pure, and nothing made up.

        An event that replaces another answers with the older type here. The log stores only the newest; the
        relay sends the older beside it, under the same event id, and a reader handles one of them.
        """
        return ()


class Part(BaseModel):
    """A piece of an event, such as one pot's share of a grant."""

    model_config = ConfigDict(frozen=True, extra="ignore")
