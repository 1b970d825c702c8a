"""Whether a window is seen, and whether a person works in the program."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QWindow
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
    return Presence(visible, visible and _has_a_person(QGuiApplication.focusWindow()))


def _has_a_person(focus: QWindow | None) -> bool:
    """Tell whether it is a window or belongs to one: who opens the tray's menu works in none."""
    if focus is None:
        return False
    return focus.type() is not Qt.WindowType.Popup or focus.transientParent() is not None


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
