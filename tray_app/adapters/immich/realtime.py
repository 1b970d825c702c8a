"""The port `Realtime` over Socket.IO (protocol 5): one connection, translated; no retries.

The library reconnects by its own rules, logs what it receives and follows redirects with our
credentials: all three are switched off here.
"""

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

import httpx

from tray_app.adapters.immich import errors
from tray_app.adapters.immich.http import (
    CONNECT_SECONDS,
    USER_AGENT,
    credentials,
    nearest,
)
from tray_app.adapters.immich.routing import proxy_for
from tray_app.adapters.immich.tls import tls_context
from tray_app.core.errors import AssetRejected, Need, NeedsUser, TrayError, TryLater
from tray_app.core.phrase import phrase
from tray_app.core.realtime import Action, Heard, understood
from tray_app.core.server import SignIn
from tray_app.core.way import Way

GREETING_SECONDS = 15.0
"""How long connecting may take, until the server has let us in."""

LONGEST_SILENCE = 120.0
"""Seconds between a server's pings that we believe it, and again for how late one may be."""

LARGEST_MESSAGE = 1024 * 1024
"""Bytes; what is larger ends the connection, and the sync after the next one heals it."""

MOST_EVENTS, EVENTS_SECONDS = 20_000, 10.0
"""A server of many users tells a few hundred a second; more would keep this computer busy, and the
sync after the next connection brings what they were about."""

_CLOSE_SECONDS = 2.0

_silent = logging.getLogger(f"{__name__}.library")
_silent.disabled = True
"""Takes what python-socketio says: headers and payloads are private."""


class ImmichRealtime:
    """Listens with one sign-in."""

    def __init__(self, sign_in: SignIn, *, greeting_seconds: float = GREETING_SECONDS) -> None:
        self._sign_in = sign_in
        self._seconds = greeting_seconds
        self._host = urlsplit(sign_in.url).hostname or sign_in.url

    async def listen(self, heard: Callable[[Heard], None]) -> None:
        """Connect and tell events until cancelled; see the port for what is raised."""
        ear = _Ear(heard)
        url = await nearest(self._sign_in)
        async with _opened(url, self._sign_in.way) as client:
            client.on("*", ear.event)
            try:
                async with asyncio.timeout(self._seconds):
                    await self._connect(client, url)
                    reading = client.eio.read_loop_task
                    await _first({reading, ear.met, ear.flooded})
            except TimeoutError as exc:
                raise TryLater(
                    phrase("{host} does not say what changes: no greeting.", host=self._host)
                ) from exc
            await _first({reading, ear.refused, ear.flooded})
        if ear.refused.done():
            raise self._refusal()
        if ear.flooded.done():
            raise TryLater(
                phrase("{host} tells more changes than anybody can follow.", host=self._host)
            )
        raise TryLater(
            phrase("{host} ended the connection that tells of changes.", host=self._host)
        )

    async def _connect(self, client: Any, url: str) -> None:
        own = {"User-Agent": USER_AGENT, **credentials(self._sign_in)}
        ours = {name.lower() for name in own}
        extra = {k: v for k, v in self._sign_in.way.headers if k.lower() not in ours}
        try:
            await client.connect(
                url,
                headers=extra | own,
                transports=["websocket"],
                namespaces=["/"],
                socketio_path=urlsplit(url).path.strip("/") + "/socket.io",
                wait=False,
            )
        except Exception as exc:
            raise _translated(exc, url) from exc
        # Before the first read, which takes both numbers from the server: a silence that it
        # allows itself for years must be noticed too.
        eio = client.eio
        eio.ping_interval = min(max(eio.ping_interval, 0.0), LONGEST_SILENCE)
        eio.ping_timeout = min(max(eio.ping_timeout, 0.0), LONGEST_SILENCE)

    def _refusal(self) -> NeedsUser:
        if self._sign_in.api_key:
            return NeedsUser(
                phrase(
                    "{host} tells changes at once only to API keys that may do all.",
                    host=self._host,
                ),
                need=Need.PERMISSION,
                remedy=phrase(
                    "Give the key all permissions, or sign in with a password;"
                    " without, changes are asked for at the sync interval."
                ),
            )
        return NeedsUser(
            phrase("{host} no longer accepts our sign-in.", host=self._host),
            need=Need.SIGN_IN,
            remedy=phrase("Sign in again."),
        )


class _Ear:
    """Hears events in the library's tasks; `met`: greeted or refused; `flooded`: too many."""

    def __init__(self, heard: Callable[[Heard], None]) -> None:
        self._heard = heard
        loop = asyncio.get_running_loop()
        self.met: asyncio.Future[None] = loop.create_future()
        self.refused: asyncio.Future[None] = loop.create_future()
        self.flooded: asyncio.Future[None] = loop.create_future()
        self._time, self._since, self._count = loop.time, loop.time(), 0

    def event(self, name: str, *arguments: object) -> None:
        """Pass on what asks for something; before the greeting nothing counts but a refusal."""
        if self._too_many():
            return
        heard = understood(name, arguments)
        if heard.action is Action.REFUSED:
            _done(self.refused)
            _done(self.met)
            return
        if heard.action is Action.GREETED:
            _done(self.met)
        if heard.action is not Action.NOTHING and self.met.done():
            self._heard(heard)

    def _too_many(self) -> bool:
        self._count += 1
        if (now := self._time()) - self._since > EVENTS_SECONDS:
            self._since, self._count = now, 1
        if self._count > MOST_EVENTS:
            _done(self.flooded)
        return self.flooded.done()


async def _first(waited: set[asyncio.Future[None]]) -> None:
    await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)


def _done(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


@asynccontextmanager
async def _opened(url: str, way: Way) -> AsyncIterator[Any]:
    """Build a client, and close all of it afterwards, however silent the server is."""
    import aiohttp  # noqa: PLC0415  costs 0.2 s, and not everybody listens
    import socketio  # noqa: PLC0415  likewise

    from tray_app.adapters.immich.packets import SafePacket  # noqa: PLC0415  imports socketio

    tracing = aiohttp.TraceConfig()
    tracing.on_request_redirect.append(_refuse_redirect)
    options = {
        "max_msg_size": LARGEST_MESSAGE,
        "proxy": proxy_for(url, way),
        "ssl": tls_context(way, url),
    }
    async with aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS),
        cookie_jar=aiohttp.DummyCookieJar(),
        trace_configs=[tracing],
    ) as session:
        client = socketio.AsyncClient(
            reconnection=False,
            handle_sigint=False,
            serializer=SafePacket,
            logger=_silent,
            engineio_logger=_silent,
            http_session=(http := _Session(session)),
            request_timeout=_CLOSE_SECONDS / 2,
            websocket_extra_options=options,
        )
        try:
            yield client
        finally:
            await _closed(client, http)


class _Session:
    """An aiohttp session, as far as engineio uses it, that remembers the websocket.

    engineio leaves it open after a handshake that makes no sense, and when a server is silent.
    """

    closed = False

    def __init__(self, session: Any) -> None:
        self._session = session
        self._socket: Any = None

    async def ws_connect(self, url: str, **options: Any) -> Any:
        """Open the websocket."""
        self._socket = await self._session.ws_connect(url, **options)
        return self._socket

    async def close(self) -> None:
        """Close the websocket, if there is one; the session is its owner's."""
        if self._socket:
            await self._socket.close()


async def _closed(client: Any, http: _Session) -> None:
    loops = [task for task in (client.eio.read_loop_task, client.eio.write_loop_task) if task]
    for close in (client.disconnect, http.close):
        with suppress(Exception):  # whatever the library meets now, the session is closed next
            async with asyncio.timeout(_CLOSE_SECONDS):
                await close()
    for task in loops:
        task.cancel()
    await asyncio.gather(*loops, return_exceptions=True)


async def _refuse_redirect(_session: Any, _context: Any, redirect: Any) -> None:
    """Stop before our credentials go to another place."""
    import aiohttp  # noqa: PLC0415  as above

    answer = redirect.response
    answer.close()
    raise aiohttp.WSServerHandshakeError(
        answer.request_info, answer.history, status=answer.status, headers=answer.headers
    )


def _translated(exc: Exception, url: str) -> TrayError:
    """Turn what the libraries raised into an error by next action."""
    host = urlsplit(url).hostname or url
    for cause in errors.causes(exc):
        if isinstance(inner := getattr(cause, "certificate_error", None), ssl.SSLError):
            # aiohttp's own is an SSLError as well, without the code that says what is wrong.
            return errors.connect_error(inner, host, errors.port_of(url))
        status = getattr(cause, "status", None)
        if isinstance(status, int) and 300 <= status < 600:
            answer = httpx.Response(status, headers=dict(getattr(cause, "headers", None) or {}))
            return _refused_upgrade(answer, url)
    if any(isinstance(cause, OSError) for cause in errors.causes(exc)):
        return errors.connect_error(exc, host, errors.port_of(url))
    return TryLater(
        phrase("{host} does not speak as Immich does where changes are told.", host=host)
    )


def _refused_upgrade(answer: httpx.Response, url: str) -> TrayError:
    try:
        errors.raise_for_answer(answer, url)
    except AssetRejected as exc:
        return TryLater(
            phrase("{reason} Changes cannot be told at once.", reason=exc.reason),
            remedy=phrase("Let the proxy before the server pass websockets."),
            status=exc.status,
        )
    except TrayError as exc:
        return exc
    return TryLater(phrase("{url} did not open a websocket.", url=url))
