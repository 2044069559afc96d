"""Runs one service unchanged, in a process that may die at an exact point, be wrong about the time, or
carry one planted bug: `python -m tests.faults.faulty_service contributions`."""

import os
import runpy
import sys

from tests.faults import planted, points, wrong_clock


def main(service: str) -> None:
    """Everything is put around the service before its own main module runs."""
    plant = os.environ.get("OFFSET_FUND_FAULTS_PLANT")
    if plant:
        planted.PLANTS[plant](service)
    points.install(service)
    wrong_clock.install(service)
    runpy.run_module(f"services.{service}.main", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(sys.argv[1])
