"""Where the parts of a fund are: that of `./deploy/up` on this machine, or one that the environment names."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from deploy.containers.told import ROLE_SETTINGS, RolePasswords
from deploy.local.databases import SERVICES, Database, Secrets, describe_databases
from deploy.local.missing import Missing
from deploy.local.ports import LOOPBACK
from deploy.local.postgres import SUPERUSER
from deploy.local.settings import SystemSettings
from deploy.local.state import State, state_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

SUPERUSER_SECRET = "postgresql-superuser"  # noqa: S105 - the name of a secret


@dataclass(frozen=True, slots=True)
class Fund:
    """One fund, as its environment and its state folder describe it."""

    environment: Mapping[str, str]
    state: State

    @classmethod
    def of_this_machine(cls) -> Fund:
        """The fund that this process's environment speaks of."""
        return cls(os.environ, State(state_folder()))

    @property
    def settings(self) -> SystemSettings:
        """The settings of `up`: ports, servers that are given, whether it is a demonstration."""
        return SystemSettings.from_environment(self.environment)

    @property
    def service_urls(self) -> dict[str, str]:
        """Where each service answers."""
        ports = self.settings.ports
        return {
            name: self.environment.get(f"OFFSET_FUND_{name.upper()}_URL", f"http://{LOOPBACK}:{ports[name]}")
            for name in SERVICES
        }

    @property
    def bootstrap_servers(self) -> str:
        """Where Kafka's clients begin."""
        settings = self.settings
        return settings.kafka_bootstrap_servers or f"{LOOPBACK}:{settings.ports['kafka']}"

    @property
    def superuser_url(self) -> str:
        """Where PostgreSQL answers (postgresql://...)."""
        settings = self.settings
        if settings.postgres_url:
            return settings.postgres_url
        if not (self.state.secrets / SUPERUSER_SECRET).exists():
            raise Missing("No fund was ever started here by ./deploy/up. Name one: OFFSET_FUND_POSTGRES_URL")
        password = self.state.secret(SUPERUSER_SECRET)
        return f"postgresql://{SUPERUSER}:{password}@{LOOPBACK}:{settings.ports['postgres']}/postgres"

    @property
    def secrets(self) -> Secrets:
        """What keeps the passwords of the databases' roles: the environment if it has any, else the state."""
        told = any(name in self.environment for name in ROLE_SETTINGS.values())
        return RolePasswords(self.environment) if told else self.state

    @property
    def databases(self) -> Mapping[str, Database]:
        """Each service's database, as its owner and as its runner reach it."""
        return describe_databases(self.superuser_url, self.secrets, self.settings.prefix)

    @property
    def files(self) -> dict[str, Path]:
        """Where each service keeps the files that people send."""
        folder = self.environment.get("OFFSET_FUND_FILES")
        return {name: (Path(folder) if folder else self.state.folder / "files") / name for name in SERVICES}
