"""Five services and one application for each test of the team's pages."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.one_case import Case, one_case


@pytest.fixture
async def case(postgres_url: str, tmp_path: Path) -> AsyncIterator[Case]:
    async with one_case(postgres_url, tmp_path) as case:
        yield case
