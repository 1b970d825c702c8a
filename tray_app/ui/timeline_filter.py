"""The row above the timeline: what to show, a part of a file name, and how many were found."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from tray_app.core.timeline import Query, Show
from tray_app.ui import timeline_words as words
from tray_app.ui.language import tr

TYPING_MS = 250


class TimelineFilter(QWidget):
    """`changed` tells a `Query` once a person has stopped typing; `left`: on to the photos."""

    changed = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.show_box = QComboBox()
        self.show_box.setAccessibleName(tr("Show"))
        for show in Show:
            self.show_box.addItem(tr(words.SHOWS[show]), show)
        self.text_box = QLineEdit()
        self.text_box.setAccessibleName(tr("File name contains"))
        self.text_box.setPlaceholderText(tr("Filter by file name (Ctrl+F)"))
        self.text_box.setClearButtonEnabled(True)
        self.text_box.installEventFilter(self)
        self.count = QLabel()
        self.count.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self._tell)
        self._told = self.query
        self.show_box.currentIndexChanged.connect(self._tell)
        self.text_box.textChanged.connect(lambda _text: self._typing.start())
        self.text_box.returnPressed.connect(self._tell)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.show_box)
        row.addWidget(self.text_box, 1)
        row.addWidget(self.count)

    @property
    def query(self) -> Query:
        """What is asked for now."""
        return Query(Show(self.show_box.currentData()), self.text_box.text().strip())

    def clear(self) -> None:
        """Show everything again."""
        self.text_box.clear()
        self.show_box.setCurrentIndex(0)
        self._tell()

    def _tell(self) -> None:
        self._typing.stop()
        if self.query != self._told:
            self._told = self.query
            self.changed.emit(self.query)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Take Esc for the text while there is one, before the window hides; go on by Down."""
        kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if isinstance(event, QKeyEvent) and event.type() in kinds:
            if event.key() == Qt.Key.Key_Escape and self.text_box.text():
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    self.text_box.clear()
                    self._tell()
                return True
            if event.key() == Qt.Key.Key_Down and event.type() == QEvent.Type.KeyPress:
                self.left.emit()
                return True
        return super().eventFilter(watched, event)
