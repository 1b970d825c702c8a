"""Wiring of `ForegroundChannel` within the tray process: the app's side, the native one, toasts."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager

from tray_app.adapters.channel.memory import memory_channel
from tray_app.adapters.told_file import ToldFile
from tray_app.app.workshop import Workshop
from tray_app.core.channel import Call
from tray_app.core.notification import Notification
from tray_app.core.settings import Settings
from tray_app.core.toasts import LABELS, Button, progress_toast
from tray_app.desktop.pick import pick_notifier
from tray_app.engine.store import Store
from tray_app.engine.supervisor import Supervisor
from tray_app.engine.toasts import Pictures, Toasts, answer
from tray_app.ports.channel import ForegroundChannel
from tray_app.ports.toasts import Balloons, Notifier
from tray_app.ui import toast_view
from tray_app.ui.language import localised
from tray_app.ui.loop import PROGRAM
from tray_app.ui.resources import resource_path
from tray_app.ui.view import APP_NAME

log = logging.getLogger(__name__)
SystemJob = Callable[[], Coroutine[object, object, object]]


def _label(button: Button) -> str:
    return str(localised(LABELS[button]))


class NativeSide:
    """The desktop's half: shows progress, and keeps the system job, its background service."""

    def __init__(
        self, channel: ForegroundChannel, notifier: Notifier, system_job: SystemJob | None
    ) -> None:
        self._channel = channel
        self._notifier = notifier
        self._system_job = system_job
        self._jobs: set[asyncio.Task[object]] = set()
        channel.on_call(self._called)

    def system_stop(self) -> None:
        """Tell that the computer shuts down or the session ends."""
        self._channel.call("systemStop")

    def _called(self, call: Call) -> None:
        if isinstance(call.params, Notification):
            self._notifier.show(progress_toast(call.params))
        elif self._system_job:  # `start` and `stop`: what is wanted stands in the settings
            job = asyncio.create_task(self._system_job())
            self._jobs.add(job)
            job.add_done_callback(self._jobs.discard)

    async def close(self) -> None:
        """Wait until the system job is as it shall be."""
        if self._jobs:
            await asyncio.wait(self._jobs)


class Channel:
    """Both ends, as the tray program uses them."""

    def __init__(self, app: ForegroundChannel, native: NativeSide, toasts: Toasts) -> None:
        self._app = app
        self.native = native
        self.toasts = toasts

    def settings_changed(self, settings: Settings) -> None:
        """Let toasts and the native side obey, whoever changed settings or the sign-in."""
        self.toasts.settings_changed(settings)
        self.leave(settings)

    def leave(self, settings: Settings) -> None:
        """Hand automatic backup to the native side, whose system job goes on without us."""
        self._app.call("start" if settings.background_backup else "stop")


@asynccontextmanager
async def opened_channel(
    workshop: Workshop,
    store: Store,
    service: Supervisor,
    balloons: Balloons,
    system_job: SystemJob | None,
    show: Callable[[], None],
    add_card: Callable[[], None] = lambda: None,
) -> AsyncIterator[Channel]:
    """Join the two sides until the end of the block.

    `show` raises the window, `add_card` accepts the card that is offered.
    """
    app, native = memory_channel()

    def told(call: Call) -> None:
        log.info("The desktop's side says: %s.", call.method)
        if call.method == "systemStop":
            service.quit()

    def pressed(button: Button) -> None:
        log.info("Pressed on a notification: %s.", button)
        add_card() if button is Button.ADD else answer(button, service, show)

    app.on_call(told)
    notifier = pick_notifier(balloons, APP_NAME, resource_path("icons/app.svg"), PROGRAM, _label)
    notifier.on_press(pressed)
    side = NativeSide(native, notifier, system_job)
    pictures = Pictures(toast_view.progress, toast_view.toast)
    saved = ToldFile(workshop.locations.told_file)
    try:
        async with Toasts(store, workshop.clock, app, notifier, saved, pictures) as toasts:
            native.call("initialized")
            yield Channel(app, side, toasts)
    finally:
        await side.close()
        await notifier.close()
