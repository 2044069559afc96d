"""Says on standard error what is being done and how long it takes, on a terminal and without one."""

from __future__ import annotations

import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WITHOUT_TERMINAL_EVERY_SECONDS = 10


def say(message: str) -> None:
    """Show one line to the person who waits."""
    sys.stderr.write(f"{message}\n")
    sys.stderr.flush()


@contextmanager
def step(title: str, detail: Callable[[], str] = str) -> Iterator[None]:
    """Show a step while it runs, with its seconds and the detail of the moment, and its time at the end."""
    began = time.monotonic()
    ended = threading.Event()
    ticker = threading.Thread(target=_tick, args=(title, detail, began, ended), daemon=True)
    ticker.start()
    outcome = "failed after"
    try:
        yield
        outcome = "done in"
    finally:
        ended.set()
        ticker.join()
        _replace_line(f"{title}: {outcome} {time.monotonic() - began:.1f} s\n")


def _tick(title: str, detail: Callable[[], str], began: float, ended: threading.Event) -> None:
    on_terminal = sys.stderr.isatty()
    while not ended.wait(0.5 if on_terminal else WITHOUT_TERMINAL_EVERY_SECONDS):
        seconds = time.monotonic() - began
        line = f"{title}: {seconds:.0f} s {detail()}".rstrip()
        _replace_line(line if on_terminal else line + "\n")


def _replace_line(text: str) -> None:
    clear = "\r\033[K" if sys.stderr.isatty() else ""
    sys.stderr.write(clear + text)
    sys.stderr.flush()
