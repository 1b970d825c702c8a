"""Colours for what matters in the log; the level stands in words beside it."""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QPalette, QSyntaxHighlighter, QTextCharFormat
from PySide6.QtWidgets import QPlainTextEdit

from tray_app.core.log_lines import Level, entries_of

LIGHT: Mapping[Level, QColor] = MappingProxyType(
    {Level.WARNING: QColor("#7a4f00"), Level.SEVERE: QColor("#b3261e")}
)
DARK: Mapping[Level, QColor] = MappingProxyType(
    {Level.WARNING: QColor("#f2c06b"), Level.SEVERE: QColor("#ffa799")}
)


def level_colours(ground: QColor) -> Mapping[Level, QColor]:
    """Choose the colours that read well on this ground."""
    return DARK if ground.lightnessF() < 0.5 else LIGHT


class LevelColours(QSyntaxHighlighter):
    """Paints the first line of warnings and severe entries; follows the colours of the system."""

    def __init__(self, editor: QPlainTextEdit) -> None:
        super().__init__(editor.document())
        self._editor = editor
        editor.installEventFilter(self)

    def highlightBlock(self, text: str) -> None:  # noqa: N802  Qt's name
        """Paint one line."""
        level = next(entries_of([text])).level
        ground = self._editor.palette().color(QPalette.ColorRole.Base)
        if colour := level_colours(ground).get(level):
            style = QTextCharFormat()
            style.setForeground(colour)
            self.setFormat(0, len(text.encode("utf-16-le")) // 2, style)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Paint anew in another theme."""
        if event.type() is QEvent.Type.PaletteChange:
            self.rehighlight()
        return super().eventFilter(watched, event)
