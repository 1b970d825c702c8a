"""Cyclic garbage is collected in the GUI's thread only.

Python collects in whichever thread happens to allocate. A QObject with running timers that a
worker thread frees stays known to Qt's event dispatcher, and the process dies at its next turn.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Qt, QTimer

BUSY_MS = 1000
IDLE_MS = 60_000  # an idle program wakes once a minute at most (design section 2)
CALMER = 4


class GarbageCollector(QObject):
    """Does what Python's own collector would, from a timer that slows down while idle."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self, singleShot=True, interval=BUSY_MS)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self._turn)
        self._timer.start()

    def _turn(self) -> None:
        wait = BUSY_MS if collect_due() else min(self._timer.interval() * CALMER, IDLE_MS)
        self._timer.start(wait)

    def stop(self) -> None:
        """Collect no more."""
        self._timer.stop()


def collect_due() -> bool:
    """Collect the oldest generation that is due by `gc.get_threshold()`; False: none was."""
    for generation, (count, limit) in reversed(
        list(enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)))
    ):
        if limit and count > limit:
            gc.collect(generation)
            return True
    return False


@contextmanager
def garbage_collected_here() -> Iterator[None]:
    """Leave collection to this thread's Qt loop while the context lasts."""
    gc.disable()
    collector = GarbageCollector()
    try:
        yield
    finally:
        collector.stop()
        gc.collect()
        gc.enable()
