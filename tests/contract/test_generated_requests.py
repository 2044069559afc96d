"""Whatever is sent to a service, its answer is one that its document names: never a failure.

A longer run: OFFSET_FUND_GENERATED_REQUESTS=100 pytest tests/contract/test_generated_requests.py
"""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.council import OWNERS
from tests.support.generated_requests import GeneratedRequests, Known, known_ids
from tests.support.one_case import Case, one_case


@pytest.fixture(scope="module")
async def claimed(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Case]:
    files: Path = tmp_path_factory.mktemp("files")
    async with one_case(postgres_url, files) as case:
        await case.claimed()
        yield case


@pytest.fixture(scope="module")
async def known(claimed: Case) -> Known:
    return await known_ids(claimed.council.services)


@pytest.mark.parametrize("name", [*OWNERS, "portal"])
async def test_every_answer_is_one_that_the_document_names(claimed: Case, known: Known, name: str) -> None:
    service = claimed.council.services[name]
    requests = GeneratedRequests(service, known, asyncio.get_running_loop())

    await asyncio.to_thread(requests.send_all)

    assert requests.wrong == []
    assert requests.answered.keys() >= {200, 422}, requests.answered
