"""Carries out what `core/toasts.py` decides: at the right moment, not too often, told once."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from types import TracebackType
from typing import NamedTuple, Self

from tray_app.core.errors import TrayError
from tray_app.core.notification import Notification
from tray_app.core.settings import Settings
from tray_app.core.snapshot import Snapshot
from tray_app.core.telling import decide, is_working, progress_slots, remind
from tray_app.core.toasts import PAUSE_MINUTES, Button, News, Offered, Slot, Summary, Toast, Told
from tray_app.engine.commands import Commands
from tray_app.engine.store import Store
from tray_app.ports import Clock
from tray_app.ports.channel import ForegroundChannel
from tray_app.ports.toasts import Notifier, SavedTold

log = logging.getLogger(__name__)

APPEAR_SECONDS = 1.0  # a run that is over sooner gets its summary only
EVERY_SECONDS = 0.5  # at most two updates a second (issue 3 point 5)
STALE_SECONDS = 20.0  # a toast goes by itself when nobody renews it: its program may be dead
FIRST_REMINDER_SECONDS = 15 * 60.0  # after a start there has to be a chance to back up first
REMINDER_SECONDS = 3600.0


class Pictures(NamedTuple):
    """How to put into words what is decided."""

    progress: Callable[[Slot, Snapshot, datetime], Notification]
    toast: Callable[[News, datetime], Toast]


class Toasts:
    """Follows the store from `async with` on; progress goes over the channel, news directly.

    One timer runs while there is progress to show, and one an hour for the reminder.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        channel: ForegroundChannel,
        notifier: Notifier,
        saved: SavedTold,
        pictures: Pictures,
    ) -> None:
        self._store = store
        self._clock = clock
        self._channel = channel
        self._notifier = notifier
        self._saved = saved
        self._pictures = pictures
        self._settings = Settings()
        self._active = False
        self._before = store.snapshot
        self._told = self._on_disk = saved.load()
        self._seen: dict[Slot, tuple[Notification, float]] = {}  # progress, and since when
        self._over = False  # this run was summed up; the service has not said so yet
        self._painting: asyncio.Task[None] | None = None
        self._saving: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._reminding = asyncio.create_task(self._remind(), name="reminder")
        self._unsubscribe = self._store.subscribe(self._look)
        self._look(self._store.snapshot)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._unsubscribe()
        for task in (self._reminding, self._painting):
            if task:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
        if self._saving:
            await self._saving

    def settings_changed(self, settings: Settings) -> None:
        """Obey new settings at once."""
        self._settings = settings
        self._consider(self._store.snapshot)
        self._show_progress(self._store.snapshot)

    def offer(self, offered: Offered | None) -> None:
        """Show the offer that stands, or take it from the screen."""
        if offered:
            self._tell(offered)
        else:
            self._notifier.withdraw(Slot.OFFER)

    def window_active(self, *, active: bool) -> None:
        """Tell whether a person works in a window of ours: then no toast shows progress."""
        self._active = active
        self._show_progress(self._store.snapshot)

    def _look(self, snapshot: Snapshot) -> None:
        if _facts(snapshot) != _facts(self._before):
            self._consider(snapshot)
        self._show_progress(snapshot)

    def _consider(self, snapshot: Snapshot) -> None:
        """Tell what has to be told, in the place of the progress that it ends."""
        ended = snapshot.run_number != self._before.run_number
        self._over = is_working(snapshot) and (self._over or ended)
        had_cause = self._told.anything
        before, self._before = self._before, snapshot
        news, told = decide(before, snapshot, self._settings, self._told, self._clock.now())
        self._remember_told(told)
        if had_cause and not told.anything:
            self._notifier.withdraw(Slot.ERROR)
        for one in news:
            self._tell(one)

    def _tell(self, news: News) -> None:
        toast = self._pictures.toast(news, self._clock.now())
        if isinstance(news, Summary):
            self._seen.pop(toast.slot, None)
        log.info("Told: %r", news)  # the toast itself speaks the person's language
        self._notifier.show(toast)

    def _wanted(self) -> frozenset[Slot]:
        if self._over:
            return frozenset()
        return progress_slots(self._store.snapshot, self._settings, active=self._active)

    def _show_progress(self, snapshot: Snapshot) -> None:
        if not self._seen and not is_working(snapshot):
            return
        wanted = self._wanted()
        for slot in self._seen.keys() - wanted:
            del self._seen[slot]
            self._notifier.withdraw(slot)
        if wanted and (self._painting is None or self._painting.done()):
            self._painting = asyncio.create_task(self._paint(), name="toasts")

    async def _paint(self) -> None:
        """Show the newest state a little later: a throttle, so that a steady stream is seen."""
        await self._clock.sleep(EVERY_SECONDS if self._seen else APPEAR_SECONDS)
        wanted = self._wanted()
        for slot in (slot for slot in Slot if slot in wanted):
            said = self._pictures.progress(slot, self._store.snapshot, self._clock.now())
            self._update(slot, said, self._clock.monotonic())

    def _update(self, slot: Slot, said: Notification, now: float) -> None:
        seen = self._seen.get(slot)
        if seen is None or seen[0] != said or now - seen[1] >= STALE_SECONDS:
            self._seen[slot] = said, now
            self._channel.call("updateNotification", said)

    async def _remind(self) -> None:
        await self._clock.sleep(FIRST_REMINDER_SECONDS)
        while True:
            now = self._clock.now()
            stale, told = remind(self._store.snapshot, self._settings, self._told, now)
            self._remember_told(told)
            if stale:
                self._tell(stale)
            await self._clock.sleep(REMINDER_SECONDS)

    def _remember_told(self, told: Told) -> None:
        if told == self._told:
            return
        self._told = told
        if self._saving is None or self._saving.done():
            self._saving = asyncio.create_task(self._save(), name="told")

    async def _save(self) -> None:
        while self._on_disk != self._told:
            told = self._told
            try:
                await asyncio.to_thread(self._saved.save, told)
            except TrayError as exc:
                log.warning("A notification may come again after a restart: %s", exc.words())
            self._on_disk = told


def _facts(snapshot: Snapshot) -> tuple[object, ...]:
    """Name what news depend on; bytes and names change far more often."""
    return (
        *(snapshot.phase, snapshot.run_number, snapshot.need, snapshot.automatic),
        *(snapshot.failed, snapshot.pending, snapshot.upload.failed_count),
        *(snapshot.last_success, snapshot.backup_failed_since),
    )


def answer(button: Button, commands: Commands, show: Callable[[], None]) -> None:
    """Do what a person pressed; `show` raises the window."""
    match button:
        case Button.PAUSE:
            commands.pause(PAUSE_MINUTES)
        case Button.RETRY:
            commands.back_up_now()
        case Button.SHOW | Button.WHY | Button.ADD:
            show()
