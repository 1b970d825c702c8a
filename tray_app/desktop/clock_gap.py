"""Sleep as the clocks tell it afterwards: the base where no system announces it.

Every system has a clock that stops during sleep and one that does not; neither of the two
follows the wall clock, so that a changed time of day is no sleep.
"""

import ctypes
import sys
import time
from collections.abc import Callable
from typing import NamedTuple

SECONDS = 60.0  # between two looks: no timer of an idle program is shorter
SHORTEST_SLEEP = 10.0


class Clocks(NamedTuple):
    """Seconds since some moment: all of them, and those when the computer was awake."""

    all: float
    awake: float


def read_clocks() -> Clocks:
    """Read both clocks of this system."""
    if sys.platform == "linux":
        return Clocks(time.clock_gettime(time.CLOCK_BOOTTIME), time.monotonic())
    elif sys.platform == "darwin":  # noqa: RET505  mypy knows platforms by else
        return Clocks(
            time.clock_gettime(time.CLOCK_MONOTONIC), time.clock_gettime(time.CLOCK_UPTIME_RAW)
        )
    elif sys.platform == "win32":
        ticks = ctypes.c_ulonglong()
        ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(ticks))
        return Clocks(time.monotonic(), ticks.value / 10_000_000)
    else:
        return Clocks(time.time(), time.monotonic())


class ClockGap:
    """Notices between two looks that the computer slept."""

    def __init__(self, read: Callable[[], Clocks] = read_clocks) -> None:
        self._read = read
        self._before = read()

    def slept(self) -> bool:
        """Tell whether it slept since the last call, for longer than 10 s."""
        before, self._before = self._before, self._read()
        passed = self._before.all - before.all
        return passed - (self._before.awake - before.awake) > SHORTEST_SLEEP
