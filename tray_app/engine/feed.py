"""The change feed: what syncs, scans and confirmations changed, for windows to look at."""

import asyncio
from collections.abc import Callable

from tray_app.core.timeline_changes import EVERYTHING, NOTHING, Touched, joined
from tray_app.ports import Clock

SECONDS = 0.25

Listener = Callable[[Touched], None]


class Feed:
    """Passes on what changed at most once in `SECONDS`, joined; the first change at once.

    Everything runs in the loop's thread. While nobody listens it does nothing, and while nothing
    changes it does not wake up.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._listeners: list[Listener] = []
        self._waiting = NOTHING
        self._rest: asyncio.Task[None] | None = None

    def tell(self, touched: Touched) -> None:
        """Take what changed; returns at once."""
        if not self._listeners:
            return
        self._waiting = joined(self._waiting, touched)
        if self._waiting and self._rest is None:
            self._pass_on()

    def everything(self) -> None:
        """Say that all may be different, as after another person signed in."""
        self.tell(EVERYTHING)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with what changed from now on; returns how to end it."""
        self._listeners.append(listener)

        def end() -> None:
            self._listeners.remove(listener)
            if not self._listeners:
                self._waiting = NOTHING

        return end

    def close(self) -> None:
        """Pass nothing on any more."""
        self._listeners.clear()
        if self._rest:
            self._rest.cancel()

    def _pass_on(self) -> None:
        touched, self._waiting = self._waiting, NOTHING
        self._rest = asyncio.create_task(self._pause(), name="change feed")
        for listener in tuple(self._listeners):
            listener(touched)

    async def _pause(self) -> None:
        try:
            await self._clock.sleep(SECONDS)
        finally:
            self._rest = None
        if self._waiting:
            self._pass_on()
