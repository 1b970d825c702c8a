"""The real clock behind the port `Clock`."""

import asyncio
import time
from datetime import UTC, datetime

_LONGEST_TIMER = 86_400.0


class SystemClock:
    """Wall clock, monotonic clock and sleep of this computer."""

    def now(self) -> datetime:
        """Return the wall clock, aware, UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds that never run backwards."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait; in pieces, for a timer of Qt counts 24.8 days of milliseconds at most."""
        while seconds > _LONGEST_TIMER:
            await asyncio.sleep(_LONGEST_TIMER)
            seconds -= _LONGEST_TIMER
        await asyncio.sleep(seconds)
