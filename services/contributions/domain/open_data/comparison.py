"""What a file brings that was not stored yet, so that the same file twice changes nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic

from services.contributions.domain.open_data.rows import Row


@dataclass(frozen=True, slots=True)
class Comparison(Generic[Row]):
    """The rows that are new, the same as stored, and changed since."""

    new: tuple[Row, ...]
    same: tuple[Row, ...]
    changed: tuple[Row, ...]


def compare(rows: Iterable[Row], stored: Mapping[str, Mapping[str, str]]) -> Comparison[Row]:
    """Sort rows by what is stored of each reference: its content, field by field as reported."""
    new: list[Row] = []
    same: list[Row] = []
    changed: list[Row] = []
    for row in rows:
        content = stored.get(row.reference)
        if content is None:
            new.append(row)
        else:
            (same if dict(row.content) == dict(content) else changed).append(row)
    return Comparison(tuple(new), tuple(same), tuple(changed))
