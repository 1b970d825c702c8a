"""Whether a window of ours is seen, known in one place; and the wish to see one.

Requirement, Background Backup Service; design section 2: *foreground* = a window is visible.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Presence:
    """`visible`: a window of ours is shown and not minimised. `active`: a person works in it."""

    visible: bool = False
    active: bool = False


class Foreground:
    """The windows tell what they are; whoever cares listens. All in the loop's thread."""

    def __init__(self) -> None:
        self._now = Presence()
        self._windows: dict[str, Presence] = {}
        self._listeners: dict[object, Callable[[Presence], None]] = {}
        self._window: Callable[[str], None] = lambda _page: None
        self._instead: Callable[[], bool] = lambda: False

    @property
    def now(self) -> Presence:
        """Return what is known at the moment."""
        return self._now

    def tell(self, presence: Presence, of: str = "window") -> None:
        """Note what one of the windows is; what changes nothing for all is not announced."""
        self._windows[of] = presence
        seen = self._windows.values()
        together = Presence(any(one.visible for one in seen), any(one.active for one in seen))
        if together == self._now:
            return
        presence = self._now = together
        for listener in tuple(self._listeners.values()):
            listener(presence)

    def subscribe(self, listener: Callable[[Presence], None]) -> Callable[[], None]:
        """Call `listener` at every change; returns how to end it."""
        key = object()
        self._listeners[key] = listener
        return lambda: self._listeners.pop(key, None) and None

    def show(self, page: str = "") -> None:
        """Ask for the main window: raised, in front, and turned to a page if one is named."""
        if not self._instead():
            self._window(page)

    def before(self, instead: Callable[[], bool]) -> None:
        """Ask this first; True: something else was shown in the window's stead."""
        self._instead = instead

    def serve(self, window: Callable[[str], None]) -> None:
        """Be the one who shows the window."""
        self._window = window
