"""The demo server as one object: start it, ask it, make it fail, stop it."""

import asyncio
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from starlette.types import Receive, Scope, Send

from tray_app.demo.faults import Faults
from tray_app.demo.helpers import Helpers
from tray_app.demo.listener import Listener, bind
from tray_app.demo.options import DEMO_EMAIL, Options, Version
from tray_app.demo.realtime import Realtime
from tray_app.demo.request_log import RequestLog
from tray_app.demo.state import State
from tray_app.demo.web import application


class DemoServer(Helpers):
    """A demo server on loopback, in a thread with its own loop; state and files in `folder`.

    Use it as `with` or `async with`, or through start() and stop(), once. The address is known and
    the helper methods work from the constructor on until stop().
    """

    def __init__(
        self,
        folder: Path,
        *,
        version: str = "3.0.3",
        port: int = 0,
        discard_bodies: bool = False,
        absolute_well_known: bool = False,
        ping_interval: float = 25,
        ping_timeout: float = 20,
    ) -> None:
        spoken = Version.parse(version)
        self.state = State(folder)
        try:
            self._socket = bind(port)
        except OSError:
            self.state.close()
            raise
        self.port: int = self._socket.getsockname()[1]
        self.options = Options(
            folder=folder,
            version=spoken,
            url=f"http://127.0.0.1:{self.port}",
            discard_bodies=discard_bodies,
            absolute_well_known=absolute_well_known,
            ping_interval=ping_interval,
            ping_timeout=ping_timeout,
        )
        self.realtime = Realtime(self.state, self.options)
        self.faults = Faults()
        self.log = RequestLog()
        self._listener = Listener(self._app)
        self._gate = application(
            self.state, self.options, self.faults, self.log, self.realtime, self._listener.reset
        )
        self._thread = threading.Thread(target=self.run, name="demo-server", daemon=True)

    async def _app(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._gate(scope, receive, send)

    @property
    def url(self) -> str:
        """The site's address, without `/api`."""
        return self.options.url

    def emit(self, event: str, *arguments: Any, email: str | None = DEMO_EMAIL) -> None:
        """Send an event to a user's sockets, or with None to all; return when it was sent."""
        room = self.user(email).id if email else None
        self._listener.call(self.realtime.emit(event, *arguments, room=room))

    def drop_sockets(self) -> int:
        """Disconnect all websockets; return how many there were."""
        return self._listener.call(self.realtime.drop())

    def run(self) -> None:
        """Serve in the calling thread until request_stop()."""
        try:
            asyncio.run(self._listener.serve(sockets=[self._socket]))
        finally:
            self._socket.close()
            self._listener.ready.set()

    def when_ready(self) -> threading.Event:
        """Return the event that is set once requests are answered."""
        return self._listener.ready

    def request_stop(self) -> None:
        """Ask the server to stop soon; safe in a signal handler."""
        self._listener.should_exit = True

    def start(self) -> Self:
        """Serve in a thread; return when requests are answered."""
        self._thread.start()
        self._listener.ready.wait()
        return self

    def stop(self) -> None:
        """Stop within a second, whatever connections are open, and close the state."""
        self.request_stop()
        if self._thread.is_alive():
            self._thread.join()
        self._socket.close()
        self.state.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    async def __aenter__(self) -> Self:
        return await asyncio.to_thread(self.start)

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await asyncio.to_thread(self.stop)
