"""The doors to the desktop's notifications and to what was told before."""

from collections.abc import Callable
from typing import Protocol

from tray_app.core.toasts import Button, Slot, Toast, Told

Pressed = Callable[[Button], None]


class Notifier(Protocol):
    """Shows toasts; every call returns at once and never raises.

    Of several toasts for one slot in quick succession only the last may be seen. A person who
    sends a progress toast away sees it no more until it was withdrawn or is something else.
    """

    def show(self, toast: Toast) -> None:
        """Show it, in the place of the one of the same slot."""
        ...

    def withdraw(self, slot: Slot) -> None:
        """Take the toast of this slot from the screen; harmless when there is none."""
        ...

    def on_press(self, pressed: Pressed) -> None:
        """Call `pressed` in the loop's thread when a person presses something."""
        ...

    async def close(self) -> None:
        """Take everything from the screen: nobody would answer its buttons."""
        ...


class Balloons(Notifier, Protocol):
    """The tray icon's own balloons: no progress, no buttons."""

    def take(self, toast: Toast) -> bool:
        """Show it if there is an icon that can; tells whether there was."""
        ...


class SavedTold(Protocol):
    """One value, saved whole."""

    def load(self) -> Told:
        """Return what was saved; what cannot be read is logged and counts as nothing told."""
        ...

    def save(self, told: Told) -> None:
        """Remember; raises NeedsUser(DISK). May take as long as the disk does."""
        ...
