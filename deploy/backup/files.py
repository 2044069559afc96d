"""The files that people sent: kept under their content's digest, written before the row that names them."""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING

from deploy.backup.manifest import digest_of
from deploy.local.missing import Missing

if TYPE_CHECKING:
    from pathlib import Path

KEPT = re.compile(r"([0-9a-f]{64})(\.csv)?")
"""How services name what they keep; anything else is a file that is just being written."""


def copy_kept(source: Path, target: Path) -> dict[str, str]:
    """Copy every kept file; answers the digest of each by its path. One whose content changed is refused."""
    digests = {}
    for path in sorted(each for each in source.rglob("*") if each.is_file()):
        name = KEPT.fullmatch(path.name)
        if name is None:
            continue
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _copy_durably(path, copy)
        digest = digest_of(copy)
        if digest != name.group(1):
            raise Missing(f"{path} does not hold what its name says: its disk has damaged it. Restore it.")
        digests[str(path.relative_to(source))] = digest
    return digests


def _copy_durably(source: Path, target: Path) -> None:
    half = target.with_name(f"{target.name}.part")
    with source.open("rb") as read, half.open("wb") as written:
        shutil.copyfileobj(read, written)
        written.flush()
        os.fsync(written.fileno())
    half.replace(target)
