"""What a form says of an agreement or obligation, as the service takes it.

All of it is sent, changed or not: a second click sends the same, and the service sees what differs.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from services.portal.layout.forms import Filled
from services.portal.sending import as_json, lines
from shared.errors import Problem

NO_KIND = Problem("developer_kind", "Select whether the developer is an organisation or a person")


def with_developer_checked(filled: Filled) -> Filled:
    """The form with what is wrong where a developer is named without saying what they are."""
    named, kind = filled.values.get("developer"), filled.values.get("developer_kind")
    return filled.with_problems([NO_KIND]) if named and not kind else filled


def developer_of(values: Mapping[str, object]) -> dict[str, object] | None:
    """The developer of a form as the service takes it."""
    if not values.get("developer"):
        return None
    is_organisation = values.get("developer_kind") == "organisation"
    return {"name": values["developer"], "is_organisation": is_organisation}


def own_fields(values: Mapping[str, object], names: Sequence[str]) -> dict[str, Any]:
    """The named fields of an agreement as JSON, with its developer."""
    return {**{name: as_json(values[name]) for name in names}, "developer": developer_of(values)}


def terms_of(values: Mapping[str, object], names: Sequence[str], prefix: str = "") -> dict[str, Any]:
    """The named terms of an obligation as JSON; its wards are typed one to a line."""
    told: dict[str, Any] = {name: as_json(values[f"{prefix}{name}"]) for name in names}
    return {**told, "wards": lines(values[f"{prefix}wards"])}
