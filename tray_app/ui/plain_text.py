"""Sentences that may hold long paths: broken anywhere, selectable, copied as they are."""

from math import ceil

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette, QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit


class PlainText(QTextEdit):
    """As high as its text; takes no room while it has nothing to say. `name`: for those who hear.

    A label breaks lines at spaces only, so that one long path would widen the whole window.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self.hide()

    def text(self) -> str:
        """Return what is shown."""
        return self.toPlainText()

    def say(self, text: str) -> None:
        """Show this text; "" hides the field."""
        if self.text() != text:
            self.setPlainText(text)
        self.setVisible(bool(text))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Grow where the lines become shorter."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Stand in the colour of labels."""
        super().changeEvent(event)
        palette = self.palette()
        ink = palette.color(QPalette.ColorRole.WindowText)
        if event.type() is QEvent.Type.PaletteChange and ink != palette.color(
            QPalette.ColorRole.Text
        ):
            palette.setColor(QPalette.ColorRole.Text, ink)
            self.setPalette(palette)

    def _fit(self) -> None:
        high = ceil(self.document().size().height())
        if high and high != self.height():
            self.setFixedHeight(high)
