"""What every test may ask for: the address of a real PostgreSQL and of a real Kafka."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import structlog
from hypothesis import HealthCheck, settings

from tests.support.servers import running_server

if TYPE_CHECKING:
    from collections.abc import Iterator

settings.register_profile(
    "thorough",
    max_examples=300,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """URL (postgresql://) of a superuser of a PostgreSQL server for this session."""
    with running_server("postgresql") as url:
        yield url


@pytest.fixture(scope="session")
def kafka_bootstrap_servers() -> Iterator[str]:
    """Where a Kafka broker for this session answers."""
    with running_server("kafka") as bootstrap_servers:
        yield bootstrap_servers


@pytest.fixture(scope="session", autouse=True)
def plain_log_lines() -> None:
    """Log lines as in service: the default draws each traceback with all its values, for seconds."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        cache_logger_on_first_use=False,
    )
