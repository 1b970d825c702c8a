"""Whether it is still the same server that answers, as the same user, after a silence."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from tray_app.core.account import somebody_else
from tray_app.core.server import Account
from tray_app.ports import Clock, Server

T = TypeVar("T")
SILENCE_SECONDS = 1.0
"""An idle connection is opened anew without a word, and by then somebody else may be at the
address: another network, another server that takes our sign-in. A change that is faster than
this breaks a request, which leads to the same question."""


class Acquaintance:
    """Asks who is there before something is entrusted to a server that was not heard for a while.

    Files are sent to nobody else, and nobody else's word counts as a backup (docs/security.md).
    """

    def __init__(self, server: Server, known: Account, clock: Clock) -> None:
        self._server, self._known, self._clock = server, known, clock
        self._heard = clock.monotonic()
        self._turn = asyncio.Lock()

    async def ask(self) -> None:
        """Ask who we are there; raises NeedsUser(IDENTITY) for another user, and TryLater."""
        found = await self._server.me()
        if found.user_id != self._known.user_id:
            raise somebody_else(found.email, self._server.address, self._known.email)
        self._heard = self._clock.monotonic()

    async def then(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do `work` once it is sure who answers; raises what `ask` and `work` raise."""
        async with self._turn:
            if self._clock.monotonic() - self._heard > SILENCE_SECONDS:
                await self.ask()
        result = await work()
        self._heard = self._clock.monotonic()
        return result
