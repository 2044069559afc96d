"""Fetches Apache Kafka's jars with jgo and keeps only those that our own list of hashes names.

Run as a program (`python -m deploy.local.kafka_jars FOLDER`) it fetches into that folder, so that
the fetching can be watched and stopped like every other program.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import sys
from pathlib import Path

from deploy.local.missing import Missing
from deploy.local.processes import run_once
from deploy.local.progress import step
from deploy.local.state import parts_folder, remove

VERSION = "4.3.1"
# Without the second, which Kafka's own coordinates leave out, a broker that cannot start says nothing.
# Each is resolved by itself: together, the second's parent decides the versions of Kafka's own parts.
COORDINATES = (f"org.apache.kafka:kafka_2.13:{VERSION}", "org.apache.logging.log4j:log4j-slf4j-impl:2.25.4")
OUR_LIST = Path(__file__).with_name("kafka_jars.sha256")


async def find_kafka_jars(java_home: Path) -> list[Path]:
    """Give Kafka's jars in the order of our list, fetching them only the first time."""
    folder = parts_folder() / f"kafka-{VERSION}"
    wanted = expected_jars(OUR_LIST.read_text())
    if faults(folder, wanted):
        await _fetch(folder, wanted, java_home)
    return [folder / name for name in wanted]


def expected_jars(our_list: str) -> dict[str, str]:
    """Read lines of `sha256  group:artifact:version` into jar file name -> sha256."""
    rows = [line.split() for line in our_list.splitlines() if line.strip()]
    return {"{1}-{2}.jar".format(*coordinates.split(":")): digest for digest, coordinates in rows}


def faults(folder: Path, wanted: dict[str, str]) -> list[str]:
    """Say of each jar what is wrong with it: absent, not of our list, or with another content."""
    found = {path.name: path for path in folder.glob("*.jar")}
    absent = [f"{name} is absent" for name in wanted if name not in found]
    unknown = [f"{name} is not in our list" for name in found if name not in wanted]
    return sorted(absent + unknown) + [
        f"{name} has another content than our list says"
        for name, digest in wanted.items()
        if name in found and hashlib.sha256(found[name].read_bytes()).hexdigest() != digest
    ]


async def _fetch(folder: Path, wanted: dict[str, str], java_home: Path) -> None:
    fetched = folder.with_name(f"{folder.name}.fresh")
    remove(fetched)
    with step(f"Fetching Apache Kafka {VERSION}", lambda: f"{_count(fetched)} of {len(wanted)} files"):
        environment = {"JAVA_HOME": str(java_home)}
        await run_once([sys.executable, "-m", __name__, str(fetched)], environment=environment)
    jars = await asyncio.to_thread(_lay_flat, fetched)
    if wrong := faults(jars, wanted):
        raise Missing("Kafka's jars are not those of our list; nothing was started:\n" + "\n".join(wrong))
    remove(folder)
    jars.replace(folder)
    remove(fetched)


def _lay_flat(fetched: Path) -> Path:
    flat = fetched / "flat"
    flat.mkdir()
    for jar in (fetched / "environments").rglob("*.jar"):
        if not (flat / jar.name).exists():
            os.link(jar.resolve(), flat / jar.name)
    return flat


def _count(folder: Path) -> int:
    return sum(1 for _ in (folder / "repository").rglob("*.jar"))


def fetch_with_jgo(folder: Path) -> None:
    """Resolve Kafka and all it needs from its Maven coordinates into this folder."""
    import jgo

    os.environ["M2_REPO"] = str(folder / "repository")
    os.environ["JGO_CACHE_DIR"] = str(folder / "environments")
    for coordinates in COORDINATES:
        jgo.build(coordinates)


if __name__ == "__main__":
    fetch_with_jgo(Path(sys.argv[1]))
