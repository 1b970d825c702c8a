"""How many uploads at once: begins with one and grows while throughput grows.

Pure: it is told what was sent and when, and answers with a number (design section 2).
"""

from dataclasses import dataclass

HIGHEST = 8
_GROWTH = 1.05  # a level must carry this much more than the one before to be kept
_SHORTEST_WINDOW = 0.25  # seconds
_FILES_A_LEVEL = 3  # finished files (or their weight in bytes) per allowed upload
_FILE_WEIGHT = 100_000  # what a file costs besides its bytes
_BYTES_A_FILE = 4_000_000  # progress in a large file counts like finished files
_REST = 15.0  # seconds on a level before another one is tried
_CHANCES = 2  # windows without growth before a level is given up


@dataclass(slots=True)
class _Window:
    start: float
    weight: float = 0.0
    units: float = 0.0


class AutoConcurrency:
    """Climbs in doubles from 1, stays where more brings nothing, and looks again later."""

    def __init__(self, now: float, highest: int = HIGHEST) -> None:
        self.limit = 1
        self._highest = highest
        self._window = _Window(now)
        self._kept = (1, 0.0)  # the best level so far and its rate
        self._chances = _CHANCES
        self._rest_until: float | None = None

    def progressed(self, count: int, now: float) -> None:
        """Tell that `count` bytes of some file have been sent."""
        self._window.weight += count
        self._window.units += count / _BYTES_A_FILE
        self._judge(now)

    def finished(self, now: float) -> None:
        """Tell that a file is complete."""
        self._window.weight += _FILE_WEIGHT
        self._window.units += 1
        self._judge(now)

    def troubled(self, now: float) -> None:
        """Tell that an upload broke: halve at once, then rest (complaint 7)."""
        self.limit = max(1, self.limit // 2)
        self._kept = (self.limit, 0.0)
        self._settle(now)

    def _judge(self, now: float) -> None:
        elapsed = now - self._window.start
        if elapsed < _SHORTEST_WINDOW or self._window.units < _FILES_A_LEVEL * self.limit:
            return
        rate = self._window.weight / elapsed
        self._window = _Window(now)
        if self._rest_until is None:
            self._climb(rate, now)
        elif now >= self._rest_until:
            self._rest_until = None
            self._kept = (self.limit, rate)
            self._go(min(self.limit + 1, self._highest), now)

    def _climb(self, rate: float, now: float) -> None:
        level, best = self._kept
        if rate > best * _GROWTH:
            self._kept = (self.limit, rate)
            self._chances = _CHANCES
            if self.limit == self._highest:
                self._settle(now)
            else:
                self._go(min(self.limit * 2, self._highest), now)
        elif self._chances > 1:
            self._chances -= 1
        else:
            self.limit = level
            self._settle(now)

    def _go(self, level: int, now: float) -> None:
        self.limit = level
        self._chances = _CHANCES
        self._window = _Window(now)

    def _settle(self, now: float) -> None:
        self._rest_until = now + _REST
        self._window = _Window(now)


class FixedConcurrency:
    """A number the person chose."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def progressed(self, count: int, now: float) -> None:
        """Change nothing."""

    def finished(self, now: float) -> None:
        """Change nothing."""

    def troubled(self, now: float) -> None:
        """Change nothing."""


Concurrency = AutoConcurrency | FixedConcurrency
