"""Listens on this computer for the browser that comes back from signing in (RFC 8252, 7.3).

Any page in any browser here can send requests to it. So it answers little, with constant words:
nothing of a request is ever repeated or logged.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import urlsplit

from tray_app.core.oauth import LONGEST, LOOPBACK_HOST, LOOPBACK_PATH, loopback
from tray_app.core.phrase import phrase
from tray_app.ports.browser import Offer

log = logging.getLogger(__name__)
_LONGEST_REQUEST = 4 * LONGEST  # a browser sends many headers; the address is most of it
_MOST_CLIENTS = 16
_SECONDS = 10.0  # for a request to be there whole

_PAGE = """<!doctype html>
<html><head><meta charset="utf-8"><title>Immich Tray</title>
<meta name="viewport" content="width=device-width"></head>
<body><h1>{title}</h1><p>{text}</p></body></html>
"""
_DONE = (
    phrase("You can close this tab."),
    phrase("Immich Tray goes on with the sign-in and tells you how it went."),
)
_NOT_WAITED_FOR = (
    phrase("Immich Tray does not wait for this."),
    phrase("It belongs to another sign-in, or came twice. Start the sign-in again if you need to."),
)
_HEADERS = (
    "Content-Type: text/html; charset=utf-8\r\n"
    "Cache-Control: no-store\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Connection: close\r\n"
)


class Loopback:
    """Port `Way` by a web server on 127.0.0.1, at a port that was free, while it is needed.

    `say` puts what its pages tell into the person's language.
    """

    def __init__(self, say: Callable[[str], str] = str) -> None:
        self._say = say

    @asynccontextmanager
    async def open(self, offer: Offer) -> AsyncIterator[str]:
        """Listen; gives the redirect address."""
        receiver = _Receiver(offer, self._say)
        server = await asyncio.start_server(
            receiver.welcome, LOOPBACK_HOST, 0, limit=_LONGEST_REQUEST
        )
        port: int = server.sockets[0].getsockname()[1]
        receiver.redirect = loopback(port)
        try:
            yield receiver.redirect
        finally:
            server.close()
            await receiver.dismiss()


class Request(NamedTuple):
    """What matters of a request: where it wants to go."""

    path: str
    query: str


class _Receiver:
    """Answers each connection once."""

    def __init__(self, offer: Offer, say: Callable[[str], str]) -> None:
        self.redirect = ""
        self._say = say
        self._offer = offer
        self._tasks: set[asyncio.Task[None]] = set()

    async def welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read one request and answer it; whoever is too slow, too many or too long is left."""
        task = asyncio.current_task()
        if task:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        try:
            if len(self._tasks) <= _MOST_CLIENTS:
                writer.write(await self._answered(reader))  # no await between offer and answer
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            log.debug("A visitor of the sign-in's address went away.")
        finally:
            writer.close()
            with suppress(OSError, TimeoutError, asyncio.CancelledError):
                await asyncio.wait_for(writer.wait_closed(), 1)

    async def dismiss(self) -> None:
        """Leave those who are still talking; an answer that was written still arrives."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _answered(self, reader: asyncio.StreamReader) -> bytes:
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _SECONDS)
        except asyncio.LimitOverrunError:
            return _answer(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        request = understood(head, urlsplit(self.redirect).netloc)
        if isinstance(request, HTTPStatus):
            return _answer(request)
        if request.path != LOOPBACK_PATH:
            return _answer(HTTPStatus.NOT_FOUND)
        if self._offer(f"{self.redirect}?{request.query}"):
            return _answer(HTTPStatus.OK, self._page(*_DONE))
        return _answer(HTTPStatus.BAD_REQUEST, self._page(*_NOT_WAITED_FOR))

    def _page(self, title: str, text: str) -> str:
        return _PAGE.format(title=self._say(title), text=self._say(text))


def understood(head: bytes, host: str) -> Request | HTTPStatus:
    """Read the head of a request; a status where it is none for us.

    The one `Host` it names must be `host`: a foreign name that was made to lead to this computer
    (DNS rebinding) is not.
    """
    first, *lines = head.decode("latin-1").split("\r\n")
    words = first.split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        return HTTPStatus.BAD_REQUEST
    if words[0] != "GET":
        return HTTPStatus.METHOD_NOT_ALLOWED
    fields = [line.partition(":") for line in lines]
    hosts = [value.strip() for name, _, value in fields if name.strip().lower() == "host"]
    if hosts != [host]:
        return HTTPStatus.MISDIRECTED_REQUEST
    path, _, query = words[1].partition("?")
    return Request(path, query)


def _answer(status: HTTPStatus, page: str = "") -> bytes:
    body = page.encode()
    head = f"HTTP/1.1 {status.value} {status.phrase}\r\n{_HEADERS}Content-Length: {len(body)}\r\n"
    return f"{head}\r\n".encode() + body
