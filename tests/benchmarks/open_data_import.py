"""Halton's real open-data files through the API, against reading the same files alone."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from services.contributions.domain.open_data.reading import read_open_data
from tests.benchmarks.fixtures import forget_used_databases
from tests.benchmarks.rows import Row, Servers, side_by_side
from tests.support.people import OFFICER
from tests.support.public_data import public_data
from tests.support.services import service_under_test

FILES = {
    "agreements": "developer-agreement.csv",
    "contributions": "developer-agreement-contribution.csv",
    "transactions": "developer-agreement-transaction.csv",
}


async def measure(servers: Servers) -> list[Row]:
    """Each round imports into an empty service; the baseline is the pure part of it."""
    contents = {field: public_data("ifs", "halton", name).read_bytes() for field, name in FILES.items()}

    async def through_the_api() -> float:
        with TemporaryDirectory() as files:
            forget_used_databases()
            async with service_under_test(servers.postgres_url, "contributions", Path(files)) as service:
                uploads = {field: (FILES[field], content, "text/csv") for field, content in contents.items()}
                started = time.perf_counter()
                await service.post("/imports", OFFICER, data={"import_id": str(uuid4())}, files=uploads)
                return time.perf_counter() - started

    async def read_alone() -> float:
        started = time.perf_counter()
        read_open_data(*contents.values(), today=datetime.now(UTC).date())
        return time.perf_counter() - started

    figure, baseline = await side_by_side("import", through_the_api, read_alone)
    return [
        Row(
            benchmark="import",
            measured="Halton's three files through the API",
            figure=figure,
            baseline=baseline,
            unit="s",
            baseline_is="reading the files, nothing kept",
        )
    ]
