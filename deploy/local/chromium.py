"""Finds the browser that the browser tests drive."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from deploy.local.missing import Missing
from deploy.local.progress import step
from deploy.local.state import is_root

CHROMIUM_SETTING = "OFFSET_FUND_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome")
REMEDY = f"Install Chromium (Debian: apt-get install chromium), or name one with {CHROMIUM_SETTING}=PATH."


def find_chromium() -> Path | None:
    """Give a Chromium: the named one, the machine's or Debian's package; else None, and fail on CI."""
    named = os.environ.get(CHROMIUM_SETTING)
    if named:
        return _existing(named)
    if _of_this_machine() is None and _is_debian() and is_root():
        _install_package()
    found = _of_this_machine()
    if found is None and os.environ.get("CI"):
        raise Missing(f"The browser tests need Chromium, and CI may not skip them. {REMEDY}")
    return found


def _existing(named: str) -> Path:
    if not os.access(named, os.X_OK):
        raise Missing(f"{CHROMIUM_SETTING}={named} is not a program. {REMEDY}")
    return Path(named)


def _of_this_machine() -> Path | None:
    paths = (shutil.which(name) for name in NAMES)
    return next((Path(path) for path in paths if path), None)


def _is_debian() -> bool:
    release = Path("/etc/os-release")
    return (
        release.exists()
        and "ID=debian" in release.read_text().split()
        and shutil.which("apt-get") is not None
    )


def _install_package() -> None:
    quiet = {"DEBIAN_FRONTEND": "noninteractive", **os.environ}
    with step("Installing Chromium (apt-get)"):
        for arguments in (("update",), ("install", "-y", "--no-install-recommends", "chromium")):
            command = ["apt-get", "-q", *arguments]
            subprocess.run(command, env=quiet, capture_output=True, check=False)  # noqa: S603 -- Debian's own
