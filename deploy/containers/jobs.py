"""The jobs that run once, before the services: databases, migrations, topics; and the demonstration."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

from sqlalchemy import make_url

from deploy.containers.told import PREFIX, RolePasswords, needed, owner_setting, password
from deploy.local.databases import SERVICES, create_databases
from deploy.local.kafka import answers as kafka_answers
from deploy.local.kafka import quiet_client
from deploy.local.missing import Missing
from deploy.local.postgres import answers as postgres_answers
from deploy.local.progress import step
from deploy.local.readiness import until_it_answers
from deploy.local.topics import create_topics
from shared.messaging.migrate import migrate

if TYPE_CHECKING:
    from collections.abc import Mapping

POSTGRES = "OFFSET_FUND_POSTGRES_URL"
KAFKA = "OFFSET_FUND_KAFKA_BOOTSTRAP_SERVERS"
DEMONSTRATION = "OFFSET_FUND_DEMONSTRATION"


async def databases(environment: Mapping[str, str] = os.environ) -> None:
    """Make the role and database of each service that are absent, and set the passwords of all."""
    url = needed(POSTGRES, environment)
    await until_it_answers("PostgreSQL", lambda: postgres_answers(url))
    with step("Preparing databases and their roles"):
        await create_databases(url, RolePasswords(environment), PREFIX)


async def migrations(environment: Mapping[str, str] = os.environ) -> None:
    """Bring every service's database to its newest schema, each as its owner."""
    for service in SERVICES:
        with step(f"Migrating {service}"):
            await asyncio.to_thread(migrate, service, owner_url(service, environment), f"{PREFIX}_{service}")


async def topics(environment: Mapping[str, str] = os.environ) -> None:
    """Make every topic that is absent; one of another shape is refused."""
    bootstrap_servers = needed(KAFKA, environment)
    with quiet_client():
        await until_it_answers("Kafka", lambda: kafka_answers(bootstrap_servers))
    with step("Preparing topics"):
        await create_topics(bootstrap_servers)


async def demonstration(environment: Mapping[str, str] = os.environ) -> None:
    """Load the demonstration council; loaded again, it changes nothing."""
    from deploy.local.demonstration.council import load_council

    if environment.get(DEMONSTRATION, "false").lower() != "true":
        raise Missing(f"The invented council is loaded only where {DEMONSTRATION}=true.")
    urls = {name: needed(f"OFFSET_FUND_{name.upper()}_URL", environment) for name in SERVICES}
    with step("Loading the demonstration council"):
        await load_council(urls)


def owner_url(service: str, environment: Mapping[str, str] = os.environ) -> str:
    """Where this service's database is, as its owner reaches it (postgresql+asyncpg://...)."""
    name = f"{PREFIX}_{service}"
    place = make_url(needed(POSTGRES, environment)).set(
        drivername="postgresql+asyncpg",
        username=f"{name}_owner",
        password=password(owner_setting(service), environment),
        database=name,
    )
    return place.render_as_string(hide_password=False)
