"""A row of the table, and the helpers that every benchmark measures with."""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

ROUNDS = 3
SECONDS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure, the baseline measured in the same run, and in words what each of them is."""

    benchmark: str
    measured: str
    figure: float
    baseline: float
    unit: str
    baseline_is: str

    @property
    def ratio(self) -> float:
        """The figure as a multiple of its baseline, whatever the unit."""
        return self.figure / self.baseline


@dataclass(frozen=True, slots=True)
class Servers:
    """Where PostgreSQL (as superuser) and Kafka answer."""

    postgres_url: str
    kafka: str


class NotMeasuredError(Exception):
    """A benchmark cannot be run here; its text says why."""


def progress(message: str) -> None:
    """Say on standard error what is being done; standard output is the table's."""
    sys.stderr.write(f"  {message}\n")
    sys.stderr.flush()


class Clock:
    """Bounds one measurement by time, so that a slow machine makes the figures worse, not the wait longer."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._began, self._seconds = time.perf_counter(), seconds

    @property
    def elapsed(self) -> float:
        """Seconds since it was made."""
        return time.perf_counter() - self._began

    @property
    def is_over(self) -> bool:
        """Whether enough was measured."""
        return self.elapsed > self._seconds


async def side_by_side(
    what: str, measure: Callable[[], Awaitable[float]], baseline: Callable[[], Awaitable[float]]
) -> tuple[float, float]:
    """The medians of both, measured in turns, so that a busy moment of the machine falls on both."""
    figures, baselines = [], []
    for number in range(1, ROUNDS + 1):
        progress(f"{what}: round {number} of {ROUNDS}")
        baselines.append(await baseline())
        figures.append(await measure())
    return statistics.median(figures), statistics.median(baselines)


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that this share of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
