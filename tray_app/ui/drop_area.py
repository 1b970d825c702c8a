"""The place that says that photos can be dropped, with a button for those who use keys."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt, QUrl
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QWidget

from tray_app.ui.language import mark, tr

HINT = mark("Drop photos or folders here to back them up")
_RADIUS = 6.0


class DropArea(QWidget):
    """A dashed frame around a hint; `chosen` gets what was picked in the dialog of the button."""

    def __init__(self, chosen: Callable[[Sequence[QUrl]], None]) -> None:
        super().__init__()
        self.setObjectName("drop area")
        self.setAccessibleName(tr(HINT))
        self._chosen = chosen
        self._inviting = False
        hint = QLabel(tr(HINT))
        hint.setTextFormat(Qt.TextFormat.PlainText)
        hint.setWordWrap(True)
        self.choose = QPushButton(tr("C&hoose photos…"))
        self.choose.clicked.connect(self._ask)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.addWidget(hint, 1)
        layout.addWidget(self.choose)

    def invite(self, *, on: bool) -> None:
        """Light up while something is held over the window."""
        self._inviting = on
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the frame in colours of the system."""
        super().paintEvent(event)
        palette = self.palette()
        colour = palette.highlight().color() if self._inviting else palette.text().color()
        colour.setAlphaF(1.0 if self._inviting else 0.45)
        pen = QPen(colour, 2.0 if self._inviting else 1.0, Qt.PenStyle.DashLine)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(pen)
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(box, _RADIUS, _RADIUS)

    def _ask(self) -> None:
        dialog = QFileDialog(self.window(), tr("Back up photos and videos"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.urlsSelected.connect(self._chosen)
        dialog.open()  # not exec: a loop within the loop would hold the engine's tasks up
