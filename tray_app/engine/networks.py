"""Networks where a person allowed uploads although they cost; saved behind the loop's back."""

import asyncio
import logging
import threading

from tray_app.core.conditions import Readings
from tray_app.core.errors import TrayError
from tray_app.ports.networks import SavedNetworks

log = logging.getLogger(__name__)


class AllowedNetworks:
    """Every method returns at once; `close` waits until all is on disk.

    A network without an id (no NetworkManager, no gateway) is allowed for this process only.
    """

    def __init__(self, saved: SavedNetworks) -> None:
        self._saved = saved
        self._networks = self._on_disk = dict(saved.load())
        self._unnamed = False
        self._writing = threading.Lock()
        self._last_write: asyncio.Future[None] | None = None

    def allow(self, network_id: str | None, name: str = "") -> None:
        """Upload on this network although it costs."""
        if network_id is None:
            self._unnamed = True
        else:
            self._change({**self._networks, network_id: name})

    def forget(self, network_id: str | None) -> None:
        """Take that back; harmless when it was not allowed."""
        if network_id is None:
            self._unnamed = False
        else:
            self._change({key: it for key, it in self._networks.items() if key != network_id})

    def allowed(self) -> frozenset[str | None]:
        """Return the ids of the networks; None among them: one that has no id."""
        return frozenset(self._networks) | ({None} if self._unnamed else frozenset())

    def names(self) -> dict[str, str]:
        """Return id and name of each allowed network, for a list that a person can shorten."""
        return dict(self._networks)

    def seen(self, readings: Readings) -> None:
        """End the permission for a network without an id when the computer has left it."""
        if readings.network_id is not None or readings.online is False:
            self._unnamed = False

    async def close(self) -> None:
        """Wait for what is being written."""
        if self._last_write:
            await self._last_write

    def _change(self, networks: dict[str, str]) -> None:
        if networks != self._networks:
            self._networks = networks
            loop = asyncio.get_running_loop()
            self._last_write = loop.run_in_executor(None, self._write)

    def _write(self) -> None:
        """Write the newest value; a later call finds nothing left to do."""
        with self._writing:
            networks = self._networks
            if networks == self._on_disk:
                return
            try:
                self._saved.save(networks)
            except TrayError as exc:
                log.warning("An allowed network will be forgotten: %s", exc.words())
            else:
                self._on_disk = networks
