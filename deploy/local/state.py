"""Where everything lies that a running fund keeps on this machine: data, logs, secrets, downloaded parts."""

from __future__ import annotations

import fcntl
import hashlib
import os
import pwd
import secrets
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from deploy.local.missing import Missing

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKOUT = Path(__file__).resolve().parents[2]
UNPRIVILEGED_USERS = ("postgres", "nobody")


def is_root() -> bool:
    """Whether this process may do everything, which PostgreSQL refuses to run under."""
    return os.geteuid() == 0


def unprivileged_user() -> str | None:
    """Name the user that PostgreSQL runs as when root starts it; None when we are not root."""
    if not is_root():
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    for name in UNPRIVILEGED_USERS:
        if name in known:
            return name
    raise Missing(
        "PostgreSQL does not run as root. Add a user named 'postgres', or start this as another user."
    )


def is_closed(folder: Path) -> bool:
    """Whether others than its owner cannot enter the folder, or one above it."""
    return any(not each.stat().st_mode & 0o001 for each in (folder, *folder.parents) if each.exists())


def state_folder(checkout: Path = CHECKOUT, *, root: bool | None = None) -> Path:
    """Say where state lies: in the checkout, or in /var/tmp where the postgres user could not enter that."""
    as_root = is_root() if root is None else root
    if as_root and is_closed(checkout):
        name = f"offset-fund-{hashlib.sha256(bytes(checkout)).hexdigest()[:16]}"
        return Path("/var/tmp") / name  # noqa: S108 # nosec B108 - refused when another owns it
    return checkout / ".state"


@dataclass(frozen=True, slots=True)
class State:
    """One fund's state: a folder that others may pass through but not read."""

    folder: Path

    def prepare(self) -> State:
        """Make the folder and those inside it; what is there stays as it is."""
        _make(self.folder, 0o711)
        _own_folder_or_refuse(self.folder)
        for inside in (self.logs, self.secrets, self.run):
            _make(inside, 0o700)
        return self

    @property
    def logs(self) -> Path:
        """Where each program writes `<name>.log`."""
        return self.folder / "logs"

    @property
    def secrets(self) -> Path:
        """Where the random passwords and keys of this fund are kept, readable by us only."""
        return self.folder / "secrets"

    @property
    def run(self) -> Path:
        """Where the process ids of what we started are written down."""
        return self.folder / "run"

    def secret(self, name: str) -> str:
        """Give the secret of this name, made at random the first time."""
        path = self.secrets / name
        if not path.exists():
            write_private(path, secrets.token_hex(24))
        return path.read_text()

    @contextmanager
    def locked(self, holder: str) -> Iterator[State]:
        """Hold this state as the one holder of this kind; refuse when another run already does."""
        self.prepare()
        with (self.run / f"{holder}.lock").open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                message = f"The fund of {self.folder} is already running. Stop it with Ctrl-C where it runs."
                raise Missing(message) from None
            yield self


def parts_folder(checkout: Path = CHECKOUT) -> Path:
    """Where downloaded parts are kept for every later start."""
    return State(state_folder(checkout)).prepare().folder / "parts"


def write_private(path: Path, text: str) -> None:
    """Write a file that only we can read, whole or not at all."""
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w") as file:
        file.write(text)
    Path(temporary).replace(path)


def _make(folder: Path, mode: int) -> None:
    if not folder.exists():
        folder.mkdir(mode=mode, parents=True)
        folder.chmod(mode)


def _own_folder_or_refuse(folder: Path) -> None:
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
        raise Missing(f"{folder} belongs to another user. Remove it, or start this as its owner.")


def remove(folder: Path) -> None:
    """Delete a folder of ours with all that it holds."""
    shutil.rmtree(folder, ignore_errors=True)
