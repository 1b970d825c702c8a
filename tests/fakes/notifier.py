"""Port `Notifier`: a screen in memory."""

from tray_app.core.toasts import Button, Slot, Toast
from tray_app.ports.toasts import Pressed


class FakeNotifier:
    """`screen` has what is shown, `shown` all that ever was, `appeared` what was not in place."""

    def __init__(self) -> None:
        self.screen: dict[Slot, Toast] = {}
        self.shown: list[Toast] = []
        self.appeared: list[Toast] = []
        self.most = 0
        self._muted: set[Slot] = set()
        self._pressed: Pressed = lambda _button: None

    def show(self, toast: Toast) -> None:
        if toast.progress and toast.slot in self._muted:
            return
        self._muted.discard(toast.slot)
        if toast.slot not in self.screen:
            self.appeared.append(toast)
        self.screen[toast.slot] = toast
        self.shown.append(toast)
        self.most = max(self.most, len(self.screen))

    def withdraw(self, slot: Slot) -> None:
        self._muted.discard(slot)
        self.screen.pop(slot, None)

    def on_press(self, pressed: Pressed) -> None:
        self._pressed = pressed

    async def close(self) -> None:
        self.screen.clear()

    # What a person does.

    def press(self, button: Button) -> None:
        self._pressed(button)

    def dismiss(self, slot: Slot) -> None:
        if self.screen.pop(slot).progress:
            self._muted.add(slot)

    def said(self, slot: Slot) -> str:
        """Return what the toast of this slot says, "" when there is none."""
        toast = self.screen.get(slot)
        return toast.notification.content if toast else ""
