"""Real PostgreSQL and Kafka for the tests: those that are running, or ones started on the first need.

`deploy/test`, or `python -m deploy.local servers` in another terminal, starts them once and says where
in `OFFSET_FUND_TEST_POSTGRES_URL` and `OFFSET_FUND_TEST_KAFKA`. Without these each kind is started when
a test first asks for it, and stopped at the end of the session, also when the session is killed.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from deploy.local.servers import KAFKA_SETTING, POSTGRES_SETTING
from deploy.local.state import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Iterator

SETTINGS = {"postgresql": POSTGRES_SETTING, "kafka": KAFKA_SETTING}


@contextmanager
def running_server(kind: str) -> Iterator[str]:
    """Give the address of a server of this kind, starting one when the environment names none."""
    given = os.environ.get(SETTINGS[kind])
    if given:
        yield given
        return
    command = [sys.executable, "-m", "deploy.local", "servers", kind, "--until-input-ends"]
    with subprocess.Popen(
        command, cwd=CHECKOUT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        yield _address(process, SETTINGS[kind])


def _address(process: subprocess.Popen[str], setting: str) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        name, _, value = line.removeprefix("export ").partition("=")
        if name == setting:
            return shlex.split(value)[0]
    raise RuntimeError(f"No server started; see above. Or start one yourself and set {setting}.")
