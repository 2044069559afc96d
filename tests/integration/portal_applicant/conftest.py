from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.applicant import Applicant, open_the_fund, signed_in
from tests.support.council import Council, council


@pytest.fixture
async def five_services(postgres_url: str, tmp_path: Path) -> AsyncIterator[Council]:
    async with council(postgres_url, tmp_path) as five:
        await open_the_fund(five)
        yield five


@pytest.fixture
async def visitor(five_services: Council) -> AsyncIterator[Applicant]:
    """The hall's secretary, signed in, with nothing begun."""
    someone = await signed_in(five_services)
    yield someone
    for client in someone.clients:
        await client.aclose()


@pytest.fixture
async def applicant(visitor: Applicant) -> Applicant:
    """The hall's secretary with an application begun."""
    await visitor.start()
    return visitor
