"""The main window: hidden rather than closed, and honest about being seen."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QHideEvent,
    QKeySequence,
    QShowEvent,
)
from PySide6.QtWidgets import QMainWindow

from tray_app.engine.commands import Commands
from tray_app.engine.foreground import Presence
from tray_app.ui.status_page import StatusPage
from tray_app.ui.view import APP_NAME
from tray_app.ui.window_view import WindowView

SIZE = (520, 420)


class MainWindow(QMainWindow):
    """One page for now. Files and folders may be dropped anywhere on it.

    Esc and Ctrl+W hide it, Ctrl+Q ends the program. `presence_changed` tells a `Presence`.
    """

    presence_changed = Signal(object)

    def __init__(self, commands: Commands, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("main window")
        self.setWindowTitle(APP_NAME)
        self.setAccessibleName(APP_NAME)
        self.setAcceptDrops(True)
        self.page = StatusPage(commands, now)
        self.setCentralWidget(self.page)
        self.setMinimumWidth(400)
        self.resize(*SIZE)
        self._key("Hide", self.hide, "Esc", "Ctrl+W")
        self._key("Quit", commands.quit, "Ctrl+Q")
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._tell)

    def show_view(self, view: WindowView) -> None:
        """Draw `view`."""
        self.page.show_view(view)

    def bring_up(self) -> None:
        """Show it in front of the others."""
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()

    def presence(self) -> Presence:
        """Return whether it is seen, and whether a person works in it or a dialog of it."""
        visible = self.isVisible() and not self.isMinimized()
        return Presence(visible, visible and QGuiApplication.focusWindow() is not None)

    def _tell(self) -> None:
        self.presence_changed.emit(self.presence())

    def _key(self, name: str, act: Callable[[], object], *keys: str) -> None:
        action = QAction(name, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(lambda _checked: act())
        self.addAction(action)

    # Qt's own names from here on.

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Hide: the program lives in the tray."""
        event.ignore()
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Tell that it is seen."""
        super().showEvent(event)
        self._tell()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Tell that it is not."""
        super().hideEvent(event)
        self._tell()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow minimising, activation and the colours of the system."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.WindowStateChange, QEvent.Type.ActivationChange):
            self._tell()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take files and links; what is no file of this computer is told when dropped.

        Only as a copy: after a move the source would delete what we have merely read.
        """
        if event.mimeData().hasUrls() and event.possibleActions() & Qt.DropAction.CopyAction:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.page.drop_area.invite(on=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        """Calm down."""
        self.page.drop_area.invite(on=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Back up what was dropped; the source keeps it, whatever it proposed."""
        self.page.drop_area.invite(on=False)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.page.take(event.mimeData().urls())
