import asyncio
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from deploy.local.missing import Missing
from deploy.local.processes import Program, run_once, start, stop_left_over
from deploy.local.progress import step
from deploy.local.state import State

SLEEP = [sys.executable, "-c", "import time; print('begun', flush=True); time.sleep(60)"]
DEAF = ["sh", "-c", "trap '' TERM; echo deaf; while :; do sleep 1; done"]
WITH_CHILD = ["sh", "-c", "sleep 60 & echo child $!; wait"]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(name="sleeper", command=SLEEP, state=State(tmp_path / "state").prepare())


def exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110 -- another process, which sends no event
            await asyncio.sleep(0.02)


async def said(program: Program, words: str) -> str:
    await until(lambda: words in program.tail())
    return program.tail()


async def test_stopping_ends_the_program_and_forgets_its_process_id(program: Program) -> None:
    running = await start(program)

    await running.stop()

    assert running.exit_code is not None
    assert not program.pid_file.exists()


async def test_a_program_that_does_not_listen_is_ended_after_our_patience(program: Program) -> None:
    deaf = replace(program, command=DEAF, patience_seconds=0.2)
    running = await start(deaf)
    await said(deaf, "deaf")

    await running.stop()

    assert running.exit_code == -9


async def test_stopping_ends_the_children_too(program: Program) -> None:
    parent = replace(program, command=WITH_CHILD)
    running = await start(parent)
    child = int((await said(parent, "child")).split()[-1])

    await running.stop()

    await until(lambda: not exists(child))


async def test_a_program_left_over_from_a_killed_run_is_stopped_by_the_next_start(program: Program) -> None:
    left_over = await start(program)

    again = await start(program)

    await until(lambda: left_over.exit_code is not None)
    assert again.exit_code is None
    await again.stop()


async def test_a_process_that_only_has_the_same_number_is_left_alone(program: Program) -> None:
    running = await start(program)
    program.pid_file.write_text(program.pid_file.read_text() + " --another")

    await stop_left_over(program.pid_file)

    assert running.exit_code is None
    await running.stop()


async def test_a_program_that_ends_by_itself_is_named_with_the_end_of_its_log(program: Program) -> None:
    running = await start(replace(program, command=["sh", "-c", "echo out of paper; exit 3"]))
    await until(lambda: running.exit_code is not None)

    with pytest.raises(Missing) as failure:
        running.require_running()

    assert "sleeper" in str(failure.value)
    assert "exit code 3" in str(failure.value)
    assert "out of paper" in str(failure.value)


async def test_the_superuser_s_password_is_not_handed_on(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFSET_FUND_TEST_POSTGRES_URL", "postgresql://root:secret@db/postgres")
    shown = replace(program, command=["sh", "-c", "env; echo end; sleep 60"], environment={"TOLD": "yes"})

    running = await start(shown)
    await said(shown, "end")
    await running.stop()

    assert "secret" not in shown.log.read_text()
    assert "TOLD=yes" in shown.log.read_text()


async def test_a_command_that_fails_shows_what_it_said() -> None:
    with pytest.raises(Missing, match="no such paper"):
        await run_once(["sh", "-c", "echo no such paper; exit 1"])


def test_a_step_says_what_it_did_and_how_long_it_took(capsys: pytest.CaptureFixture[str]) -> None:
    with step("Counting the pots"):
        time.sleep(0.01)

    assert "Counting the pots: done in 0.0 s" in capsys.readouterr().err


def test_a_step_that_fails_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Missing), step("Counting the pots"):
        raise Missing("no pots")

    assert "Counting the pots: failed after" in capsys.readouterr().err
