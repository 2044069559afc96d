"""The table: printed row by row as figures come, and kept for the JSON file."""

from __future__ import annotations

import json
import os
import platform
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.benchmarks.rows import Row

HEADINGS = ("benchmark", "measured", "figure", "baseline", "unit", "ratio", "baseline is")
LINE = "{:<17} {:<42} {:>10} {:>10} {:<9} {:>6}  {}"


class Table:
    """Rows in the order in which they were measured, and what could not be."""

    def __init__(self) -> None:
        self._rows: list[Row] = []
        self._left_out: dict[str, str] = {}
        self.failed = False
        self._started_at = datetime.now(UTC)
        self._load_at_start = os.getloadavg()[0]
        sys.stdout.write(f"Load at the start: {self._load_at_start:.1f} on {os.cpu_count()} processors.\n")
        self._print(*HEADINGS)

    def add(self, rows: Iterable[Row]) -> None:
        """Print the rows of a benchmark and keep them."""
        for row in rows:
            self._rows.append(row)
            figures = (_figure(row.figure), _figure(row.baseline), row.unit, f"{row.ratio:.2f}")
            self._print(row.benchmark, row.measured, *figures, row.baseline_is)

    def leave_out(self, name: str, reason: str, *, failed: bool = False) -> None:
        """Say that a benchmark was not measured, and why."""
        self._left_out[name] = reason
        self.failed |= failed
        sys.stdout.write(f"{name:<17} not measured: {reason}\n")

    def as_json(self) -> str:
        """When and where it was measured, every row with its ratio, and what was left out."""
        content = {
            "started_at": self._started_at.isoformat(timespec="seconds"),
            "python": platform.python_version(),
            "processors": os.cpu_count(),
            "load_at_start": self._load_at_start,
            "load_at_end": os.getloadavg()[0],
            "rows": [{**asdict(row), "ratio": round(row.ratio, 3)} for row in self._rows],
            "not_measured": self._left_out,
        }
        return json.dumps(content, indent=2) + "\n"

    def _print(self, *cells: str) -> None:
        sys.stdout.write(LINE.format(*cells) + "\n")
        sys.stdout.flush()


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:,.2f}"
