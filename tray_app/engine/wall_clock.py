"""Sees that somebody set the wall clock back: what was due at a time would not be for years."""

from datetime import timedelta

from tray_app.ports import Clock

_CORRECTION = timedelta(seconds=30)  # such as time servers make: nobody waits longer for it


class WallClock:
    """Compares the wall clock with the one that never runs backwards.

    One set forward cannot be told from a sleep; both let things be due.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._now, self._monotonic = clock.now(), clock.monotonic()

    def set_back(self) -> timedelta | None:
        """Return by how much (negative) since the last call; None: it was not."""
        now, monotonic = self._clock.now(), self._clock.monotonic()
        expected = self._now + timedelta(seconds=monotonic - self._monotonic)
        self._now, self._monotonic = now, monotonic
        by = now - expected
        return by if by < -_CORRECTION else None
