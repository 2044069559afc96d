"""A service in a process of its own, asked over HTTP, as `deploy/up` starts it."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import httpx2

from deploy.local.ports import free_port
from tests.support.messaging import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@asynccontextmanager
async def serving(
    service: str, database_url: str, kafka: str, files: str
) -> AsyncIterator[httpx2.AsyncClient]:
    """The service on a port of its own, once it is ready."""
    port = free_port()
    settings = {
        "DATABASE_URL": database_url,
        "KAFKA_BOOTSTRAP_SERVERS": kafka,
        "PORT": str(port),
        "DEMONSTRATION": "true",
        "FILES": files,
        "LOG_LEVEL": "WARNING",
    }
    environment = {**os.environ, **{f"OFFSET_FUND_{name}": value for name, value in settings.items()}}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", f"services.{service}.main"), env=environment, stdout=sys.stderr
    )
    try:
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            await until(lambda: _is_ready(client), f"{service} is ready", seconds=60)
            yield client
    finally:
        process.terminate()
        await process.wait()


async def _is_ready(client: httpx2.AsyncClient) -> bool:
    try:
        return (await client.get("/health/ready")).status_code == 200
    except httpx2.TransportError:
        return False
