"""The kernel's own signals that links, addresses or routes changed (rtnetlink(7)).

They come with and without NetworkManager. No source of readings: it only knocks.
"""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Callable

from tray_app.core.conditions import Readings

log = logging.getLogger(__name__)

_LINK, _IPV4_ADDRESS, _IPV4_ROUTE, _IPV6_ADDRESS, _IPV6_ROUTE = 0x1, 0x10, 0x40, 0x100, 0x400
_GROUPS = _LINK | _IPV4_ADDRESS | _IPV4_ROUTE | _IPV6_ADDRESS | _IPV6_ROUTE
_BURST_SECONDS = 0.1  # one cable is a dozen messages


class Netlink:
    """Listens from the first `read` on, in the loop that reads."""

    def __init__(self, on_change: Callable[[], None]) -> None:
        self._on_change = on_change
        self._socket: socket.socket | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._burst: asyncio.TimerHandle | None = None

    async def read(self) -> Readings:
        """Begin to listen; tells nothing."""
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
            self._listen(self._loop)
        return Readings()

    def close(self) -> None:
        """Listen no more."""
        if self._burst:
            self._burst.cancel()
        if self._socket and self._loop:
            self._loop.remove_reader(self._socket.fileno())
            self._socket.close()
            self._socket = None

    def _listen(self, loop: asyncio.AbstractEventLoop) -> None:
        try:
            heard = socket.socket(
                socket.AF_NETLINK, socket.SOCK_RAW | socket.SOCK_NONBLOCK, socket.NETLINK_ROUTE
            )
            heard.bind((0, _GROUPS))
        except OSError as error:  # a sandbox may forbid it
            log.debug("No signals of the network: %r", error)
            return
        self._socket = heard
        loop.add_reader(heard.fileno(), self._heard, heard, loop)

    def _heard(self, heard: socket.socket, loop: asyncio.AbstractEventLoop) -> None:
        with contextlib.suppress(OSError):  # BlockingIOError: all read; ENOBUFS: more than fits
            while heard.recv(65536):
                pass
        if self._burst is None:
            self._burst = loop.call_later(_BURST_SECONDS, self._knock)

    def _knock(self) -> None:
        self._burst = None
        self._on_change()
