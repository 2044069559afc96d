"""A ledger of effects on a fresh database for each test."""

from collections.abc import AsyncIterator

import pytest

from tests.support.messaging import Ledger, ledger


@pytest.fixture
async def effects(postgres_url: str) -> AsyncIterator[Ledger]:
    async with ledger(postgres_url) as made:
        yield made
