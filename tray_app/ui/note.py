"""A note above everything else in a window."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from tray_app.ui.plain_text import PlainText
from tray_app.ui.sidebar import ICON, page_icon


class Note(QFrame):
    """A sign and sentences; no room while there is nothing to say. `name`: for those who hear."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._sign = QLabel()  # first: it is drawn when the colours change
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self._text = PlainText(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(12)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        self.hide()

    def text(self) -> str:
        """Return what is shown."""
        return self._text.text()

    def say(self, text: str) -> None:
        """Show this text; "" hides the note."""
        self._text.say(text)
        self.setVisible(bool(text))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Follow the colours of the system."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._draw_sign()

    def _draw_sign(self) -> None:
        icon = page_icon("note", self.palette(), self.devicePixelRatioF())
        self._sign.setPixmap(icon.pixmap(ICON, ICON))
