"""One whole running system for all journeys: real Kafka, real PostgreSQL, five processes.

With OFFSET_FUND_JOURNEY_URL=http://127.0.0.1 it is one that runs already on that host and the usual ports,
in containers for example (compose.yml).
"""

import os
from collections.abc import AsyncIterator, Mapping

import httpx2
import pytest

from deploy.local.databases import SERVICES
from deploy.local.demonstration import council
from deploy.local.demonstration.client import FundClient
from deploy.local.settings import PORTS, SystemSettings
from deploy.local.system import System
from deploy.local.temporary import temporary_state

RUNNING = os.environ.get("OFFSET_FUND_JOURNEY_URL")


@pytest.fixture(scope="session")
async def system() -> AsyncIterator[System | None]:
    """The system that we started; none where one runs already."""
    if RUNNING:
        yield None
        return
    async with temporary_state() as state, System(state, SystemSettings(durable=False)) as system:
        yield system


@pytest.fixture(scope="session")
async def urls(system: System | None) -> Mapping[str, str]:
    """Where each service of the system answers."""
    return {name: f"{RUNNING}:{PORTS[name]}" for name in SERVICES} if system is None else system.urls


@pytest.fixture(scope="session")
async def fund(urls: Mapping[str, str]) -> AsyncIterator[FundClient]:
    async with httpx2.AsyncClient(timeout=60) as http:
        yield FundClient("journey", urls, http)


@pytest.fixture(scope="session")
async def demonstration(fund: FundClient) -> FundClient:
    """The demonstration council, loaded once into the running system."""
    await council.load_council(dict(fund.urls))
    return FundClient("demonstration", fund.urls, fund.http)
