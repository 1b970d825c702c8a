"""Labels for words that may hold foreign text: never markup, never wider than the window."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel

from tray_app.ui.colours import mixed


class PlainLabel(QLabel):
    """Takes no room while it has nothing to say. `quiet`: in a softer colour."""

    def __init__(self, *, quiet: bool = False) -> None:
        super().__init__()
        self._quiet = quiet
        self.setTextFormat(Qt.TextFormat.PlainText)  # names of files are no markup
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.hide()

    def say(self, text: str) -> None:
        """Show this text; "" hides the label."""
        if self.text() != text:
            self.setText(text)
        self.setVisible(bool(text))
        if self._quiet:
            self._soften()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Follow the colours of the system."""
        super().changeEvent(event)
        if self._quiet and event.type() is QEvent.Type.PaletteChange:
            self._soften()

    def _soften(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        palette = parent.palette()
        text, ground = QPalette.ColorRole.WindowText, QPalette.ColorRole.Window
        soft = mixed(palette.color(text), palette.color(ground))
        if self.palette().color(text) != soft:  # else each change would bring the next
            palette.setColor(text, soft)
            self.setPalette(palette)
