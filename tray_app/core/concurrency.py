"""How many uploads at once: begins with one and grows while throughput grows.

Pure: it is told what was sent and when, and answers with a number (design section 2).
"""

from dataclasses import dataclass

HIGHEST = 8
_GROWTH = 1.05  # a level must carry this much more than the one before to be kept
_FIRST_WINDOW = 0.25  # seconds a level is measured for in the first climb
_LATER_WINDOW = 1.0  # later climbs take their time: a measure of a quarter second is rough
_FILES_A_LEVEL = 3  # finished files (or their weight in bytes) per allowed upload
_FILE_WEIGHT = 100_000  # what a file costs besides its bytes
_BYTES_A_FILE = 4_000_000  # progress in a large file counts like finished files
_SHORTEST_REST = 3.0  # seconds on a level before a higher one is tried; doubled when in vain
_LONGEST_REST = 24.0
_CHANCES = 2  # windows without growth before a level is given up; one when it carries less


@dataclass(slots=True)
class _Window:
    start: float
    weight: float = 0.0
    units: float = 0.0

    def rate(self, now: float) -> float:
        return self.weight / (now - self.start)


class AutoConcurrency:
    """Climbs in doubles from 1, rests where more brings nothing, and tries again later.

    A rest is one long measure of its level, so that one bad moment in a climb is soon mended.
    """

    def __init__(self, now: float, highest: int = HIGHEST) -> None:
        self.limit = 1
        self._highest = highest
        self._window = _Window(now)
        self._shortest = _FIRST_WINDOW
        self._kept = (1, 0.0)  # the best level so far and its rate
        self._below = (1, 0.0)  # the one before it
        self._chances = _CHANCES
        self._rest = _SHORTEST_REST
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
        """Tell that an upload broke: halve at once, then rest long (complaint 7)."""
        self._rest = _LONGEST_REST
        self._settle(max(1, self.limit // 2), now)

    def _judge(self, now: float) -> None:
        if now - self._window.start < self._shortest:
            return
        if self._window.units < _FILES_A_LEVEL * self.limit:
            return
        if self._rest_until is None:
            self._climb(self._window.rate(now), now)
        elif now >= self._rest_until:
            self._look_again(self._window.rate(now), now)

    def _climb(self, rate: float, now: float) -> None:
        level, best = self._kept
        if rate > best * _GROWTH:
            self._below, self._kept = self._kept, (self.limit, rate)
            self._rest = _SHORTEST_REST
            if self.limit == self._highest:
                self._settle(self.limit, now)
            else:
                self._go(min(self.limit * 2, self._highest), now)
        elif rate * _GROWTH > best and self._chances > 1:
            self._chances -= 1
            self._window = _Window(now)
        else:
            self._settle(level, now)

    def _look_again(self, rate: float, now: float) -> None:
        """Compare what a level carried in all of its rest: with the one below, then above."""
        lower, before = self._below
        self._below = (lower, 0.0)
        if rate * _GROWTH < before:
            self._settle(lower, now)
            return
        self._kept = (self.limit, rate)
        if self.limit == self._highest:
            self._settle(self.limit, now)
            return
        self._rest = min(self._rest * 2, _LONGEST_REST)
        self._rest_until = None
        self._go(min(self.limit * 2, self._highest), now)

    def _go(self, level: int, now: float) -> None:
        self.limit = level
        self._chances = _CHANCES
        self._window = _Window(now)

    def _settle(self, level: int, now: float) -> None:
        self.limit = level
        self._shortest = _LATER_WINDOW
        self._rest_until = now + self._rest
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
