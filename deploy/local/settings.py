"""What the person who starts the fund may choose, by environment variables that begin with OFFSET_FUND_."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from deploy.local.missing import Missing

if TYPE_CHECKING:
    from collections.abc import Mapping

PORTS = {
    "portal": 8000,
    "contributions": 8001,
    "applications": 8002,
    "assessment": 8003,
    "monitoring": 8004,
    "postgres": 54329,
    "kafka": 39092,
    "kafka_controller": 39093,
}
FREE_PORTS = dict.fromkeys(PORTS, 0)


def port_setting(name: str) -> str:
    """The environment variable that changes this port."""
    return f"OFFSET_FUND_{name.upper()}_PORT"


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemSettings:
    """How one whole fund is run; port 0 is any free one; servers that are given are not started."""

    prefix: str = "offset_fund"
    ports: Mapping[str, int] = field(default_factory=lambda: dict(FREE_PORTS))
    postgres_url: str | None = None
    kafka_bootstrap_servers: str | None = None
    durable: bool = True
    demonstration: bool = True
    front_end: bool = True

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> SystemSettings:
        """Read the settings of `up`; a value that is no port is refused by name."""
        return cls(
            ports={name: _port(environment, name, usual) for name, usual in PORTS.items()},
            postgres_url=environment.get("OFFSET_FUND_POSTGRES_URL"),
            kafka_bootstrap_servers=environment.get("OFFSET_FUND_KAFKA_BOOTSTRAP_SERVERS"),
            demonstration=environment.get("OFFSET_FUND_DEMONSTRATION", "true").lower() != "false",
        )


def _port(environment: Mapping[str, str], name: str, usual: int) -> int:
    text = environment.get(port_setting(name), str(usual))
    if not (text.isdecimal() and int(text) <= 65535):  # noqa: PLR2004 -- the highest port there is
        raise Missing(
            f"{port_setting(name)}={text} is not a port. Give a number up to 65535; 0 for a free one."
        )
    return int(text)
