"""Runs one service unchanged, in a process that may die at an exact point, be wrong about the time, or
carry one planted bug: `python -m tests.faults.faulty_service contributions`."""

import os
import runpy
import sys
from typing import Any

import uvicorn

from tests.faults import planted, points
from tests.faults.wrong_clock import shift_clock


def main(service: str) -> None:
    """Everything is put around the service before its own main module runs."""
    plant = os.environ.get("OFFSET_FUND_FAULTS_PLANT")
    if plant:
        planted.PLANTS[plant](service)
    points.install(service)
    serve = uvicorn.run

    def serve_at_the_wrong_time(*arguments: Any, **named: Any) -> None:
        shift_clock()
        serve(*arguments, **named)

    uvicorn.run = serve_at_the_wrong_time
    runpy.run_module(f"services.{service}.main", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(sys.argv[1])
