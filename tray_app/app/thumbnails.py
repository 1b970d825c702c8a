"""Where pictures of the timeline come from: the store on disk, and the server where it may be."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from tray_app.adapters.immich.thumbnails import ServerThumbnails
from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.pictures import PictureStore
from tray_app.app.workshop import Workshop
from tray_app.core.account import Identity
from tray_app.core.conditions import Blocker, Readings, Rules, blockers
from tray_app.core.errors import TrayError
from tray_app.ports import Machine

log = logging.getLogger(__name__)

# Pictures are small: battery and quiet hours do not hold them back, a network that costs does.
_OF_THE_NETWORK = frozenset(
    {
        Blocker.OFFLINE,
        Blocker.CAPTIVE_PORTAL,
        Blocker.METERED,
        Blocker.TETHERED,
        Blocker.CELLULAR,
        Blocker.ASLEEP,
    }
)

WhoIs = Callable[[], Identity | None]


class PictureNetwork:
    """Remembers whether the network of the moment may be used for pictures."""

    def __init__(self, machine: Machine, rules: Callable[[], Rules], workshop: Workshop) -> None:
        self._machine, self._rules, self._clock = machine, rules, workshop.clock
        self._readings: Readings | None = None
        self._look: asyncio.Task[None] | None = None

    def changed(self) -> None:
        """Look anew."""
        if self._look:
            self._look.cancel()
        self._look = asyncio.create_task(self._read(), name="network for pictures")

    @property
    def free(self) -> bool:
        """Whether a picture may be fetched; not before the first look."""
        if self._readings is None:
            return False
        now: datetime = self._clock.now().astimezone()
        found = blockers(self._readings, self._rules(), now.time(), asleep=False)
        return _OF_THE_NETWORK.isdisjoint(found)

    async def close(self) -> None:
        """Stop looking."""
        if self._look:
            self._look.cancel()
            await asyncio.wait([self._look])

    async def _read(self) -> None:
        self._readings = await self._machine.read()


class Thumbnails:
    """Port `Thumbnails`; without a store of pictures (a full disk, say) all are fetched anew."""

    def __init__(
        self, workshop: Workshop, server: ServerThumbnails, network: PictureNetwork, identity: WhoIs
    ) -> None:
        self._server, self._network, self._identity = server, network, identity
        self._database: Database | None = None
        self._store: PictureStore | None = None
        try:
            self._database = Database(workshop.locations.pictures_db, "pictures")
            self._store = PictureStore(self._database, workshop.clock)
        except TrayError as exc:
            log.warning("Pictures are not kept: %s", exc.words())

    async def kept(self, name: str) -> bytes | None:
        """Return what was kept under this name."""
        try:
            return await self._store.get(name) if self._store else None
        except TrayError as exc:
            self._give_up(exc)
            return None

    async def keep(self, name: str, picture: bytes) -> None:
        """Keep a picture."""
        try:
            if self._store:
                await self._store.put(name, picture)
        except TrayError as exc:
            self._give_up(exc)

    def may_fetch(self) -> bool:
        """Tell whether the server may be asked now."""
        return self._identity() is not None and self._network.free

    async def fetch(self, asset_id: str) -> bytes:
        """Get the thumbnail of an asset."""
        return await self._server.fetch(asset_id)

    def account_changed(self) -> None:
        """Ask for the sign-in anew."""
        self._server.forget()

    async def close(self) -> None:
        """Close connections and store."""
        await self._server.close()
        if self._database:
            self._database.close()

    def _give_up(self, exc: TrayError) -> None:
        log.warning("Pictures are not kept any more: %s", exc.words())
        self._store = None
