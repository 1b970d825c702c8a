"""The door to what the server tells by itself."""

from collections.abc import Callable
from typing import Protocol

from tray_app.core.realtime import Heard


class Realtime(Protocol):
    """Listens to one account at one server."""

    async def listen(self, heard: Callable[[Heard], None]) -> None:
        """Connect, and call `heard` on the loop's thread with each event that asks for something.

        The first is GREETED: earlier we are not known to be let in. It may come again. Never
        returns; cancelling disconnects. Raises TryLater when there is no connection (any more),
        NeedsUser(SIGN_IN) when our session is refused, NeedsUser(PERMISSION) when our API key
        may not listen, and other NeedsUser of the way to the server (certificate, address).
        """
        ...
