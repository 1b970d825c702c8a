"""Thumbnails over HTTP, for a sign-in that may change while the program runs."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

from tray_app.adapters.immich.http import Http, connected
from tray_app.core.errors import NeedsUser
from tray_app.core.server import SignIn

MOST_BYTES = 5_000_000  # usual are 10,000


class ServerThumbnails:
    """Gets the small picture (250 pixels) of an asset, all over one client.

    `sign_in` is asked at the first picture, and again once the server refused or after `forget`.
    """

    def __init__(self, sign_in: Callable[[], Awaitable[SignIn]]) -> None:
        self._sign_in = sign_in
        self._http: Http | None = None
        self._forgotten = 0  # times
        self._open = AsyncExitStack()
        self._turn = asyncio.Lock()

    async def fetch(self, asset_id: str) -> bytes:
        """Get a thumbnail; raises the errors of `core.errors`."""
        http = await self._connected()
        try:
            return await http.get_bytes(
                f"/assets/{asset_id}/thumbnail", most=MOST_BYTES, size="thumbnail"
            )
        except NeedsUser:
            self.forget()
            raise

    def forget(self) -> None:
        """Ask for the sign-in anew at the next picture."""
        self._http = None
        self._forgotten += 1

    async def close(self) -> None:
        """Close the connections."""
        self.forget()
        await self._open.aclose()

    async def _connected(self) -> Http:
        async with self._turn:
            if self._http is not None:
                return self._http
            await self._open.aclose()
            before, sign_in = self._forgotten, await self._sign_in()
            http = await self._open.enter_async_context(connected(sign_in))
            if before == self._forgotten:  # else somebody else signed in meanwhile
                self._http = http
            return http
