"""What bodies that change a deed have in common: only the fields that are sent change, by their names."""

from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, StringConstraints

from services.contributions.domain.register.agreement import Developer

Words: TypeAlias = Annotated[str, StringConstraints(strip_whitespace=True)]


class DeveloperBody(BaseModel):
    """Who is bound to pay. Only the name of an organisation is ever published."""

    name: Words
    is_organisation: bool = False

    def as_developer(self) -> Developer:
        """The developer as the register keeps it."""
        return Developer(self.name, self.is_organisation)


class ObligationTerms(BaseModel):
    """Terms of an obligation, in pence and months; what is not sent stays, null takes a limit away."""

    purpose: str | None = None
    amount_pence: int | None = None
    trigger: Words = ""
    spend_by_months: int | None = None
    wards: frozenset[str] = frozenset()
    allowed_purposes: frozenset[str] = frozenset()


def changes_of(body: BaseModel, *, leaving: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The fields that were sent, without those that say something about the change itself."""
    sent = {name: getattr(body, name) for name in body.model_fields_set - leaving}
    return {
        name: value.as_developer() if isinstance(value, DeveloperBody) else value
        for name, value in sent.items()
    }
