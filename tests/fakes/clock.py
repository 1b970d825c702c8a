"""Port `Clock`: time that a test moves, and time that is wrong."""

import asyncio
import heapq
import itertools
from datetime import UTC, datetime, timedelta

from tray_app.adapters.clock import SystemClock

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


class FakeClock:
    """Stands still until `advance`, or jumps to the next sleeper with `automatic`."""

    def __init__(self, *, automatic: bool = False) -> None:
        self._passed = 0.0
        self._order = itertools.count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self.automatic = automatic
        self.shift = timedelta(0)  # how wrong the wall clock is, or how long the computer slept
        self.slept: list[float] = []

    def now(self) -> datetime:
        return BEGIN + timedelta(seconds=self._passed) + self.shift

    def monotonic(self) -> float:
        return self._passed

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        waiting = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._passed + seconds, next(self._order), waiting))
        if self.automatic:
            asyncio.get_running_loop().call_soon(self._next)
        await waiting

    def _next(self) -> None:
        if self._sleepers:
            self._wake_until(self._sleepers[0][0])

    def _wake_until(self, moment: float) -> None:
        while self._sleepers and self._sleepers[0][0] <= moment:
            due, _, waiting = heapq.heappop(self._sleepers)
            self._passed = max(self._passed, due)
            if not waiting.done():
                waiting.set_result(None)
                return

    async def advance(self, seconds: float) -> None:
        """Let time pass; who wakes up runs before the next one does."""
        end = self._passed + seconds
        while self._sleepers and self._sleepers[0][0] <= end:
            self._wake_until(end)
            for _ in range(10):
                await asyncio.sleep(0)
        self._passed = end


class ShiftedClock(SystemClock):
    """A real clock that shows another time of day."""

    def __init__(self, begin: float) -> None:
        self._shift = begin - SystemClock().now().timestamp()

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=self._shift)


class HurriedClock(SystemClock):
    """A real clock that rests a fiftieth of what it is asked to."""

    async def sleep(self, seconds: float) -> None:
        await super().sleep(seconds / 50)
