"""A backup is of one moment of all databases, and only whole ones are restored, into nothing."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import pytest

from deploy.backup import make_backup, read_manifest, restore_databases
from deploy.backup.cut import one_moment
from deploy.backup.files import copy_kept
from deploy.backup.manifest import digest_of, require_whole
from deploy.local.missing import Missing
from deploy.local.state import State
from tests.support.databases import create_database, drop_database
from tests.support.messaging import running, until

LOG = """
    INSERT INTO event_log (event_id, topic, type, key, sequence, payload, occurred_at, council, actor,
        correlation_id)
    VALUES ($1, 't', 't', 'k', $2, '{}', now(), 'c', 'a', $1)
"""
TAKE_IN = "INSERT INTO inbox (event_id) VALUES ($1)"
CUTS = 12


def plain(url: str) -> str:
    return url.replace("postgresql+asyncpg://", "postgresql://", 1)


@asynccontextmanager
async def databases(postgres_url: str, *services: str) -> AsyncIterator[dict[str, str]]:
    """Empty databases, by the URLs of a superuser."""
    made = {service: await create_database(postgres_url, service) for service in services}
    try:
        yield {service: superuser_url for service, (_, superuser_url) in made.items()}
    finally:
        for database_url, _ in made.values():
            await drop_database(postgres_url, database_url)


async def tell(upstream: str, downstream: str, told: list[UUID]) -> None:
    """Record one event after the other, and take each in at once where it is read."""
    log, inbox = await asyncpg.connect(plain(upstream)), await asyncpg.connect(plain(downstream))
    try:
        for number in count(1):
            event_id = uuid4()
            await log.execute(LOG, event_id, number)
            await inbox.execute(TAKE_IN, event_id)
            told.append(event_id)
    finally:
        log.terminate()
        inbox.terminate()


async def test_no_cut_holds_an_effect_without_its_cause_while_events_flow(postgres_url: str) -> None:
    told: list[UUID] = []
    behind = []
    async with (
        databases(postgres_url, "assessment", "contributions") as urls,
        running(tell(urls["contributions"], urls["assessment"], told)),
    ):
        await until(lambda: answered(len(told) > CUTS), "events flow")
        for number in range(CUTS):
            order = sorted(urls, reverse=bool(number % 2))
            async with one_moment({name: urls[name] for name in order}) as cut:
                moments = cut.moments
            behind.append(moments["contributions"].events - moments["assessment"].taken_in)

    assert set(behind) <= {0, 1}
    assert len(told) > CUTS


async def answered(condition: bool) -> bool:
    return condition


async def test_a_transaction_under_way_is_waited_for_and_then_given_up(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deploy.backup.cut.TRIES", 1)
    monkeypatch.setattr("deploy.backup.cut.PAUSE_SECONDS", 0)
    monkeypatch.setattr("deploy.backup.cut.BARRIER", quick_barrier())
    async with databases(postgres_url, "assessment") as urls:
        long = await asyncpg.connect(plain(urls["assessment"]))
        await long.execute("BEGIN")
        await long.execute(TAKE_IN, uuid4())

        with pytest.raises(Missing, match="busy with long transactions"):
            async with one_moment(urls):
                pass
        await long.execute("COMMIT")
        await long.close()
        async with one_moment(urls) as cut:
            assert cut.moments["assessment"].taken_in == 1


def quick_barrier() -> str:
    from deploy.backup import cut

    return cut.BARRIER.replace("2s", "50ms")


async def test_a_backup_goes_into_a_new_folder_and_a_damaged_one_is_refused(
    postgres_url: str, tmp_path: Path
) -> None:
    state = State(tmp_path / "state").prepare()
    async with databases(postgres_url, "assessment") as urls:
        manifest = await make_backup(urls, {}, tmp_path / "backup")

        with pytest.raises(Missing, match="is not empty"):
            await make_backup(urls, {}, tmp_path / "backup")

    assert read_manifest(tmp_path / "backup") == manifest
    require_whole(tmp_path / "backup", manifest)
    dumped = tmp_path / "backup" / "assessment.dump"
    dumped.write_bytes(dumped.read_bytes()[:-1] + b"?")
    with pytest.raises(Missing, match=r"assessment.dump is not what was backed up"):
        await restore_databases(tmp_path / "backup", postgres_url, state, f"test_{secrets.token_hex(4)}")
    with pytest.raises(Missing, match="holds no whole backup"):
        read_manifest(tmp_path)


def test_only_whole_files_are_copied_and_damage_is_found(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.mkdir()
    content = source / "new"
    content.write_bytes(b"an invoice")
    kept = content.rename(source / digest_of(content))
    (source / f"{kept.name}.part").write_bytes(b"half")

    assert copy_kept(source, target) == {kept.name: kept.name}
    assert [each.name for each in target.iterdir()] == [kept.name]
    kept.write_bytes(b"another invoice")
    with pytest.raises(Missing, match="does not hold what its name says"):
        copy_kept(source, target)
