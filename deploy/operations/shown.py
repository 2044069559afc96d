"""Shows answers: a table for people, JSON for programs."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LONGEST = 60


def show(answer: Any, *, as_json: bool, text: str) -> None:
    """Write the answer to standard output, in JSON or in words."""
    sys.stdout.write((json.dumps(answer, indent=1, default=str) if as_json else text) + "\n")


def table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], nothing: str) -> str:
    """The rows under their columns; a sentence where there are none. Long values are cut."""
    if not rows:
        return nothing
    lines = [list(columns), *([_short(row[name]) for name in columns] for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(columns))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def _short(value: Any) -> str:
    words = " ".join(str("" if value is None else value).split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 3]}..."
