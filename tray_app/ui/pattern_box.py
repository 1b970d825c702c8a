"""Patterns, one a line: written at one's leisure, in force at the next pause."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPlainTextEdit

from tray_app.core.setting_specs import Spec
from tray_app.ui.language import localised
from tray_app.ui.setting_editors import Editor, lines_of

TYPING_MS = 600
_LINES = 4


class PatternBox(QPlainTextEdit):
    """Lines of text; `written` tells them when one pauses or goes on."""

    written = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setPlaceholderText("*.tmp\nScreenshots/")
        self.setFixedHeight(self.fontMetrics().lineSpacing() * _LINES + 14)
        self._told: list[str] = []
        self._pause = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._pause.timeout.connect(self.tell)
        self.textChanged.connect(self._pause.start)

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show these, unless something else is being typed."""
        typing = list(lines_of(self.toPlainText()))
        if typing == list(lines) or (self.hasFocus() and typing != self._told):
            return
        self._told = list(lines)
        blocked = self.blockSignals(True)
        self.setPlainText("\n".join(lines))
        self.blockSignals(blocked)
        self._pause.stop()

    def tell(self) -> None:
        """Tell what is typed, if it is news."""
        self._pause.stop()
        lines = list(lines_of(self.toPlainText()))
        if lines != self._told:
            self._told = lines
            self.written.emit(lines)

    def focusOutEvent(self, event: Any) -> None:  # noqa: N802  Qt's name
        """Take what was typed into force."""
        super().focusOutEvent(event)
        self.tell()


class LinesEditor(Editor):
    """Patterns, one a line."""

    def __init__(self, spec: Spec) -> None:
        super().__init__(spec)
        self.box = PatternBox(localised(spec.title))
        self._add(self.box, localised(spec.title), 1)
        self.box.written.connect(self.changed)

    def show_value(self, value: Any) -> None:
        """Show it."""
        self.box.show_lines(value)
