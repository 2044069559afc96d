"""The clock of one process a number of seconds off: every module's own `datetime` and `time.time`."""

import datetime as dt
import os
import sys
import time
from types import ModuleType
from typing import Any

CLOCK_SETTING = "OFFSET_FUND_FAULTS_CLOCK_SECONDS"
TOLD_THE_TIME = ("services.", "shared.", "jwt.")


def shift_clock() -> None:
    """Replace the clock in what is loaded by now; models and columns keep the real type."""
    seconds = int(os.environ.get(CLOCK_SETTING, "0"))
    if not seconds:
        return
    shifted = _shifted(dt.timedelta(seconds=seconds))
    for name, module in list(sys.modules.items()):
        if name.startswith(TOLD_THE_TIME) or name == "__main__":
            _replace(module, shifted)
    real_time = time.time
    time.time = lambda: real_time() + seconds


def _replace(module: ModuleType, shifted: type) -> None:
    for name, value in list(vars(module).items()):
        if value is dt.datetime:
            setattr(module, name, shifted)


def _shifted(by: dt.timedelta) -> type:
    real = dt.datetime

    class AlsoReal(type):
        def __instancecheck__(cls, instance: object) -> bool:
            return isinstance(instance, real)

    class Shifted(real, metaclass=AlsoReal):
        @classmethod
        def now(cls, tz: Any = None) -> dt.datetime:
            return real.now(tz) + by

    return Shifted
