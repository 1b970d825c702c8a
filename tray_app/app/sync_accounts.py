"""Whose library the running program keeps: the saved sign-in, the environment's, the demo's."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from tray_app.adapters.account_file import AccountFile
from tray_app.adapters.immich.realtime import ImmichRealtime
from tray_app.adapters.settings_file import SettingsFile
from tray_app.app.session import named_account, open_session
from tray_app.app.sync import sync_as, synchronize, tell_backup
from tray_app.app.sync_turn import sync_turn
from tray_app.app.workshop import Workshop
from tray_app.core.account import Identity
from tray_app.core.errors import Need, NeedsUser
from tray_app.core.realtime import Heard
from tray_app.core.server import Account, SignIn
from tray_app.core.sync.standing import SyncResult
from tray_app.core.way import way_of
from tray_app.engine.session import SignedIn, identity_of
from tray_app.ports.realtime import Realtime

CLOSE_SECONDS = 2.0


class Accounts(Protocol):
    """How a program signs in for its syncs."""

    def who(self) -> Hashable:
        """Name the sign-in of the moment; equal names are the same session, None is nobody."""
        ...

    def identity(self) -> Identity | None:
        """Return who that is, None: nobody, or not known yet; raises NeedsUser as a file does."""
        ...

    def user_id(self) -> str:
        """Return whose library it is, "" while that is not known."""
        ...

    def realtime(self) -> Realtime:
        """Return the events for the sign-in in force when they are listened to."""
        ...

    async def credentials(self) -> SignIn:
        """Return the sign-in in force; raises NeedsUser."""
        ...

    async def sync(self, full: bool) -> SyncResult:  # noqa: FBT001  the service's shape
        """Sync once; raises NeedsUser, TryLater."""
        ...

    async def close(self) -> None:
        """End what only this program could use."""
        ...


def pick_accounts(
    workshop: Workshop,
    environ: Mapping[str, str],
    sign_in: SignIn | None = None,
    identity: Identity | None = None,
    met: Callable[[], None] = lambda: None,
) -> Accounts:
    """Choose: a fixed one (demo), else the environment's, else the saved one.

    `met` is called when the server has said who the environment's is.
    """
    if sign_in and identity:
        return Fixed(workshop, sign_in, identity)
    return Given(workshop, environ, met) if named_account(environ) else Saved(workshop)


@dataclass(frozen=True, slots=True)
class Fixed:
    """A sign-in that stays and needs no keychain."""

    workshop: Workshop
    sign_in: SignIn
    person: Identity

    def who(self) -> Hashable:
        """See `Accounts`."""
        return self.person.user_id

    def identity(self) -> Identity | None:
        """See `Accounts`."""
        return self.person

    def user_id(self) -> str:
        """See `Accounts`."""
        return self.person.user_id

    def realtime(self) -> Realtime:
        """See `Accounts`."""
        return ImmichRealtime(self.sign_in)

    async def credentials(self) -> SignIn:
        """See `Accounts`."""
        return self.sign_in

    async def sync(self, full: bool) -> SyncResult:  # noqa: FBT001  the service's shape
        """See `Accounts`."""
        known = self.person
        account = Account(known.user_id, known.email, known.name)
        return await _sync(self.workshop, self.sign_in, account, full=full)

    async def close(self) -> None:
        """See `Accounts`."""


class Saved:
    """The sign-in of the account file and the keychain, whichever it is at the moment."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        self._path = workshop.locations.account_file

    def who(self) -> Hashable:
        """See `Accounts`; what a damaged record means is told by the sync."""
        try:
            identity = AccountFile(self._path).load()
        except NeedsUser:
            return "damaged"
        if identity is None:
            return None
        return (identity, self._seal(), _way(self._workshop))

    def _seal(self) -> Hashable:
        """Tell a new session of the same person: signing in writes the file anew."""
        with suppress(OSError):
            found = self._path.stat()
            return found.st_ino, found.st_mtime_ns
        return None

    def identity(self) -> Identity | None:
        """See `Accounts`."""
        return AccountFile(self._path).load()

    def user_id(self) -> str:
        """See `Accounts`."""
        with suppress(NeedsUser):
            identity = self.identity()
            return identity.user_id if identity else ""
        return ""

    def realtime(self) -> Realtime:
        """See `Accounts`."""
        return _Realtime(self.credentials)

    async def credentials(self) -> SignIn:
        """See `Accounts`."""
        session = open_session(self._workshop.locations, {}, allow_prompt=False)
        return (await session.load_sign_in()).sign_in

    async def sync(self, full: bool) -> SyncResult:  # noqa: FBT001  the service's shape
        """See `Accounts`; nobody watches, so the keychain does not ask."""
        return await synchronize(self._workshop, {}, full=full, prompt=False)

    async def close(self) -> None:
        """See `Accounts`."""


class Given:
    """E-mail and password of the environment; one session for as long as the program runs.

    Without a keychain each sign-in would be another session, to which the server sends everything.
    """

    def __init__(
        self, workshop: Workshop, environ: Mapping[str, str], met: Callable[[], None]
    ) -> None:
        self._workshop = workshop
        self._environ = environ
        self._met = met
        self._session = open_session(workshop.locations, environ, allow_prompt=False)
        self._turn = asyncio.Lock()
        self._open: SignedIn | None = None
        self._by: Hashable = None  # the way of the open session
        self._ended = 0  # sessions that were ended elsewhere

    def who(self) -> Hashable:
        """See `Accounts`."""
        return (self._ended, _way(self._workshop))

    def identity(self) -> Identity | None:
        """See `Accounts`; before the server was asked, whom variables led to last time.

        A sign-in that a person saved beside them is somebody else's.
        """
        if self._open:
            return identity_of(self._open)
        known = self._session.known()
        return known if known and known.method.from_environment else None

    def user_id(self) -> str:
        """See `Accounts`."""
        return self._open.account.user_id if self._open else ""

    def realtime(self) -> Realtime:
        """See `Accounts`."""
        return _Realtime(self.credentials)

    async def credentials(self) -> SignIn:
        """See `Accounts`."""
        return (await self._signed_in()).loaded.sign_in

    async def _signed_in(self) -> SignedIn:
        async with self._turn:
            way = _way(self._workshop)
            if self._open is None:
                self._open = await self._session.open()
                self._met()
            elif way != self._by:
                loaded = await self._session.equipped(self._open.loaded)
                self._open = self._open._replace(loaded=loaded)
            self._by = way
            return self._open

    async def sync(self, full: bool) -> SyncResult:  # noqa: FBT001  the service's shape
        """See `Accounts`; a session that was ended elsewhere is followed by another."""
        before = self._open
        try:
            return await self._sync(full=full)
        except NeedsUser as exc:
            if exc.need is not Need.SIGN_IN or before is None:
                raise
        self._open = None
        self._ended += 1
        return await self._sync(full=full)

    async def _sync(self, *, full: bool) -> SyncResult:
        loaded, account = await self._signed_in()
        return await _sync(self._workshop, loaded.sign_in, account, full=full)

    async def close(self) -> None:
        """See `Accounts`; a server that is slow has its session told to it in vain."""
        signed_in, self._open = self._open, None
        if signed_in:
            with suppress(TimeoutError):
                async with asyncio.timeout(CLOSE_SECONDS):
                    await self._session.finish(signed_in.loaded)


def _way(workshop: Workshop) -> Hashable:
    """Tell connection options apart, without the secrets among them."""
    with suppress(NeedsUser):
        settings = SettingsFile(workshop.locations.settings_file).load().settings
        return way_of(settings, lambda name: name)
    return None


async def _sync(workshop: Workshop, sign_in: SignIn, account: Account, *, full: bool) -> SyncResult:
    async with sync_turn(workshop.locations):
        result = await sync_as(workshop, sign_in, account.user_id, full=full)
        await tell_backup(workshop, sign_in, account)
    return result


class _Realtime:
    """The port `Realtime` with the sign-in in force when it is listened to."""

    def __init__(self, load: Callable[[], Awaitable[SignIn]]) -> None:
        self._load = load

    async def listen(self, heard: Callable[[Heard], None]) -> None:
        """See the port."""
        await ImmichRealtime(await self._load()).listen(heard)
