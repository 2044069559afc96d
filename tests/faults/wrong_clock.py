"""The clock of one process a number of seconds off: every module's own `datetime` and `time.time`."""

import datetime as dt
import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

from tests.faults.points import FOLDER_SETTING

TOLD_THE_TIME = ("services.", "shared.", "jwt.")
SHIFT = signal.SIGUSR1
REAL, REAL_TIME = dt.datetime, time.time
OFF_BY = [0]
"""Seconds, in a list so that all who ask see the change."""


def clock_file(folder: Path, service: str) -> Path:
    """Where a service reads how many seconds it is off when it gets the signal."""
    return folder / f"{service}.clock"


def install(service: str) -> None:
    """From the signal on, believe what the file says of the time."""
    file = clock_file(Path(os.environ[FOLDER_SETTING]), service)

    def shift(_number: int, _frame: FrameType | None) -> None:
        OFF_BY[0] = int(file.read_text())
        _replace_clocks()

    signal.signal(SHIFT, shift)


def _replace_clocks() -> None:
    """In what is loaded by now; models and columns keep the real type."""
    for name, module in list(sys.modules.items()):
        if name.startswith(TOLD_THE_TIME) or name == "__main__":
            _replace(module)
    time.time = lambda: REAL_TIME() + OFF_BY[0]


def _replace(module: ModuleType) -> None:
    for name, value in list(vars(module).items()):
        if value is REAL:
            setattr(module, name, Shifted)


class AlsoReal(type):
    """What is a real moment is one of the shifted kind too."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, REAL)


class Shifted(REAL, metaclass=AlsoReal):
    """A clock that is off."""

    @classmethod
    def now(cls, tz: Any = None) -> dt.datetime:
        return REAL.now(tz) + dt.timedelta(seconds=OFF_BY[0])
