"""What every body sent to this service has in common."""

from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator

NUL = "\0"
"""A character that no keyboard types and PostgreSQL cannot hold."""


class Body(BaseModel):
    """A body whose unknown fields are refused: a slip in a name must not lose an answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _without_nul(cls, sent: Any) -> Any:
        return without_nul(sent)


def without_nul(sent: Any) -> Any:
    """The same content, its texts without NUL characters."""
    if isinstance(sent, str):
        return sent.replace(NUL, "")
    if isinstance(sent, dict):
        return {key: without_nul(value) for key, value in sent.items()}
    if isinstance(sent, list):
        return [without_nul(value) for value in sent]
    return sent
