"""Socket.IO at `/api/socket.io/`: who is connected, and what is told to whom.

As with the real server only websockets are taken, credentials count only in headers, and a client
without good ones is connected first and told `unauthorized` afterwards.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any

import socketio
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from tray_app.demo.answers import json_answer
from tray_app.demo.auth import authenticate
from tray_app.demo.errors import ApiError
from tray_app.demo.options import Options
from tray_app.demo.state import State

PATH = "/api/socket.io/"
AFTER_LOGOUT = 0.5
SEMVER_EXTRAS: dict[str, Any] = {"prerelease": [], "build": [], "options": {}, "loose": False}


class Realtime:
    """The connected clients. All methods belong to the server's own loop."""

    def __init__(self, state: State, options: Options) -> None:
        self._state = state
        self._options = options
        self._tasks: set[asyncio.Task[None]] = set()
        self.silent = False
        self.refusing = False
        self._sockets = socketio.AsyncServer(
            async_mode="asgi",
            transports=["websocket"],
            always_connect=True,
            ping_interval=options.ping_interval,
            ping_timeout=options.ping_timeout,
        )
        self._sockets.on("connect", self._connected)
        self._sockets.on("*", _ignore)
        self._app = socketio.ASGIApp(self._sockets, socketio_path=PATH)

    async def websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one websocket; without the trailing slash in its path there is nobody."""
        if scope["path"] != PATH or self.refusing:
            await send({"type": "websocket.close"})
            return

        async def unless_silent(message: Message) -> None:
            if not self.silent or message["type"] == "websocket.accept":
                await send(message)

        await self._app(scope, receive, unless_silent)

    async def _connected(self, sid: str, environ: dict[str, Any], _auth: Any = None) -> None:
        # Without the query: only headers count here.
        request = HTTPConnection(environ["asgi.scope"] | {"query_string": b""})
        try:
            caller = authenticate(request, self._state.accounts)
            caller.require("all")
        except ApiError:
            await self._sockets.emit("error", "unauthorized", to=sid)
            await self._sockets.disconnect(sid)
            return
        await self._sockets.enter_room(sid, caller.user.id)
        if caller.session:
            await self._sockets.enter_room(sid, caller.session.id)
        # To all of the user's sockets: older ones hear it again, as was seen.
        await self.emit("on_server_version", self._version(), room=caller.user.id)

    def _version(self) -> dict[str, Any]:
        spoken = self._options.version
        told = {"major": spoken.major, "minor": spoken.minor, "patch": spoken.patch}
        if spoken.is_v3:
            return told | {"prerelease": None}
        return told | SEMVER_EXTRAS | {"raw": str(spoken), "version": str(spoken)}

    async def emit(self, event: str, *arguments: Any, room: str | None = None) -> None:
        """Send an event to a room (a user's or session's id), or to everybody."""
        await self._sockets.emit(event, arguments or None, room=room)

    def soon(self, room: str | None, event: str, *arguments: Any) -> None:
        """Send an event after the answer to the request that caused it."""
        self._start(self.emit(event, *arguments, room=room))

    def session_ended(self, session_id: str) -> None:
        """Tell a session half a second later that it is over."""
        asyncio.get_running_loop().call_later(
            AFTER_LOGOUT, self.soon, session_id, "on_session_delete", session_id
        )

    async def drop(self) -> int:
        """Disconnect everybody; return how many there were."""
        connected = self.connected()
        for sid in connected:
            await self._sockets.disconnect(sid)
        return len(connected)

    def connected(self) -> list[str]:
        """Return the socket ids of all clients."""
        return [sid for sid, _ in self._sockets.manager.get_participants("/", None)]

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _ignore(_event: str, _sid: str, *_arguments: Any) -> None:
    """Take no events from clients."""


def polling_refused() -> Response:
    """Return the answer to Engine.IO over plain HTTP."""
    return json_answer({"code": 0, "message": "Transport unknown"}, status=400)
