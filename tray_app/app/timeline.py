"""Wiring of the timeline: databases, server, store of pictures, and what its menu asks for."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from tray_app.adapters.immich.thumbnails import ServerThumbnails
from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.pictures import PictureStore
from tray_app.adapters.sqlite.reader import Reader
from tray_app.adapters.sqlite.timeline import SqliteTimeline
from tray_app.adapters.sqlite.tombstones import Tombstones
from tray_app.app.overview import account_of
from tray_app.app.workshop import Workshop
from tray_app.core.account import Identity
from tray_app.core.conditions import Blocker, Readings, Rules, blockers
from tray_app.core.errors import TrayError
from tray_app.core.server import SignIn
from tray_app.core.timeline import Cell, State
from tray_app.desktop.opener import open_page
from tray_app.desktop.reveal import reveal
from tray_app.engine.commands import Commands
from tray_app.engine.feed import Feed
from tray_app.ports import Machine
from tray_app.ui.timeline_page import TimelinePage

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


@dataclass(frozen=True, slots=True)
class TimelineParts:
    """What a page is made of; `feed.everything()` when another person has signed in."""

    timeline: SqliteTimeline
    thumbnails: "Thumbnails"
    feed: Feed
    actions: "Actions"

    def page(self) -> TimelinePage:
        """Make the tab; `close_down` ends it."""
        return TimelinePage(self.timeline, self.thumbnails, self.feed, self.actions)


@asynccontextmanager
async def opened_timeline(
    workshop: Workshop,
    identity: WhoIs,
    sign_in: Callable[[], Awaitable[SignIn]],
    machine: Machine,
    rules: Callable[[], Rules],
    commands: Commands,
) -> AsyncIterator[TimelineParts]:
    """Open everything that the timeline needs, and close it afterwards.

    `identity`: who is signed in. `sign_in` gets the credentials, as `Session.load_sign_in` does.
    `rules`: what the person allows on which network.
    """

    def user() -> str | None:
        known = identity()
        return known.user_id if known else None

    reader = Reader(workshop.locations.library_db, workshop.locations.backup_db)
    feed = Feed(workshop.clock)
    for database in (workshop.library_db, workshop.backup_db):
        database.listen(feed.tell)
    network = _Network(machine, rules, workshop)
    thumbnails = Thumbnails(workshop, ServerThumbnails(sign_in), network, identity)
    actions = Actions(workshop, identity, commands)
    end = machine.on_change(network.changed)
    network.changed()
    try:
        yield TimelineParts(SqliteTimeline(reader, user), thumbnails, feed, actions)
    finally:
        end()
        for database in (workshop.library_db, workshop.backup_db):
            database.listen(lambda _touched: None)
        feed.close()
        await network.close()
        await actions.close()
        await thumbnails.close()
        reader.close()


class _Network:
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
        self, workshop: Workshop, server: ServerThumbnails, network: _Network, identity: WhoIs
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


class Actions:
    """What the menu of the timeline does."""

    def __init__(self, workshop: Workshop, identity: WhoIs, commands: Commands) -> None:
        self._workshop, self._identity, self._commands = workshop, identity, commands
        self._jobs: set[asyncio.Task[None]] = set()

    def open_in_immich(self, cell: Cell) -> None:
        """Show an asset in the browser."""
        if (known := self._identity()) and cell.asset_id:
            place = "trash/photos" if cell.state is State.TRASHED else "photos"
            open_page(f"{known.url.removesuffix('/api')}/{place}/{cell.asset_id}")

    def reveal(self, path: str) -> None:
        """Show a file of this computer in its folder."""
        reveal(path)

    def upload_again(self, cells: Sequence[Cell]) -> None:
        """Lift what keeps these files from being uploaded, and back them up now."""
        job = asyncio.create_task(self._again(tuple(cells)), name="upload again")
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)

    async def close(self) -> None:
        """Let what was asked for come to its end."""
        if self._jobs:
            await asyncio.wait(self._jobs)

    async def _again(self, cells: Sequence[Cell]) -> None:
        database = self._workshop.backup_db
        try:
            account = await account_of(database, self._identity())
            if account is not None:
                known = {cell.sha1 for cell in cells if cell.sha1}
                await Tombstones(database, account).upload_again(known)
        except TrayError as exc:
            log.warning("The files could not be released: %s", exc.words())
            return
        self._commands.back_up_paths([cell.path for cell in cells if cell.path])
