"""The files that people sent, kept as they came, each under its own digest."""

import hashlib
from pathlib import Path


def digest(content: bytes) -> str:
    """The sha256 of a file's content."""
    return hashlib.sha256(content).hexdigest()


def keep_file(folder: Path, content: bytes) -> None:
    """Keep the content under its digest; one that is there already stays, and no half file is ever seen."""
    path = folder / f"{digest(content)}.csv"
    if path.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".part")
    half.write_bytes(content)
    half.replace(path)
