"""Sees that a run moves (issue 3, point 8)."""

from tray_app.ports import Clock

PATIENCE = 600.0  # seconds


class Watchdog:
    """Knows when a run last showed a sign of life."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seen = clock.monotonic()

    def alive(self) -> None:
        """Note a sign of life."""
        self._seen = self._clock.monotonic()

    def bites(self) -> bool:
        """Tell whether nothing has moved for ten minutes."""
        return self._clock.monotonic() - self._seen >= PATIENCE
