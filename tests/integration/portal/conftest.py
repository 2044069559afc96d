"""The portal on one database for the session, emptied before each test."""

from collections.abc import AsyncIterator

import pytest

from tests.support.portal import PortalUnderTest, portal_under_test


@pytest.fixture(scope="session")
async def one_portal(
    postgres_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[PortalUnderTest]:
    async with portal_under_test(postgres_url, tmp_path_factory.mktemp("files")) as portal:
        yield portal


@pytest.fixture
async def portal(one_portal: PortalUnderTest) -> PortalUnderTest:
    await one_portal.empty()
    return one_portal
