"""The browser comes back by the scheme of the phone app: the system starts us with the address.

That second process hands it to the one that waits, over a socket of the channel's kind. Each
waiting sign-in has its own, and takes only what carries its state.
"""

import logging
import os
import secrets
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from tray_app.adapters.locations import Locations
from tray_app.core.channel import Call, Code, ReturnParams, RpcError
from tray_app.core.errors import TrayError
from tray_app.core.oauth import MOBILE
from tray_app.ports.browser import Offer

log = logging.getLogger(__name__)
_SOCKETS = "immich-tray-back-*.sock"
_MOST_SOCKETS = 32  # some may be left by sign-ins that were killed


class Scheme:
    """Port `Way` by the scheme `app.immich`; deaf where the system cannot start us with it.

    `register` makes this program the one that the system starts.
    """

    def __init__(
        self,
        locations: Locations,
        environ: Mapping[str, str],
        register: Callable[[], Awaitable[object]],
    ) -> None:
        self._locations = locations
        self._environ = environ
        self._register = register

    @asynccontextmanager
    async def open(self, offer: Offer) -> AsyncIterator[str]:
        """Listen where that is possible; gives the redirect address."""
        async with AsyncExitStack() as stack:
            try:
                await self._listen(stack, offer)
            except (OSError, TrayError) as exc:
                log.warning("The address of the sign-in has to be pasted: %s", exc)
            yield MOBILE

    async def _listen(self, stack: AsyncExitStack, offer: Offer) -> None:
        if sys.platform == "win32":  # a named pipe would do; the scheme is not registered there
            return
        from tray_app.adapters.channel.server import serving  # noqa: PLC0415  Unix only

        async def answer(call: Call) -> object:
            if not isinstance(call.params, ReturnParams):
                raise RpcError(Code.NOT_ALLOWED, "Only a sign-in is waited for here.")
            return {"taken": offer(call.params.url)}

        folder = _folder(self._locations, self._environ)
        name = _SOCKETS.replace("*", secrets.token_hex(4))
        await stack.enter_async_context(serving(folder / name, answer))
        await self._register()


def hand_over(locations: Locations, environ: Mapping[str, str], url: str) -> bool:
    """Give an address to the sign-in that waits for it; False: none does. Blocks for seconds."""
    if sys.platform == "win32":
        return False
    found = sorted(_folder(locations, environ).glob(_SOCKETS), key=_age, reverse=True)
    return any(_taken(path, url) for path in found[:_MOST_SOCKETS])


def _taken(path: Path, url: str) -> bool:
    from tray_app.adapters.channel.client import NotRunningError, ask  # noqa: PLC0415  Unix only

    try:
        said = ask(path, "signInReturned", ReturnParams(url))
    except (NotRunningError, RpcError, OSError):
        return False
    return isinstance(said, dict) and said.get("taken") is True


def _folder(locations: Locations, environ: Mapping[str, str]) -> Path:
    """Return where sockets are; their names there are no longer than the channel's."""
    from tray_app.adapters.channel.place import socket_path  # noqa: PLC0415  Unix only

    return socket_path(locations, environ).parent


def _age(path: Path) -> float:
    try:
        return os.lstat(path).st_mtime
    except OSError:
        return 0.0
