"""Port `Realtime`: a server that tells what a test says, and leaves when it likes."""

import asyncio
from collections.abc import Callable

from tray_app.core.errors import TrayError, TryLater
from tray_app.core.realtime import Action, Heard, understood
from tray_app.core.server import ServerVersion

GREETING = Heard(Action.GREETED, version=ServerVersion(3, 0, 3))


class FakeRealtime:
    """Lets everybody in at once, unless `refusal` is set; `greets` False: says nothing at all."""

    def __init__(self) -> None:
        self.refusal: TrayError | None = None
        self.greets = True
        self.connects = 0
        self._listeners: dict[Callable[[Heard], None], asyncio.Future[None]] = {}

    @property
    def listeners(self) -> int:
        return len(self._listeners)

    async def listen(self, heard: Callable[[Heard], None]) -> None:
        self.connects += 1
        if self.refusal:
            raise self.refusal
        end = self._listeners[heard] = asyncio.get_running_loop().create_future()
        try:
            if self.greets:
                heard(GREETING)
            await end
        finally:
            del self._listeners[heard]

    def tell(self, event: str, *arguments: object) -> None:
        heard = understood(event, arguments)
        for listener in list(self._listeners):
            if heard.action is not Action.NOTHING:
                listener(heard)

    def end(self, exc: TrayError | None = None) -> None:
        """End all connections."""
        for end in self._listeners.values():
            if not end.done():
                end.set_exception(exc or TryLater("The connection broke."))
