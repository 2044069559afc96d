"""Writes the documents of the running version, releases them, and checks that no change breaks anybody."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from deploy.local.progress import say
from deploy.specifications.breaking import breaking_changes
from deploy.specifications.documents import CHECKOUT, RELEASED, RUNNING, generate, load, save, written
from deploy.specifications.samples import sample_of
from shared.events import EVENTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deploy.specifications.documents import Document

SAMPLES = CHECKOUT / "tests" / "contract" / "samples"
WRITE = "python -m deploy.specifications write"


def main(arguments: Sequence[str] | None = None) -> int:
    """`write` those of the code; `check` that they are written and break nothing; `release` what passes."""
    parser = argparse.ArgumentParser(prog="deploy.specifications", description=__doc__)
    parser.add_argument("command", choices=("write", "check", "release"))
    command = parser.parse_args(arguments).command
    documents = generate()
    if command == "write":
        save(documents, RUNNING)
        _write_missing_samples()
        return 0
    found = [*unwritten(documents), *map(str, breaking_changes(load(RELEASED), documents))]
    for line in found:
        say(line)
    if command == "release" and not found:
        save(documents, RELEASED)
    return 1 if found else 0


def unwritten(documents: dict[str, Document]) -> list[str]:
    """The documents that the portal would show of another version than runs."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in RUNNING.glob("*.json")}
    old = [name for name, document in documents.items() if texts.get(name) != written(document)]
    return [f"The document {name} is not that of the code: run `{WRITE}`." for name in old]


def _write_missing_samples() -> None:
    """A sample is written once: what was ever sent must be readable for ever."""
    SAMPLES.mkdir(parents=True, exist_ok=True)
    for event in EVENTS:
        path = SAMPLES / f"{event.name}.json"
        if not path.exists():
            sample = json.dumps(sample_of(event).model_dump(mode="json"), indent=1, sort_keys=True)
            path.write_text(sample + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
