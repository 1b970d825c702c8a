"""Toasts where the desktop has no notification service: the tray icon's own balloons."""

from PySide6.QtWidgets import QSystemTrayIcon

from tray_app.core.toasts import Button, Slot, Toast
from tray_app.ports.toasts import Pressed

SHOWN_MS = 15_000


class TrayBalloons:
    """Port `Balloons`: what has to be told once; progress is the icon's ring and tooltip.

    Without an icon in the panel nothing is seen; the status line tells the same.
    """

    def __init__(self) -> None:
        self._icon: QSystemTrayIcon | None = None
        self._pressed: Pressed = lambda _button: None

    def use(self, icon: QSystemTrayIcon) -> None:
        """Come out of this icon from now on."""
        self._icon = icon
        icon.messageClicked.connect(lambda: self._pressed(Button.SHOW))

    def take(self, toast: Toast) -> bool:
        """Show it if there is an icon that can; Qt shows the text as it is, never as markup."""
        icon = self._icon
        if toast.progress or icon is None:
            return False
        if not (QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()):
            return False
        kinds = QSystemTrayIcon.MessageIcon
        kind = kinds.Warning if toast.slot is Slot.ERROR else kinds.Information
        said = toast.notification
        icon.showMessage(said.title, said.content, kind, SHOWN_MS)
        return True

    def show(self, toast: Toast) -> None:
        """Show it if that is possible."""
        self.take(toast)

    def withdraw(self, slot: Slot) -> None:
        """Do nothing: a balloon goes by itself."""

    def on_press(self, pressed: Pressed) -> None:
        """Call `pressed` when a balloon is clicked."""
        self._pressed = pressed

    async def close(self) -> None:
        """Do nothing: the icon goes, and the balloon with it."""
