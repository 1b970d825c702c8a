"""A person's pause and allowed networks: in force at once, saved behind the loop's back."""

import asyncio
import logging
import threading
from dataclasses import replace

from tray_app.core.choices import Choices
from tray_app.core.conditions import Readings
from tray_app.core.errors import TrayError
from tray_app.core.pauses import Pause
from tray_app.ports import Clock
from tray_app.ports.choices import SavedChoices

log = logging.getLogger(__name__)


class PersonalChoices:
    """Every method returns at once; `close` waits until all is on disk.

    A network without an id (no NetworkManager, no gateway) is allowed for this process only.
    """

    def __init__(self, saved: SavedChoices, clock: Clock) -> None:
        self._saved = saved
        self._clock = clock
        self._choices = self._on_disk = saved.load()
        self._unnamed = False
        self._writing = threading.Lock()
        self._last_write: asyncio.Future[None] | None = None

    @property
    def pause(self) -> Pause | None:
        """The pause in force; None when there is none or it is over."""
        pause = self._choices.pause
        return pause if pause and pause.holds(self._clock.now()) else None

    def set_pause(self, pause: Pause | None) -> None:
        """Begin a pause, or end it with None; it survives a restart."""
        self._change(replace(self._choices, pause=pause))

    def look_again(self) -> bool:
        """Take a pause that another process wrote since; True: it differs from the one known."""
        pause = self._saved.load().pause
        if pause == self._choices.pause:
            return False
        self._choices = replace(self._choices, pause=pause)
        self._on_disk = replace(self._on_disk, pause=pause)
        return True

    def allow(self, network_id: str | None, name: str = "") -> None:
        """Upload on this network although it costs."""
        if network_id is None:
            self._unnamed = True
        else:
            self._change(self._choices.allowing(network_id, name))

    def forget(self, network_id: str | None) -> None:
        """Take that back; harmless when it was not allowed."""
        if network_id is None:
            self._unnamed = False
        else:
            self._change(self._choices.forgetting(network_id))

    def allowed(self) -> frozenset[str | None]:
        """Return the ids of the networks; None among them: one that has no id."""
        unnamed = {None} if self._unnamed else set()
        return frozenset(self._choices.networks) | unnamed

    def networks(self) -> dict[str, str]:
        """Return id and name of each allowed network, for a list that a person can shorten."""
        return dict(self._choices.networks)

    def cards(self) -> dict[str, str]:
        """Return identity and name of each card that was offered before."""
        return dict(self._choices.cards)

    def offered(self, identity: str, name: str) -> None:
        """Never ask about this card again, whatever the answer is."""
        self._change(self._choices.asked_about(identity, name))

    def seen(self, readings: Readings) -> None:
        """End the permission for a network without an id when the computer has left it."""
        if readings.network_id is not None or readings.online is False:
            self._unnamed = False

    async def close(self) -> None:
        """Wait for what is being written."""
        if self._last_write:
            await self._last_write

    def _change(self, choices: Choices) -> None:
        if choices == self._choices:
            return
        self._choices = choices
        loop = asyncio.get_running_loop()
        self._last_write = loop.run_in_executor(None, self._write)

    def _write(self) -> None:
        """Write the newest value; a later call finds nothing left to do."""
        with self._writing:
            choices = self._choices
            if choices == self._on_disk:
                return
            try:
                self._saved.save(choices)
            except TrayError as exc:
                log.warning("A choice of yours will be lost at the next start: %s", exc.words())
            else:
                self._on_disk = choices
