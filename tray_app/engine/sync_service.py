"""Decides when the library is synced; the rest of the program only knocks."""

import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import replace

from tray_app.core.conditions import UNREADABLE, Reason
from tray_app.core.errors import TrayError, TryLater
from tray_app.core.phrase import phrase
from tray_app.core.sync_schedule import BUG, Schedule, SyncState, Trigger, trouble_of
from tray_app.engine.bell import Bell
from tray_app.ports import Clock

log = logging.getLogger(__name__)

Told = Callable[[object], None]


class SyncService:
    """One sync at a time: at the start, at each knock, and every `interval` minutes.

    Knocks during a sync cause exactly one more. Trouble delays the next try, longer each time;
    network, wake, a window and a person do not wait for that. `sync` does one whole sync (True:
    everything is sent again) and returns what it did; `hold` tells why nothing leads to the server.

    The conditions of the backup do not count: a sync that finds nothing new costs one line, so
    that it runs on metered networks, on battery and in quiet hours too; only without a way to
    the server it waits. Nothing here wakes up while there is nothing to do before the interval
    (a minute at least) is over.
    """

    def __init__(
        self,
        clock: Clock,
        sync: Callable[[bool], Awaitable[object]],
        interval: Callable[[], int],
        hold: Callable[[], Awaitable[tuple[Reason, ...]]],
        *,
        changed: Callable[[SyncState], None] = lambda _state: None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._clock = clock
        self._sync = sync
        self._interval = interval
        self._hold = hold
        self._changed = changed
        self._chance = chance
        self._bell = Bell(clock)
        self._schedule = Schedule().knocked(Trigger.START)
        self._state = SyncState()
        self._full = False
        self._waiting: list[Told] = []  # for the next sync
        self._served: list[Told] = []  # by the present one
        self.began_at: float | None = None

    @property
    def state(self) -> SyncState:
        """Return the state as it is now."""
        return self._state

    def knock(self, trigger: Trigger) -> None:
        """Ask for a sync; returns at once, safe from a Qt slot."""
        self._schedule = self._schedule.knocked(trigger)
        self._bell.ring()

    def ask(self, told: Told, *, full: bool = False) -> None:
        """Ask as a person does; `told` gets the report of a sync that begins from now on.

        It is called once, with a TrayError where it did not come to a report.
        """
        self._full = self._full or full
        self._waiting.append(told)
        self.knock(Trigger.ASKED)

    def settings_changed(self) -> None:
        """Look at the interval anew."""
        self._bell.ring()

    async def serve(self) -> None:
        """Sync when it is due until cancelled, which also ends a sync that is running."""
        try:
            while True:
                left = self._schedule.due_at(self._seconds) - self._clock.monotonic()
                if left > 0:
                    await self._bell.wait(left)
                else:
                    await self._once()
        finally:
            self._served, self._waiting = [*self._served, *self._waiting], []
            self._answer(TryLater(phrase("The sync was broken off."), remedy=phrase("Ask again.")))

    @property
    def _seconds(self) -> float:
        return self._interval() * 60.0

    async def _once(self) -> None:
        self._schedule = self._schedule.begun()
        self._served, self._waiting = self._waiting, []
        full, self._full = self._full, False
        if held := await self._held():
            self._has_to_wait(held)
            return
        self.began_at = self._clock.monotonic()
        self._show(replace(self._state, running=True, held=()))
        try:
            await self._try(full=full)
        finally:
            self._show(replace(self._state, running=False))

    def _has_to_wait(self, held: tuple[Reason, ...]) -> None:
        self._schedule = self._schedule.held(self._clock.monotonic())
        if held != self._state.held:
            # The words may name a network, which is private, and logs are sent to strangers.
            log.info("The sync has to wait: %s.", ", ".join(str(it.blocker) for it in held))
        self._show(replace(self._state, held=held))
        self._answer(TryLater(held[0].words, remedy=held[0].remedy))

    async def _held(self) -> tuple[Reason, ...]:
        try:
            return await self._hold()
        except Exception:
            log.exception("The conditions of a sync could not be read; this is a bug.")
            return (UNREADABLE,)

    async def _try(self, *, full: bool) -> None:
        try:
            report = await self._sync(full)
        except TrayError as exc:
            known = self._state.trouble == trouble_of(exc)
            level = logging.INFO if known else logging.WARNING
            log.log(level, "The library could not be synced: %s", exc.words())
            self._failed(exc)
        except Exception:
            log.exception("The sync broke; this is a bug.")
            self._failed(None)
        else:
            self._schedule = self._schedule.succeeded(self._clock.monotonic())
            now = self._clock.now()
            self._show(replace(self._state, last_success=now, report=report, trouble=None))
            self._answer(report)

    def _failed(self, exc: TrayError | None) -> None:
        self._schedule = self._schedule.failed(exc, self._clock.monotonic(), self._chance())
        self._show(replace(self._state, trouble=trouble_of(exc) if exc else BUG))
        self._answer(exc or TrayError(BUG.reason, remedy=BUG.remedy))

    def _answer(self, report: object) -> None:
        served, self._served = self._served, []
        for told in served:
            told(report)

    def _show(self, state: SyncState) -> None:
        if state != self._state:
            self._state = state
            self._changed(state)
