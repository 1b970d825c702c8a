"""Whether a window is seen, and whether a person works in the program."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tray_app.engine.foreground import Presence

_CHANGES = (
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.WindowStateChange,
    QEvent.Type.ActivationChange,
)


def presence_of(window: QWidget) -> Presence:
    """Return whether it is seen, and whether a person works in it or a dialog of it."""
    visible = window.isVisible() and not window.isMinimized()
    return Presence(visible, visible and QGuiApplication.focusWindow() is not None)


class Watched(QObject):
    """Tells the presence of `window` whenever it may have changed; it lives as long as that."""

    def __init__(self, window: QWidget, told: Callable[[Presence], None]) -> None:
        super().__init__(window)
        self._window, self._told = window, told
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Look at what passes and let it pass."""
        if watched is self._window and event.type() in _CHANGES:
            self._told(presence_of(self._window))
        return False
