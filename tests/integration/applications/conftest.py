"""The applications service on a fresh database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.services import ServiceUnderTest, service_under_test


@pytest.fixture
async def applications(postgres_url: str, tmp_path: Path) -> AsyncIterator[ServiceUnderTest]:
    """The real service, without Kafka."""
    async with service_under_test(postgres_url, "applications", tmp_path) as service:
        yield service
