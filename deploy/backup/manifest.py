"""What a backup says of itself: written last, so that a folder without it is not a backup."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pydantic import BaseModel, ValidationError

from deploy.local.missing import Missing
from deploy.local.state import write_private

NAME = "manifest.json"
FORMAT = 1


class DatabaseDumped(BaseModel):
    """One service's dump: its file and digest, and how far the log and the inbox in it had come."""

    dump: str
    sha256: str
    last_position: int
    events: int
    taken_in: int
    revisions: list[str]


class Manifest(BaseModel):
    """A whole backup: when, of which version, what is in it, and how long commits waited for it."""

    format: int = FORMAT
    made_at: str
    version: str
    server_version: int
    paused_seconds: float
    databases: dict[str, DatabaseDumped]
    files: dict[str, dict[str, str]]
    """The sha256 of each file that people sent, by service and path."""


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Make the folder a backup."""
    write_private(folder / NAME, manifest.model_dump_json(indent=1) + "\n")


def read_manifest(folder: Path) -> Manifest:
    """What the backup in this folder says of itself; what is no whole backup is refused."""
    try:
        manifest = Manifest.model_validate_json((folder / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Missing(f"{folder} holds no whole backup: there is no {NAME}. Name another folder.") from None
    except ValidationError as error:
        raise Missing(f"{folder / NAME} cannot be read. Use another backup.\n{error}") from None
    if manifest.format != FORMAT:
        raise Missing(f"{folder} is of format {manifest.format}; this version reads {FORMAT}. Use its own.")
    return manifest


def require_whole(folder: Path, manifest: Manifest) -> None:
    """Complain of the first file of the backup that is gone or has changed since it was made."""
    for path, digest in _contents(manifest).items():
        whole = folder / path
        if not whole.exists() or digest_of(whole) != digest:
            raise Missing(f"{whole} is not what was backed up. Use another backup: this one is damaged.")


def digest_of(path: Path) -> str:
    """The sha256 of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _contents(manifest: Manifest) -> dict[str, str]:
    files = {
        f"files/{service}/{path}": digest
        for service, paths in manifest.files.items()
        for path, digest in paths.items()
    }
    return {each.dump: each.sha256 for each in manifest.databases.values()} | files
