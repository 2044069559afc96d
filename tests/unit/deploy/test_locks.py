"""The image is installed from a lock of its own: what the services need, from the one lock of all."""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import requires

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from deploy.local.state import CHECKOUT

DEPLOY = CHECKOUT / "deploy"


def _locked(name: str) -> dict[str, list[str]]:
    """Each line that names a package, with the hashes below it."""
    found: dict[str, list[str]] = {}
    for line in (DEPLOY / name).read_text().splitlines():
        if not line.startswith(" "):
            found[line.rstrip(" \\")] = hashes = []
        elif "--hash" in line:
            hashes.append(line.strip(" \\"))
    return found


ALL, RUNTIME = _locked("requirements.lock"), _locked("requirements-runtime.lock")
NAMES = {re.split(r"[= ]", line)[0] for line in RUNTIME}


def _needs(name: str, extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    for text in requires(name) or ():
        requirement = Requirement(text)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in extras or {""}):
            yield canonicalize_name(requirement.name), frozenset(requirement.extras)


def test_the_images_lock_holds_nothing_but_lines_of_the_lock_with_the_same_hashes() -> None:
    assert RUNTIME.items() <= ALL.items()
    assert all(RUNTIME.values())


def test_the_images_lock_holds_all_that_the_services_need_and_no_tool_of_ours() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    open_ends = [
        (canonicalize_name(each.name), frozenset(each.extras))
        for each in map(Requirement, project["project"]["dependencies"])
    ]
    needed = set()
    while open_ends:
        name, extras = open_ends.pop()
        if (name, extras) not in needed:
            needed.add((name, extras))
            open_ends += _needs(name, extras)

    assert {name for name, _ in needed} <= NAMES
    assert not NAMES & {"pytest", "mypy", "uv", "jgo", "testcontainers", "playwright"}
