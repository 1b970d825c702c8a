"""The door to sleep, wake, unlock and shutdown of this computer."""

from collections.abc import Callable
from typing import Protocol

from tray_app.core.host import HostEvent


class Host(Protocol):
    """Tells events; on a computer that announces nothing, a wake is noticed within a minute."""

    def on_event(self, listener: Callable[[HostEvent], None]) -> Callable[[], None]:
        """Call `listener` with each event, in the loop; returns how to end it."""
        ...

    def transferring(self, *, on: bool) -> None:
        """Say whether a transfer goes on: sleep and shutdown then leave it a moment to end.

        Returns at once. A system without such a thing does nothing.
        """
        ...
