"""A bell that a service waits for, a time or a task's end beside it."""

import asyncio
from typing import Any

from tray_app.ports import Clock


class Bell:
    """Many may ring at any time; one waits. Rings before a wait are not lost, and are one."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """End the wait of now, or the next one."""
        self._rung.set()

    async def wait(
        self, seconds: float | None = None, until: "asyncio.Task[Any] | None" = None
    ) -> None:
        """Return at a ring, after `seconds`, or when `until` is done, which stays as it is."""
        if not self._rung.is_set():
            waits: list[asyncio.Task[Any]] = [asyncio.create_task(self._rung.wait(), name="bell")]
            if seconds is not None:
                nap = self._clock.sleep(max(seconds, 0.0))
                waits.append(asyncio.create_task(nap, name="nap"))
            ends = [*waits, until] if until else waits
            try:
                await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in waits:
                    task.cancel()
                await asyncio.gather(*waits, return_exceptions=True)
        self._rung.clear()
