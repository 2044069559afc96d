"""All five services, and the people of these pages signed in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.portal.identity import people
from tests.support.council import Council
from tests.support.council import council as five_services
from tests.support.officer import signed_in
from tests.support.portal import Browser


@pytest.fixture
async def council(postgres_url: str, tmp_path: Path) -> AsyncIterator[Council]:
    async with five_services(postgres_url, tmp_path) as council:
        yield council


@pytest.fixture
async def officer(council: Council) -> AsyncIterator[Browser]:
    async with signed_in(council, people.OFFICER) as browser:
        yield browser


@pytest.fixture
async def requester(council: Council) -> AsyncIterator[Browser]:
    async with signed_in(council, people.PAYMENT_REQUESTER) as browser:
        yield browser


@pytest.fixture
async def approver(council: Council) -> AsyncIterator[Browser]:
    async with signed_in(council, people.PAYMENT_APPROVER) as browser:
        yield browser
