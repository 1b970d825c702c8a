"""Wiring of the timeline: databases, server, store of pictures, and what its menu asks for."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tray_app.adapters.immich.thumbnails import ServerThumbnails
from tray_app.adapters.sqlite.kept_back import KeptBackFiles
from tray_app.adapters.sqlite.reader import Reader
from tray_app.adapters.sqlite.timeline import SqliteTimeline
from tray_app.app.overview import account_of
from tray_app.app.thumbnails import PictureNetwork, Thumbnails, WhoIs
from tray_app.app.workshop import Workshop
from tray_app.core.account import Identity
from tray_app.core.conditions import Rules
from tray_app.core.errors import NeedsUser, TrayError
from tray_app.core.server import SignIn
from tray_app.core.timeline import Cell, State
from tray_app.desktop.opener import open_page
from tray_app.desktop.reveal import reveal
from tray_app.engine.commands import Commands
from tray_app.engine.feed import Feed
from tray_app.ports import Machine

if TYPE_CHECKING:
    from tray_app.ui.timeline_page import TimelinePage

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TimelineParts:
    """What a page is made of; `feed.everything()` when another person has signed in."""

    timeline: SqliteTimeline
    thumbnails: Thumbnails
    feed: Feed
    actions: "Actions"

    def page(self) -> "TimelinePage":
        """Make the tab; `close_down` ends it."""
        from tray_app.ui.timeline_page import TimelinePage  # noqa: PLC0415  the icon comes first

        return TimelinePage(self.timeline, self.thumbnails, self.feed, self.actions)


class Viewer:
    """Remembers who looks at the timeline; `identity` is None while nobody is signed in.

    `known` reads who is signed in (raises NeedsUser), `session` names the sign-in and the way to
    the server: pictures come over a connection that stands for both.
    """

    def __init__(
        self, known: Callable[[], Identity | None], session: Callable[[], Hashable]
    ) -> None:
        self._known, self._session = known, session
        self.identity: Identity | None = None
        self._with: Hashable = None

    def look(self, timeline: TimelineParts) -> None:
        """Look again, and have the timeline forget what another person or connection gave it."""
        before = self.identity, self._with
        with suppress(NeedsUser):
            self.identity = self._known()
        self._with = self._session()
        if (self.identity, self._with) != before:
            timeline.thumbnails.account_changed()
        if self.identity != before[0]:
            timeline.feed.everything()


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

    `identity`: who is signed in; asked often, so it answers from memory. `sign_in` gets the
    credentials, as `Session.load_sign_in` loads them. `rules`: what the person allows on which
    network.
    """

    def user() -> str | None:
        known = identity()
        return known.user_id if known else None

    reader = Reader(workshop.locations.library_db, workshop.locations.backup_db)
    feed = Feed(workshop.clock)
    for database in (workshop.library_db, workshop.backup_db):
        database.listen(feed.tell)
    network = PictureNetwork(machine, rules, workshop)
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
                kept = KeptBackFiles(database, account)
                await kept.upload_again(known, self._workshop.clock.now())
        except TrayError as exc:
            log.warning("The files could not be released: %s", exc.words())
            return
        self._commands.back_up_paths([cell.path for cell in cells if cell.path])
