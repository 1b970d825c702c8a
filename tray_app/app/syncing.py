"""Wiring of the sync in the running program: who is signed in, the server's events, the library."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Hashable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from tray_app.adapters.account_file import AccountFile
from tray_app.adapters.immich.realtime import ImmichRealtime
from tray_app.adapters.sqlite.library import Library
from tray_app.app.session import named_account, open_session
from tray_app.app.sync import sync_as, synchronize, tell_backup
from tray_app.app.sync_turn import sync_turn
from tray_app.app.workshop import Workshop
from tray_app.core.account import Identity
from tray_app.core.errors import NeedsUser
from tray_app.core.realtime import Circumstances, Heard, Ready
from tray_app.core.server import Account, SignIn
from tray_app.core.settings import Settings
from tray_app.core.sync.ready import rows_of
from tray_app.core.sync.standing import SyncResult
from tray_app.core.sync_schedule import SyncState, Trigger
from tray_app.engine.conditions import Conditions
from tray_app.engine.foreground import Foreground
from tray_app.engine.realtime import Listening, Reactions
from tray_app.engine.session import KEY
from tray_app.engine.sync_service import SyncService
from tray_app.engine.syncing import Additions, Parts, Syncing
from tray_app.ports.realtime import Realtime

log = logging.getLogger(__name__)


class Who(NamedTuple):
    """A sign-in that the library is synced for; equal values are the same one.

    `user_id` "": not known yet. `seal` changes when the same person signs in anew, which is
    another session.
    """

    user_id: str
    url: str
    seal: Hashable


class Accounts(Protocol):
    """How a program signs in; all raise NeedsUser or TryLater."""

    def who(self) -> Who | None:
        """Name the sign-in of the moment."""
        ...

    def realtime(self) -> Realtime:
        """Return the events of the sign-in that is in force when listening begins."""
        ...

    def user_id(self) -> str:
        """Return whose library it is, "" while that is not known."""
        ...

    async def sync(self, full: bool) -> SyncResult:  # noqa: FBT001  the service's shape
        """Sync once."""
        ...


class SignedIn:
    """The saved sign-in, or that of the environment."""

    def __init__(self, workshop: Workshop, environ: Mapping[str, str]) -> None:
        self._workshop = workshop
        self._environ = environ
        self._given = named_account(environ)
        self._file = workshop.locations.account_file

    def who(self) -> Who | None:
        """See `Accounts`; what a damaged record means is told by the sync."""
        if self._given:
            return None if self._environ.get(KEY) else Who("", "", self._given)
        try:
            identity = AccountFile(self._file).load()
        except NeedsUser:
            return Who("", "", "damaged")
        # Keys get no change stream, which is no trouble that somebody need hear of again and again.
        if identity is None or not identity.method.is_session:
            return None
        return Who(identity.user_id, identity.url, self._seal())

    def _seal(self) -> Hashable:
        try:
            found = self._file.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns

    def user_id(self) -> str:
        """See `Accounts`."""
        with suppress(NeedsUser):
            identity = AccountFile(self._file).load()
            return identity.user_id if identity else ""
        return ""

    def realtime(self) -> Realtime:
        """See `Accounts`."""
        return _Realtime(self._workshop, self._environ)

    async def sync(self, full: bool) -> SyncResult:  # noqa: FBT001  the service's shape
        """See `Accounts`; nobody watches, so the keychain does not ask."""
        return await synchronize(self._workshop, self._environ, full=full, prompt=False)


class _Realtime:
    """The port `Realtime` with the sign-in in force when it is listened to."""

    def __init__(self, workshop: Workshop, environ: Mapping[str, str]) -> None:
        self._workshop = workshop
        self._environ = environ

    async def listen(self, heard: Callable[[Heard], None]) -> None:
        """See the port."""
        session = open_session(self._workshop.locations, self._environ, allow_prompt=False)
        loaded = await session.load_sign_in()
        try:
            await ImmichRealtime(loaded.sign_in).listen(heard)
        finally:
            await session.finish(loaded)


@dataclass(frozen=True, slots=True)
class Fixed:
    """A sign-in that stays and needs no keychain (demo)."""

    workshop: Workshop
    sign_in: SignIn
    identity: Identity

    def who(self) -> Who | None:
        """See `Accounts`."""
        return Who(self.identity.user_id, self.identity.url, "fixed")

    def user_id(self) -> str:
        """See `Accounts`."""
        return self.identity.user_id

    def realtime(self) -> Realtime:
        """See `Accounts`."""
        return ImmichRealtime(self.sign_in)

    async def sync(self, full: bool) -> SyncResult:  # noqa: FBT001  the service's shape
        """See `Accounts`."""
        known = self.identity
        async with sync_turn(self.workshop.locations):
            result = await sync_as(self.workshop, self.sign_in, known.user_id, full=full)
            account = Account(known.user_id, known.email, known.name)
            await tell_backup(self.workshop, self.sign_in, account)
        return result


class Announcing:
    """The sign-in's syncs and direct additions; `changed` hears when the library has new rows."""

    def __init__(self, workshop: Workshop, accounts: Accounts, changed: Callable[[], None]) -> None:
        self._workshop = workshop
        self._accounts = accounts
        self._changed = changed

    async def sync(self, full: bool) -> SyncResult:  # noqa: FBT001  the service's shape
        """Sync once."""
        result = await self._accounts.sync(full)
        new, gone = result.applied
        log.info("Sync complete: %d rows new or changed, %d gone.", new, gone)
        if new or gone:
            self._changed()
        return result

    async def put(self, ready: Sequence[Ready]) -> bool:
        """Add assets that the server has just told of; False: a sync has to."""
        new = [rows for it in ready if (rows := rows_of(it))]
        library, clock = Library(self._workshop.library_db), self._workshop.clock
        owner = self._accounts.user_id()
        if len(new) < len(ready) or not owner or not await library.add(new, owner, clock.now()):
            return False
        log.info("New on the server: %d.", len(new))
        self._changed()
        return True


def syncing_parts(
    workshop: Workshop,
    accounts: Accounts,
    settings: Callable[[], Settings],
    conditions: Conditions,
    foreground: Foreground,
    show: Callable[[SyncState | None], None],
    library_changed: Callable[[], None] = lambda: None,
) -> Parts:
    """Join what `Syncing` needs.

    `library_changed` is called after each sync or direct addition that changed rows: views of
    the library look again.
    """
    work = Announcing(workshop, accounts, library_changed)

    async def look() -> Circumstances:
        online, on_ac = await conditions.circumstances()
        wanted = settings().realtime_in_background
        return Circumstances(foreground.now.visible, on_ac, online, wanted)

    def service(changed: Callable[[SyncState], None]) -> SyncService:
        return SyncService(
            workshop.clock,
            work.sync,
            lambda: settings().sync_interval,
            conditions.look_at_reach,
            changed=changed,
        )

    def listening(service: SyncService) -> Listening:
        reactions = Reactions(
            connected=lambda: service.knock(Trigger.CONNECTED),
            sync=lambda: service.knock(Trigger.REALTIME),
            apply=Additions(service, work.put).apply,
            sign_in_again=lambda: service.knock(Trigger.REFUSED),
        )
        return Listening(accounts.realtime(), workshop.clock, look, reactions)

    return Parts(
        clock=workshop.clock,
        who=accounts.who,
        service=service,
        listening=listening,
        once=work.sync,
        show=show,
    )


@asynccontextmanager
async def serving(syncing: Syncing) -> AsyncIterator[None]:
    """Sync while the context lasts; what is under way at its end is broken off."""
    task = asyncio.create_task(syncing.serve(), name="syncing")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
