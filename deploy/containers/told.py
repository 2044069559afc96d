"""What a job of the containers is told: its own variables, and the passwords of the databases' roles."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deploy.local.databases import SERVICES
from deploy.local.missing import Missing

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "offset_fund"
SUPERUSER_PASSWORD = "OFFSET_FUND_POSTGRES_PASSWORD"  # noqa: S105 - the name of a setting
FIT_FOR_AN_ADDRESS = re.compile(r"[A-Za-z0-9_-]{16,}")
"""A password stands in the address of a database: what would have to be escaped there is refused."""


def runner_setting(service: str) -> str:
    """The variable with the password of the role that this service runs as."""
    return f"OFFSET_FUND_{service.upper()}_PASSWORD"


def owner_setting(service: str) -> str:
    """The variable with the password of the role that migrates this service's database."""
    return f"OFFSET_FUND_{service.upper()}_OWNER_PASSWORD"


def needed(name: str, environment: Mapping[str, str] = os.environ) -> str:
    """Give the value of this variable; complain by name when it is absent or empty."""
    if value := environment.get(name):
        return value
    raise Missing(f"{name} is not set. `python -m deploy.containers settings` writes all that is needed.")


def password(name: str, environment: Mapping[str, str] = os.environ) -> str:
    """Give the password in this variable; one that is short or does not fit an address is refused."""
    value = needed(name, environment)
    if FIT_FOR_AN_ADDRESS.fullmatch(value):
        return value
    raise Missing(f"{name} must be 16 or more letters, digits, dashes or underscores.")


@dataclass(frozen=True, slots=True)
class RolePasswords:
    """The passwords of the databases' roles, as the environment tells them."""

    environment: Mapping[str, str]

    def secret(self, name: str) -> str:
        """Give the password of the role that `deploy.local.databases` asks for by this name."""
        return password(ROLE_SETTINGS[name], self.environment)


ROLE_SETTINGS = {
    f"role-{PREFIX}_{service}{ending}": setting(service)
    for service in SERVICES
    for ending, setting in (("", runner_setting), ("_owner", owner_setting))
}
"""The name of each role's secret, and the variable that holds it."""
