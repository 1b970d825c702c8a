"""Sleep, shutdown and unlock as logind tells them (interface `org.freedesktop.login1.Manager`).

The delay inhibitor is a file descriptor: while it is open, logind waits with sleep or shutdown,
for InhibitDelayMaxSec (5 s) at most.
"""

import asyncio
import os
from collections.abc import Callable

from dbus_fast import Message

from tray_app.core.host import HostEvent
from tray_app.desktop.linux.system_bus import Interface, SystemBus

_SERVICE = "org.freedesktop.login1"
_MANAGER = Interface(_SERVICE, "/org/freedesktop/login1", f"{_SERVICE}.Manager")
_USER = _MANAGER.at("/org/freedesktop/login1/user/self", f"{_SERVICE}.User")
_SESSION = f"{_SERVICE}.Session"
_SESSIONS = "/org/freedesktop/login1/session"

LONGEST_DELAY = 4.5  # below logind's own limit, so that it is we who end it
_ONE_UNLOCK = 2.0  # a desktop that unlocks sends two signals


class Logind:
    """An `Announcer` over the system bus; says nothing where logind does not run."""

    def __init__(self) -> None:
        self._bus = SystemBus(lambda: None)
        self._bus.hear(_MANAGER, "PrepareForSleep", self._sleep)
        self._bus.hear(_MANAGER, "PrepareForShutdown", self._shutdown)
        self._bus.hear_below(_SESSIONS, _SERVICE, _SESSION, self._session_changed)
        self._tell: Callable[[HostEvent], None] = lambda _event: None
        self._display: str | None = None  # the session that this person sees
        self._transferring = False
        self._inhibitor: int | None = None
        self._taking: asyncio.Task[None] | None = None
        self._limit: asyncio.TimerHandle | None = None
        self._unlocked_at = float("-inf")

    def listen(self, tell: Callable[[HostEvent], None]) -> None:
        """Tell events from `connect` on."""
        self._tell = tell

    async def connect(self) -> None:
        """Reach logind and find our session."""
        user = await self._bus.properties(_USER)
        self._display = user.get("Display", ("", None))[1]

    def transferring(self, *, on: bool) -> None:
        """Hold a delay inhibitor, or let it go."""
        self._transferring = on
        if on:
            self._take_soon()
        else:
            self._release()

    async def close(self) -> None:
        """Let everything go."""
        self._transferring = False
        if self._taking:
            await self._taking
        self._release()
        await self._bus.close()

    def _take_soon(self) -> None:
        if self._inhibitor is None and (self._taking is None or self._taking.done()):
            self._taking = asyncio.create_task(self._take(), name="inhibitor")

    async def _take(self) -> None:
        what = ("sleep:shutdown", "Immich Tray", "A photo is being uploaded", "delay")
        reply = await self._bus.call(_MANAGER, "Inhibit", "ssss", *what)
        if reply is None or not reply.unix_fds:
            return
        self._inhibitor = reply.unix_fds[0]
        if not self._transferring:
            self._release()

    def _release(self) -> None:
        if self._limit:
            self._limit.cancel()
            self._limit = None
        inhibitor, self._inhibitor = self._inhibitor, None
        if inhibitor is not None:
            os.close(inhibitor)

    def _sleep(self, message: Message) -> None:
        if message.body[0]:
            self._prepare(HostEvent.ABOUT_TO_SLEEP)
        else:
            self._tell(HostEvent.WOKE)
            if self._transferring:
                self._take_soon()

    def _shutdown(self, message: Message) -> None:
        if message.body[0]:
            self._prepare(HostEvent.ABOUT_TO_SHUT_DOWN)

    def _prepare(self, event: HostEvent) -> None:
        if self._limit is None and self._inhibitor is not None:
            self._limit = asyncio.get_running_loop().call_later(LONGEST_DELAY, self._release)
        self._tell(event)

    def _session_changed(self, message: Message) -> None:
        if self._display is not None and message.path != self._display:
            return
        changed = message.body[1] if message.member == "PropertiesChanged" else {}
        hint = changed.get("LockedHint")
        if message.member != "Unlock" and (hint is None or hint.value):
            return
        now = asyncio.get_running_loop().time()
        if now - self._unlocked_at > _ONE_UNLOCK:
            self._unlocked_at = now
            self._tell(HostEvent.UNLOCKED)
