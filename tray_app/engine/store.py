"""The one owner of what the program is doing: a `Snapshot` and its subscribers."""

from collections.abc import Callable
from typing import TypeVar

from tray_app.core.snapshot import Snapshot

Listener = Callable[[Snapshot], None]
_Listener = TypeVar("_Listener", bound=Listener)


class Store:
    """Holds the current snapshot; everything runs in the loop's thread.

    Listeners are called at every change and must be quick: views throttle themselves.
    """

    def __init__(self, first: Snapshot | None = None) -> None:
        self._snapshot = first or Snapshot()
        self._listeners: list[Listener] = []

    @property
    def snapshot(self) -> Snapshot:
        """Return the state as it is now."""
        return self._snapshot

    def publish(self, snapshot: Snapshot) -> None:
        """Replace the state; a snapshot equal to the present one is not announced."""
        if snapshot == self._snapshot:
            return
        self._snapshot = snapshot
        for listener in tuple(self._listeners):
            listener(snapshot)

    def subscribe(self, listener: _Listener) -> Callable[[], None]:
        """Call `listener` with every new snapshot; returns how to end it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)
