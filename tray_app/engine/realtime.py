"""Keeps listening to the server, and turns what it tells into few syncs (design section 2)."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from tray_app.core.backoff import failures_after, reconnect_pause
from tray_app.core.errors import Need, NeedsUser, TrayError, TryLater
from tray_app.core.phrase import phrase
from tray_app.core.realtime import (
    Action,
    Circumstances,
    Heard,
    Pending,
    Ready,
    leaves_at,
    wants_to_listen,
)
from tray_app.core.server import ServerVersion
from tray_app.engine.bell import Bell
from tray_app.ports import Clock
from tray_app.ports.realtime import Realtime

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reactions:
    """What is done about what is heard; all but `apply` return at once.

    `connected` and `sync`: ask the sync service for one sync (Trigger.CONNECTED, REALTIME).
    `apply`: put these assets, the first heard at that monotonic time, into the library; False:
    only a sync can do it.
    `sign_in_again`: our session is over. `version_is`: the server's version, at the first
    meeting and whenever it is another one. `settings_changed`: read the server's settings anew.
    """

    connected: Callable[[], None]
    sync: Callable[[], None]
    apply: Callable[[Sequence[Ready], float], Awaitable[bool]]
    sign_in_again: Callable[[], None]
    version_is: Callable[[ServerVersion], None] = lambda _version: None
    settings_changed: Callable[[], None] = lambda: None


class Listening:
    """The service: one connection at most, and none where nothing wants it.

    `look` reads the circumstances anew; `own_session` is the id of our session, None where we
    do not know it: the server tells the end of a session only to that session.
    """

    def __init__(
        self,
        realtime: Realtime,
        clock: Clock,
        look: Callable[[], Awaitable[Circumstances]],
        reactions: Reactions,
        *,
        own_session: str | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._realtime = realtime
        self._clock = clock
        self._look = look
        self._do = reactions
        self._own_session = own_session
        self._chance = chance
        self._bell = Bell(clock)
        self._failures = 0
        self._eager = self._again = self._refused = False
        self._greeted_at: float | None = None
        self._unwanted_since: float | None = None
        self._version: ServerVersion | None = None
        self._pending = Pending()
        self._settling: asyncio.Task[None] | None = None
        self.trouble: TrayError | None = None

    @property
    def connected(self) -> bool:
        """Tell whether the server has let us in and we hear it."""
        return self._greeted_at is not None

    # Knocks: they return at once.

    def reconsider(self) -> None:
        """Window hidden, power or setting changed: look whether to listen."""
        self._bell.ring()

    def resumed(self) -> None:
        """Window shown or unlocked: connect at once where there is no connection."""
        self._eager = True
        self._bell.ring()

    def reconnect(self) -> None:
        """Woken up, or on another network: the old connection is worth nothing."""
        self._again = True
        self.resumed()

    # The loop.

    async def serve(self) -> None:
        """Listen until cancelled; nothing that goes wrong ends it."""
        try:
            while True:
                await self._until_wanted()
                await self._one_connection()
                await self._pause()
        finally:
            if self._settling:
                self._settling.cancel()
                with suppress(asyncio.CancelledError):
                    await self._settling

    async def _wanted(self) -> bool:
        try:
            wanted = wants_to_listen(await self._look())
        except Exception:
            log.exception("Whether to listen could not be told; this is a bug.")
            wanted = True
        if wanted:
            self._unwanted_since = None
        elif self._unwanted_since is None:
            self._unwanted_since = self._clock.monotonic()
        return wanted

    async def _until_wanted(self) -> None:
        while not await self._wanted():
            await self._bell.wait()

    async def _one_connection(self) -> None:
        """Listen until the connection ends or nothing has wanted it for a minute."""
        self._eager = self._again = self._refused = False
        listening = asyncio.create_task(self._realtime.listen(self._heard), name="listening")
        try:
            while not (listening.done() or self._again or self._refused):
                seconds = None
                if not await self._wanted() and self._unwanted_since is not None:
                    seconds = leaves_at(self._unwanted_since) - self._clock.monotonic()
                    if seconds <= 0:
                        break
                await self._bell.wait(seconds, until=listening)
        finally:
            listening.cancel()
            (ending,) = await asyncio.gather(listening, return_exceptions=True)
            self._ended(ending)

    def _ended(self, ending: BaseException | None) -> None:
        now = self._clock.monotonic()
        lasted = 0.0 if self._greeted_at is None else now - self._greeted_at
        self._greeted_at = None
        if ending is None or isinstance(ending, asyncio.CancelledError):
            self._failures = 0
            return
        self._failures = failures_after(self._failures, lasted)
        if isinstance(ending, TrayError):
            log.info("Not listening to the server: %s", ending.words())
            self.trouble = ending
        else:
            log.error("Listening broke; this is a bug.", exc_info=ending)
            self.trouble = TryLater(phrase("Listening to the server broke: a bug. See the logs."))
        if isinstance(ending, NeedsUser):
            self._refuse(sign_in=ending.need is Need.SIGN_IN)

    def _refuse(self, *, sign_in: bool) -> None:
        self._refused = True
        if sign_in:
            self._do.sign_in_again()

    async def _pause(self) -> None:
        """Wait before the next attempt; a refusal lasts until the world around us changes."""
        if self._failures == 0 and not self._refused:
            return
        pause = reconnect_pause(max(self._failures, 1), self._chance())
        asked_for = self.trouble.after if isinstance(self.trouble, TryLater) else None
        until = self._clock.monotonic() + max(pause, asked_for or 0.0)
        while not self._eager:
            left = until - self._clock.monotonic()
            if not self._refused and left <= 0:
                return
            await self._bell.wait(None if self._refused else left)
        self._failures = 0

    # What is heard.

    def _heard(self, heard: Heard) -> None:
        match heard.action:
            case Action.GREETED:
                self._greeted(heard.version)
            case Action.SETTINGS:
                self._do.settings_changed()
            case Action.RESTART:
                log.info("The server is about to restart.")
            case Action.SESSION_ENDED:
                self._session_ended(heard.subject)
            case _:
                self._collect(heard)

    def _greeted(self, version: ServerVersion | None) -> None:
        """Events are not kept for those who are away, so each connection begins with a sync."""
        if self._greeted_at is None:
            self._greeted_at = self._clock.monotonic()
            self.trouble = None
            log.info("Listening to the server.")
            self._do.connected()
        if version and version != self._version:
            self._version = version
            self._do.version_is(version)

    def _session_ended(self, session_id: str) -> None:
        if self._own_session in (None, session_id) or not session_id:
            log.warning("The server has ended our session.")
            self._refuse(sign_in=True)
            self._bell.ring()

    def _collect(self, heard: Heard) -> None:
        self._pending = self._pending.adding(heard, self._clock.monotonic())
        if self._pending.due_at is not None and self._settling is None:
            self._settling = asyncio.create_task(self._settle(), name="settling")

    async def _settle(self) -> None:
        """Act on what was heard once it is quiet; what comes meanwhile has its own turn."""
        try:
            while (due := self._pending.due_at) is not None:
                left = due - self._clock.monotonic()
                if left > 0:
                    await self._clock.sleep(left)
                    continue
                done, self._pending = self._pending, Pending()
                await self._act(done)
        finally:
            self._settling = None

    async def _act(self, pending: Pending) -> None:
        applied = await self._applied(pending.ready, pending.first or 0.0)
        if pending.needs_sync or not applied:
            self._do.sync()

    async def _applied(self, ready: Sequence[Ready], since: float) -> bool:
        try:
            return not ready or await self._do.apply(ready, since)
        except TrayError as exc:
            log.warning("New assets could not be added at once: %s", exc.words())
        except Exception:
            log.exception("Adding new assets at once broke; this is a bug.")
        return False
