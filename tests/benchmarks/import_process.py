"""One contributions service in a process of its own: takes mixed rows, tells its time and its memory."""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from services.contributions.background import work_off
from tests.support.mixed_rows import mixed_files
from tests.support.open_data import COUNCIL, Files
from tests.support.people import OFFICER
from tests.support.services import ServiceUnderTest, service_under_test


async def main(postgres_url: str, rows: int, seed: int) -> dict[str, float]:
    """Seconds until the rows are previewed and until they are taken, and the most memory in MB."""
    content = mixed_files(rows, seed)
    with TemporaryDirectory() as files:
        async with service_under_test(postgres_url, "contributions", Path(files)) as service:
            started = time.perf_counter()
            path = await _preview(service, content)
            previewed = time.perf_counter()
            await service.post(f"{path}/commit", OFFICER)
            await work_off(service.service)
            taken = time.perf_counter()
            draft = await service.get(path, OFFICER)
            assert draft["state"] == "committed", draft["refusal"]
    peak_kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "preview_seconds": previewed - started,
        "seconds": taken - started,
        "megabytes": peak_kilobytes / 1024,
    }


async def _preview(service: ServiceUnderTest, content: Files) -> str:
    draft_id = str(uuid4())
    sent = {name: (f"{name}.csv", getattr(content, name)) for name in content.__slots__}
    data = {"draft_id": draft_id, "organisation": COUNCIL}
    await service.post("/import-drafts", OFFICER, files=sent, data=data)
    await work_off(service.service)
    return f"/import-drafts/{draft_id}"


if __name__ == "__main__":
    told = asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
    sys.stdout.write("\n" + json.dumps(told) + "\n")
