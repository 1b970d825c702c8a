"""Toasts over a library of the platform: one task talks to it, calls only leave it work."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Protocol

from tray_app.core.toasts import Button, Slot, Toast
from tray_app.ports.toasts import Balloons, Pressed

log = logging.getLogger(__name__)

_PATIENCE = 30.0  # seconds for one call of a library


class Listener(Protocol):
    """What a screen tells, from any thread."""

    def pressed(self, button: Button) -> None:
        """Tell that a person pressed this."""
        ...

    def sent_away(self, slot: Slot) -> None:
        """Tell that a person closed the toast of this slot."""
        ...

    def failed(self, slot: Slot) -> None:
        """Tell that the toast of this slot was taken, but never came to be seen."""
        ...


class Screen(Protocol):
    """One library. Whatever `put` and `remove` raise counts as a refusal."""

    pause: float  # seconds between two states of one progress toast

    def hear(self, listener: Listener) -> None:
        """Tell this listener from now on."""
        ...

    async def put(self, toast: Toast, instead: Toast | None) -> bool:
        """Show it, in the place of `instead`, which is there now; False: it cannot be shown."""
        ...

    async def remove(self, slot: Slot) -> None:
        """Take the toast of this slot away."""
        ...

    def close(self) -> None:
        """Wait for nothing any more."""
        ...


class ScreenToasts:
    """Port `Notifier`; what the screen refuses goes to the balloons. To be made within the loop."""

    def __init__(self, screen: Screen, balloons: Balloons) -> None:
        self._screen, self._balloons = screen, balloons
        self._loop = asyncio.get_running_loop()
        self._wanted: dict[Slot, Toast] = {}
        self._there: dict[Slot, Toast] = {}
        self._due: dict[Slot, None] = {}  # slots to be brought up to date, in order
        self._later: dict[Slot, asyncio.TimerHandle] = {}  # progress that came too soon
        self._not_before: dict[Slot, float] = {}
        self._muted: set[Slot] = set()
        self._working: asyncio.Task[None] | None = None
        self._pressed: Pressed = lambda _button: None
        screen.hear(self)

    def on_press(self, pressed: Pressed) -> None:
        """Call `pressed` when a person presses something, or clicks a balloon."""
        self._pressed = pressed
        self._balloons.on_press(pressed)

    def show(self, toast: Toast) -> None:
        """Show it soon, in the place of the one of its slot."""
        if toast.progress and toast.slot in self._muted:
            return
        self._muted.discard(toast.slot)
        self._wanted[toast.slot] = toast
        wait = self._not_before.get(toast.slot, 0.0) - self._loop.time()
        if not toast.progress or wait <= 0:
            self._bring_up_to_date(toast.slot)
        elif toast.slot not in self._later:
            later = self._loop.call_later(wait, self._bring_up_to_date, toast.slot)
            self._later[toast.slot] = later

    def withdraw(self, slot: Slot) -> None:
        """Take it from the screen soon."""
        self._muted.discard(slot)
        self._not_before.pop(slot, None)
        if self._wanted.pop(slot, None) or slot in self._there:
            self._bring_up_to_date(slot)

    async def close(self) -> None:
        """Leave nothing on the screen whose buttons nobody would answer."""
        for slot in Slot:
            self.withdraw(slot)
        if self._working:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._working, 1.0)
        self._screen.close()

    def pressed(self, button: Button) -> None:
        """Hear of it in any thread."""
        self._soon(lambda: self._pressed(button))

    def sent_away(self, slot: Slot) -> None:
        """Hear of it in any thread."""
        self._soon(lambda: self._gone(slot))

    def failed(self, slot: Slot) -> None:
        """Hear of it in any thread."""
        self._soon(lambda: self._unseen(slot))

    def _soon(self, heard: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody listens any more
            self._loop.call_soon_threadsafe(heard)

    def _gone(self, slot: Slot) -> None:
        self._there.pop(slot, None)
        wanted = self._wanted.get(slot)
        if wanted and wanted.progress:
            self._muted.add(slot)
            self._forget_due(slot)
        if slot not in self._due:  # else it was closed just before its successor
            self._wanted.pop(slot, None)

    def _unseen(self, slot: Slot) -> None:
        if toast := self._there.pop(slot, None):
            self._tell_otherwise(toast)

    def _forget_due(self, slot: Slot) -> None:
        self._due.pop(slot, None)
        if later := self._later.pop(slot, None):
            later.cancel()

    def _bring_up_to_date(self, slot: Slot) -> None:
        self._forget_due(slot)
        self._due[slot] = None
        if self._working is None or self._working.done():
            self._working = self._loop.create_task(self._work(), name="notifications")

    async def _work(self) -> None:
        while self._due:
            slot = next(iter(self._due))
            del self._due[slot]
            toast = self._wanted.get(slot)
            if toast is None:
                await self._take_away(slot)
            elif toast is not self._there.get(slot):
                await self._put(toast)

    async def _put(self, toast: Toast) -> None:
        if toast.progress:
            self._not_before[toast.slot] = self._loop.time() + self._screen.pause
        if await _taken(self._screen.put(toast, self._there.get(toast.slot))):
            self._there[toast.slot] = toast
        elif not toast.progress:
            await self._take_away(toast.slot)
            self._tell_otherwise(toast)

    async def _take_away(self, slot: Slot) -> None:
        if self._there.pop(slot, None):
            await _taken(self._screen.remove(slot))

    def _tell_otherwise(self, toast: Toast) -> None:
        if not self._balloons.take(toast):
            log.info("No notification could show: %s", toast.slot)


async def _taken(call: Awaitable[bool | None]) -> bool:
    try:
        async with asyncio.timeout(_PATIENCE):
            return bool(await call)
    except Exception as exc:  # noqa: BLE001  whatever a library and its system think of
        log.info("The notifications of this system refuse: %r", exc)
        return False
