"""What stands in place of the photos while there are none to show."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget


class TimelineMessage(QWidget):
    """A sentence in the middle, and below it a button where there is something to do."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton()
        self.button.clicked.connect(lambda _checked: self.pressed.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 20, 40, 20)
        column.addStretch(2)
        column.addWidget(self.text)
        column.addSpacing(10)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def say(self, text: str, button: str = "") -> None:
        """Say `text`; `button` "": nothing to press."""
        self.text.setText(text)
        self.button.setText(button)
        self.button.setVisible(bool(button))
