"""One whole running system for all journeys: real Kafka, real PostgreSQL, five processes."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from deploy.local.demonstration import council
from deploy.local.demonstration.client import FundClient
from deploy.local.settings import SystemSettings
from deploy.local.system import System
from deploy.local.temporary import temporary_state


@pytest.fixture(scope="session")
async def system() -> AsyncIterator[System]:
    async with temporary_state() as state, System(state, SystemSettings(durable=False)) as running:
        yield running


@pytest.fixture(scope="session")
async def fund(system: System) -> AsyncIterator[FundClient]:
    async with httpx2.AsyncClient(timeout=60) as http:
        yield FundClient("journey", system.urls, http)


@pytest.fixture(scope="session")
async def demonstration(fund: FundClient) -> FundClient:
    """The demonstration council, loaded once into the running system."""
    await council.load_council(dict(fund.urls))
    return FundClient("demonstration", fund.urls, fund.http)
