"""Uvicorn on loopback as the demo needs it: reset connections on demand, stop within a second."""

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Coroutine, Iterator
from email.utils import format_datetime
from typing import Any, TypeVar

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tray_app.demo import clock

T = TypeVar("T")
KEEP_ALIVE = 5  # seconds, Node's default
GRACE = 0.4  # seconds for requests that are being answered when the server stops
LINGER_RESET = struct.pack("ii", 1, 0)


def bind(port: int) -> socket.socket:
    """Return a socket on loopback; raises OSError when the port is taken."""
    # asyncio switches Nagle off (40 ms for each small answer) only where the protocol is named.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
    except OSError:
        listener.close()
        raise
    return listener


class Listener(uvicorn.Server):
    """Uvicorn that reports its start, resets connections on demand, and stops within a second."""

    def __init__(self, app: ASGIApp) -> None:
        config = uvicorn.Config(
            app=self._quietly,
            interface="asgi3",
            proxy_headers=False,
            http="h11",
            ws="wsproto",
            lifespan="off",
            log_config=None,
            log_level="error",
            access_log=False,
            timeout_keep_alive=KEEP_ALIVE,
            server_header=False,
            date_header=False,
            backlog=512,
        )
        super().__init__(config)
        self._app = app
        self.ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def _quietly(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, _dated(send))
        except asyncio.CancelledError:
            # Our own shutdown() cancelled this request; uvicorn would log it as a failure.
            if not self.should_exit:
                raise

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and say so."""
        await super().startup(sockets)
        self._loop = asyncio.get_running_loop()
        self.ready.set()

    def call(self, work: Coroutine[Any, Any, T]) -> T:
        """Run something in the server's loop, from another thread; return its result."""
        if self._loop is None:
            work.close()
            raise RuntimeError("the demo server is not running")
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=10)

    def reset(self, scope: Scope) -> None:
        """Reset the TCP connection of a request (RST, not FIN)."""
        for connection in list(self.server_state.connections):
            if getattr(connection, "client", None) == scope["client"]:
                _abort(connection.transport, reset=True)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop listening, let running answers end for a moment, then drop every connection."""
        for server in self.servers:
            server.close()
        for listener in sockets or []:
            listener.close()
        connections = list(self.server_state.connections)
        for connection in connections:
            connection.shutdown()
        tasks = list(self.server_state.tasks)
        if tasks:
            await asyncio.wait(tasks, timeout=GRACE)
        for connection in connections:
            _abort(connection.transport, reset=False)
        await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to the process entry: embedding must not change them."""
        yield


def _dated(send: Send) -> Send:
    """Have each answer say when it was given, by the server's clock."""

    async def dated(message: Message) -> None:
        if message["type"] == "http.response.start":
            date = format_datetime(clock.moment(), usegmt=True).encode()
            message["headers"] = [*message.get("headers", ()), (b"date", date)]
        await send(message)

    return dated


def _abort(transport: asyncio.Transport | None, *, reset: bool) -> None:
    if transport is None:
        return
    raw = transport.get_extra_info("socket")
    if reset and raw is not None:
        with contextlib.suppress(OSError):
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_RESET)
    transport.abort()
