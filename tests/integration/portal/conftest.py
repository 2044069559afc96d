"""The portal on a fresh database for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.portal import PortalUnderTest, portal_under_test


@pytest.fixture
async def portal(postgres_url: str, tmp_path: Path) -> AsyncIterator[PortalUnderTest]:
    async with portal_under_test(postgres_url, tmp_path) as portal:
        yield portal
