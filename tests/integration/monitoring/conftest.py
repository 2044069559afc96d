from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.services import ServiceUnderTest, service_under_test


@pytest.fixture
async def monitoring(postgres_url: str, tmp_path: Path) -> AsyncIterator[ServiceUnderTest]:
    async with service_under_test(postgres_url, "monitoring", tmp_path) as service:
        yield service
