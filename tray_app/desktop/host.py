"""Port `Host`: what the system announces, and the clocks for what it does not."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Protocol, Self

from tray_app.core.host import HostEvent
from tray_app.desktop.clock_gap import SECONDS, ClockGap

log = logging.getLogger(__name__)

# Awake for so long after sleep was announced: it did not come, and nobody said so. The loop's
# clock stops during sleep.
SLEEPLESS_SECONDS = 60.0


class Announcer(Protocol):
    """A service of the system that announces events."""

    def listen(self, tell: Callable[[HostEvent], None]) -> None:
        """Tell events from `connect` on."""
        ...

    async def connect(self) -> None:
        """Reach the service; harmless when it was reached before, or is not there."""
        ...

    def transferring(self, *, on: bool) -> None:
        """Ask for a moment before sleep and shutdown, or no longer."""
        ...

    async def close(self) -> None:
        """Leave it."""
        ...


class SystemHost:
    """Lives in one event loop, from `async with` on."""

    def __init__(
        self,
        announcer: Announcer | None = None,
        gap: ClockGap | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._announcer = announcer
        self._gap = gap or ClockGap()
        self._sleep = sleep
        self._listeners: dict[object, Callable[[HostEvent], None]] = {}
        self._looking: asyncio.Task[None] | None = None
        self._sleepless: asyncio.TimerHandle | None = None
        if announcer:
            announcer.listen(self._tell)

    def on_event(self, listener: Callable[[HostEvent], None]) -> Callable[[], None]:
        """Call `listener` with each event; returns how to end it."""
        key = object()
        self._listeners[key] = listener
        return lambda: self._listeners.pop(key, None) and None

    def transferring(self, *, on: bool) -> None:
        """Say whether a transfer goes on: sleep and shutdown then leave it a moment to end."""
        if self._announcer:
            self._announcer.transferring(on=on)

    async def __aenter__(self) -> Self:
        self._looking = asyncio.create_task(self._look(), name="sleep and wake")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._sleepless:
            self._sleepless.cancel()
        if self._looking:
            self._looking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._looking
        if self._announcer:
            await self._announcer.close()

    async def _look(self) -> None:
        while True:
            if self._announcer:
                await self._announcer.connect()
            await self._sleep(SECONDS)
            if self._gap.slept():
                log.info("The clocks say that the computer slept.")
                self._call(HostEvent.WOKE)

    def _tell(self, event: HostEvent) -> None:
        if self._sleepless:
            self._sleepless.cancel()
            self._sleepless = None
        if event is HostEvent.WOKE:
            self._gap.slept()  # told now; the next look need not tell it again
        elif event is HostEvent.ABOUT_TO_SLEEP:
            loop = asyncio.get_running_loop()
            self._sleepless = loop.call_later(SLEEPLESS_SECONDS, self._tell, HostEvent.WOKE)
        log.info("The system says: %s", event)
        self._call(event)

    def _call(self, event: HostEvent) -> None:
        for listener in list(self._listeners.values()):
            listener(event)
