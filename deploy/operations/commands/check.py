"""Make every service's start-up checks without starting it; exit code 1 when one would refuse."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import asyncpg
from aiokafka.errors import KafkaError
from pydantic import ValidationError

from deploy.operations.shown import show
from services.portal.settings import PortalSettings
from shared.settings import ServiceSettings
from shared.startup import database_refusals, secret_refusals, topic_refusals
from shared.startup.refusing import settings_refusals

if TYPE_CHECKING:
    import argparse

    from deploy.local.databases import Database
    from deploy.operations.fund import Fund


def add(commands: Any) -> None:
    """Add `check`."""
    commands.add_parser("check", help=__doc__).set_defaults(run=_run)


async def _run(given: argparse.Namespace, fund: Fund) -> int:
    names = fund.databases
    answers = await asyncio.gather(*(_service(fund, each) for each in names.values()), _topics(fund))
    refusals = dict(zip([*names, "kafka"], answers, strict=True))
    lines = [f"{name}: {' '.join(found) or 'may start'}" for name, found in refusals.items()]
    show(refusals, as_json=given.json, text="\n".join(lines))
    return 1 if any(answers) else 0


async def _service(fund: Fund, database: Database) -> list[str]:
    try:
        found = secret_refusals(_settings(fund, database))
        return found + await database_refusals(database.service, database.url)
    except ValidationError as error:
        return settings_refusals(error)
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        return [f"The database does not answer ({error})."]


def _settings(fund: Fund, database: Database) -> ServiceSettings:
    """What the service would be told; its keys come from our environment, as they would from its own."""
    kind = PortalSettings if database.service == "portal" else ServiceSettings
    return kind(
        database_url=database.url,
        kafka_bootstrap_servers=fund.bootstrap_servers,
        port=fund.settings.ports[database.service],
        demonstration=fund.settings.demonstration,
    )


async def _topics(fund: Fund) -> list[str]:
    try:
        return await topic_refusals(fund.bootstrap_servers)
    except (KafkaError, OSError, TimeoutError) as error:
        return [f"Kafka does not answer at {fund.bootstrap_servers} ({type(error).__name__})."]
