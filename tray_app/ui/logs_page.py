"""The page of the log: filter, follow, more detail, and a bundle for those who help."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontDatabase, QHideEvent, QShowEvent, QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
)

from tray_app.core.log_lines import Level, LogPage, Mark
from tray_app.ports.history import LogBook
from tray_app.ui import words
from tray_app.ui.errands import Errands
from tray_app.ui.language import mark, tr
from tray_app.ui.log_colours import LevelColours
from tray_app.ui.page import Page
from tray_app.ui.plain_text import PlainText
from tray_app.ui.questions import ask_where
from tray_app.ui.readable import FocusRing
from tray_app.ui.table import FilterField

MOST = 2_000  # entries read at once
_BLOCKS = 20_000  # lines kept while following
_EACH_MS = 1_000
_TYPING_MS = 250
_CHOICES = (
    (mark("Everything"), Level.DEBUG),
    (mark("INFO and above"), Level.INFO),
    (mark("WARNING and SEVERE"), Level.WARNING),
    (mark("SEVERE"), Level.SEVERE),
)


class LogsPage(Page):
    """Shows the newest entries; looks for new ones once a second while it is seen and follows."""

    def __init__(self, book: LogBook, errands: Errands) -> None:
        super().__init__()
        self._book = book
        self._errands = errands
        self._mark = Mark()
        self._asked = 0  # answers to older questions are dropped
        self.level = QComboBox()
        for name, _ in _CHOICES:
            self.level.addItem(tr(name))
        self.search = FilterField(tr("Filter"))
        self.follow = QCheckBox(tr("F&ollow"))
        self.detailed = QCheckBox(tr("&Detailed (advanced troubleshooting)"))
        self.text = QPlainTextEdit()
        FocusRing(self.text)
        self.export = QPushButton(tr("&Export support bundle\u2026"))
        self.note = PlainText(tr("What came of it"))
        self._colours = LevelColours(self.text)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._looking = QTimer(self, interval=_EACH_MS)
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Read the newest entries that are wanted."""
        self._asked += 1
        asked, level, search = self._asked, self._lowest, self.search.text()

        async def read() -> None:
            page = await self._book.newest(level, search, MOST)
            if asked == self._asked:
                self._show_all(page)

        self._errands.begin(read(), self.note.say)

    def filter_field(self) -> QLineEdit:
        """Return the filter."""
        return self.search

    def export_to(self, target: Path) -> None:
        """Write the support bundle."""

        async def export() -> None:
            self.export.setEnabled(False)
            self.note.say(tr("Writing the support bundle; the checks take a moment\u2026"))
            try:
                await self._book.export(target)
            finally:
                self.export.setEnabled(True)
            place = words.visible(str(target))
            self.note.say(
                tr(
                    "The support bundle is {place}. It holds no secret; look through it.",
                    place=place,
                )
            )

        self._errands.begin(export(), self.note.say)

    @property
    def _lowest(self) -> Level:
        return _CHOICES[self.level.currentIndex()][1]

    def _look(self) -> None:
        resting = self.window().isMinimized() or not self.follow.isChecked()
        if resting or self._errands.busy:
            return
        asked, mark, level, search = self._asked, self._mark, self._lowest, self.search.text()

        async def read() -> None:
            page = await self._book.added(mark, level, search)
            if asked == self._asked:
                self._add(page)

        self._errands.begin(read(), self.note.say)

    def _show_all(self, page: LogPage) -> None:
        self._mark = page.mark
        text = _text_of(page)
        narrowed = bool(self.search.text()) or self._lowest > Level.DEBUG
        nothing = tr("The log has no such entry.") if narrowed else tr("The log is empty.")
        self.note.say("" if text else nothing)
        if text != self.text.toPlainText():
            self.text.setPlainText(text)
        self._go_to_end()

    def _add(self, page: LogPage) -> None:
        self._mark = page.mark
        if not page.entries:
            return
        self.note.say("")
        at_end = self._is_at_end()
        empty = self.text.document().isEmpty()
        cursor = QTextCursor(self.text.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(("" if empty else "\n") + _text_of(page))
        if at_end:
            self._go_to_end()

    def _is_at_end(self) -> bool:
        bar = self.text.verticalScrollBar()
        return bar.value() >= bar.maximum() - 1

    def _go_to_end(self) -> None:
        bar = self.text.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _switch_detail(self, *, on: bool) -> None:
        async def switch() -> None:
            try:
                await self._book.set_detailed(on=on)
            finally:
                self._show_detail()

        self._errands.begin(switch(), self.note.say)

    def _show_detail(self) -> None:
        """Show the real state of the switch, also when it was changed elsewhere."""
        self.detailed.setChecked(self._book.is_detailed())

    def _ask_where(self) -> None:
        title, kind = tr("Export a support bundle"), tr("Zip files (*.zip)")
        ask_where(self.window(), title, kind, "immich-tray-support.zip", self.export_to)

    def _connect(self) -> None:
        self.level.currentIndexChanged.connect(lambda _: self.refresh())
        self.search.textChanged.connect(lambda _: self._typing.start())
        self._typing.timeout.connect(self.refresh)
        self._looking.timeout.connect(self._look)
        self.follow.toggled.connect(lambda on: self._look() if on else None)
        # Not `toggled`: showing the real state is no wish.
        self.detailed.clicked.connect(lambda on: self._switch_detail(on=on))
        self.export.clicked.connect(lambda _: self._ask_where())

    def _lay_out(self) -> None:
        self.level.setAccessibleName(tr("Levels to show"))
        self.level.setCurrentIndex(0)
        self.follow.setChecked(True)
        self.text.setReadOnly(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("Log"))
        self.text.setMaximumBlockCount(_BLOCKS)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        label = QLabel(tr("Le&vels:"))
        label.setBuddy(self.level)
        top = QHBoxLayout()
        top.addWidget(label)
        top.addWidget(self.level)
        top.addWidget(self.search, 1)
        top.addWidget(self.follow)
        row = QHBoxLayout()
        row.addWidget(self.detailed)
        row.addStretch()
        row.addWidget(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 14)
        column.addLayout(top)
        column.addWidget(self.text, 1)
        column.addWidget(self.note)
        column.addLayout(row)

    # Qt's own names from here on.

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Read, and begin to follow."""
        super().showEvent(event)
        self._show_detail()
        self.refresh()
        self._looking.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Look no more."""
        super().hideEvent(event)
        self._looking.stop()


def _text_of(page: LogPage) -> str:
    lines = [line for entry in page.entries for line in entry.text.split("\n")]
    return "\n".join(words.visible(line) for line in lines)
