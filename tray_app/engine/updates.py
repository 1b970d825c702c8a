"""Asks once a week whether there is a newer version, where a person wants that."""

import logging
from collections.abc import Callable
from dataclasses import replace

from tray_app.core.errors import TrayError
from tray_app.core.settings import Settings
from tray_app.core.updates import Checked, due_in, may_ask, notice
from tray_app.engine.bell import Bell
from tray_app.ports import Clock, Machine
from tray_app.ports.updates import Announcements, SavedCheck

log = logging.getLogger(__name__)
LOOK_AGAIN_SECONDS = 3600.0  # while network or power forbid it, and after a long sleep


def address_of(settings: Settings) -> str:
    """Return what is to be asked; "" where nothing is."""
    return settings.update_check_url if settings.update_check else ""


def words_of(checked: Checked, current: str, settings: Settings) -> str:
    """Say what is known of a newer version than `current`; "" where nothing is to be said."""
    return notice(checked, current, settings.update_muted) if address_of(settings) else ""


class UpdateCheck:
    """`serve` until cancelled; `say` gets the notice, or "" when there is none any more.

    While the setting is off it does nothing at all. Switched off, or sent to another address, it
    forgets what it knew.
    """

    def __init__(
        self,
        current: str,
        announcements: Announcements,
        saved: SavedCheck,
        machine: Machine,
        clock: Clock,
        say: Callable[[str], object],
    ) -> None:
        self._current = current
        self._announcements = announcements
        self._saved = saved
        self._machine = machine
        self._clock = clock
        self._say = say
        self._bell = Bell(clock)
        self._settings = Settings()

    def settings_changed(self, settings: Settings) -> None:
        """Obey these from now on."""
        self._settings = settings
        self._bell.ring()

    async def serve(self) -> None:
        """Ask when it is due."""
        checked, told = self._saved.load(), ""
        before: str | None = None
        while True:
            url = address_of(self._settings)
            if before not in (None, url):
                checked = Checked()  # it was said somewhere else
            before = url
            if url:
                checked = await self._asked(url, checked)
            said = words_of(checked, self._current, self._settings)
            if said != told:
                self._say(said)
            told = said
            await self._bell.wait(self._seconds(checked) if url else None)

    def _seconds(self, checked: Checked) -> float:
        left = due_in(checked, self._clock.now()).total_seconds()
        return min(max(left, 60.0), LOOK_AGAIN_SECONDS)

    async def _asked(self, url: str, checked: Checked) -> Checked:
        """Return what is known then; as it was where it is not due or not allowed."""
        now = self._clock.now()
        if due_in(checked, now).total_seconds() > 0 or not may_ask(await self._machine.read()):
            return checked
        try:
            checked = Checked(now, useful=True, found=await self._announcements.newest(url))
        except TrayError as exc:
            log.info("Whether there is a new version could not be found out: %s", exc.words())
            checked = replace(checked, at=now, useful=False)
        try:
            self._saved.save(checked)
        except TrayError as exc:
            log.warning("%s", exc.words())
        return checked
