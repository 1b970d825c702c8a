"""What Qt's own style leaves too faint: hints in empty fields, and where the keys go."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from tray_app.ui.colours import mixed

_WIDTH = 2  # pixels


class HintedLine(QLineEdit):
    """A line whose hint stands out 4.5 to 1 at least; Qt's own is half as dark as its text."""

    def __init__(self) -> None:
        super().__init__()
        self._darken()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Follow the colours of the system."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._darken()

    def _darken(self) -> None:
        palette, role = self.palette(), QPalette.ColorRole.PlaceholderText
        ink, ground = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base)
        if palette.color(role) != (hint := mixed(ink, ground)):
            palette.setColor(role, hint)
            self.setPalette(palette)


class FocusRing(QWidget):
    """Drawn around `view`, to which it belongs, while that has the keys and no mouse brought them.

    The style shows them on a line or a cursor, so an empty list and a text to read show nothing; a
    default button looks as if it had them always.
    """

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Come and go with the focus."""
        if event.type() is QEvent.Type.FocusOut:
            self.hide()
        elif isinstance(event, QFocusEvent) and event.type() is QEvent.Type.FocusIn:
            self.resize(self._view.size())
            self.setVisible(event.reason() is not Qt.FocusReason.MouseFocusReason)
            self.raise_()
        elif isinstance(event, QResizeEvent):
            self.resize(event.size())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw a frame in the colour of what is chosen."""
        inset = _WIDTH // 2
        with QPainter(self) as painter:
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), _WIDTH))
            painter.drawRect(self.rect().adjusted(inset, inset, -inset, -inset))
