"""The page of what could not be backed up: which file, why, what to do, and doing it."""

from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QVBoxLayout,
)

from tray_app.core.history import FailedRow
from tray_app.ports.history import History, Mending
from tray_app.ui import history_view, words
from tray_app.ui.activity_page import Reveal
from tray_app.ui.errands import Errands
from tray_app.ui.language import localised, mark, number, tr, trn
from tray_app.ui.list_page import ListPage
from tray_app.ui.plain_label import PlainLabel
from tray_app.ui.plain_text import PlainText
from tray_app.ui.questions import ask_where
from tray_app.ui.readable import FocusRing
from tray_app.ui.rows_model import Column, RowsModel
from tray_app.ui.table import FilterField, Table
from tray_app.ui.window_view import WindowView

_FAILED, _IGNORED = 0, 1  # the tabs
_LINES = 6  # of the details
NOTHING_FAILED = mark("Nothing failed. Every photo that was tried is backed up.")
NOTHING_IGNORED = mark("No file is ignored.")


class FailedPage(ListPage):
    """Two lists: the failed files and those that a person had ignored.

    What is chosen is told in full below the list, where it can be selected and copied.
    """

    def __init__(
        self,
        history: History,
        mending: Mending,
        errands: Errands,
        now: Callable[[], datetime],
        reveal: Reveal,
    ) -> None:
        super().__init__()
        self._history = history
        self._mending = mending
        self._errands = errands
        self._now = now
        self._reveal = reveal
        self._failed = 0
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(tr("Failed or ignored files"))
        self.tabs.setDrawBase(False)
        self.tabs.addTab(tr("Failed"))
        self.tabs.addTab(tr("Ignored"))
        self.search = FilterField(tr("Filter by name or folder"))
        self.model = RowsModel(
            [
                Column(
                    tr("File"),
                    lambda row: history_view.name_of(row.path),
                    tip=lambda row: words.visible(row.path),
                ),
                Column(tr("What happened"), history_view.failed_what, sentence=True),
                Column(
                    tr("What to do"),
                    lambda row: words.visible(localised(row.remedy)),
                    sentence=True,
                ),
            ],
            errands,
        )
        self.table = Table(self.model, tr("Failed files"))
        self.details = QPlainTextEdit()
        FocusRing(self.details)
        self.hint = PlainLabel(quiet=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.note = PlainText(tr("What came of it"))
        self._make_buttons()
        self._lay_out()
        self._connect()
        self._offer()

    def show_view(self, view: WindowView) -> None:
        """Count in the tab's name."""
        super().show_view(view)
        self._failed = view.failed_count
        self._name_tab(_FAILED, tr("Failed"), view.failed_count)

    def reload(self) -> None:
        """Read the list from the newest on."""
        text, ignored = self.search.text(), self._is_ignored

        async def rows(after: FailedRow | None, limit: int) -> Sequence[FailedRow]:
            if after is None:
                count = await self._history.ignored_count()
                self._name_tab(_IGNORED, tr("Ignored"), count)
            cursor = after.cursor if after else None
            return await self._history.failures(text, cursor, limit, ignored=ignored)

        self.model.restart(rows)

    def may_move(self) -> bool:
        """Leave the list alone while a person reads further down or has chosen something."""
        return self.table.at_top() and not self.table.chosen_rows()

    def filter_field(self) -> QLineEdit:
        """Return the filter."""
        return self.search

    def export_to(self, target: Path) -> None:
        """Write the failed files as CSV."""

        async def export() -> None:
            count = await self._mending.export(target)
            self.note.say(
                trn(
                    "1 file written to {path}.",
                    "{n:,} files written to {path}.",
                    count,
                    path=words.visible(str(target)),
                )
            )

        self._errands.begin(export(), self.note.say)

    @property
    def _is_ignored(self) -> bool:
        return self.tabs.currentIndex() == _IGNORED

    def _chosen(self) -> list[FailedRow]:
        return [self.model.rows[row] for row in self.table.chosen_rows()]

    def _chosen_ids(self) -> list[int]:
        return [row.file_id for row in self._chosen() if row.file_id is not None]

    def _do(self, act: Callable[[], Coroutine[Any, Any, object]], said: str) -> None:
        async def work() -> None:
            await act()
            self.note.say(said)
            self.table.clearSelection()
            self.refresh()

        self._errands.begin(work(), self.note.say)

    def _retry(self) -> None:
        rows = self._chosen()
        said = trn("1 file tried again now.", "{n:,} files tried again now.", len(rows))
        self._do(lambda: self._mending.retry(rows), said)

    def _retry_all(self) -> None:
        self._do(self._mending.retry_all, tr(tr("All are tried again now.")))

    def _ignore(self) -> None:
        ids = self._chosen_ids()
        said = trn(
            "1 file ignored until changed. Undo it under “Ignored”.",
            "{n:,} files ignored until changed. Undo it under “Ignored”.",
            len(ids),
        )
        self._do(lambda: self._mending.ignore(ids), said)

    def _take_back(self) -> None:
        ids = self._chosen_ids()
        said = trn(
            "1 file no longer ignored: tried in the next backup.",
            "{n:,} files no longer ignored: tried in the next backup.",
            len(ids),
        )
        self._do(lambda: self._mending.take_back(ids), said)

    def _show_chosen(self) -> None:
        for row in self._chosen()[:1]:
            self._reveal(row.path)

    def _ask_where(self) -> None:
        title, kind = tr("Export the failed files"), tr("CSV files (*.csv)")
        ask_where(self.window(), title, kind, "not-backed-up.csv", self.export_to)

    def _offer(self) -> None:
        chosen, ids = self._chosen(), self._chosen_ids()
        ignored = self._is_ignored
        self.retry.setVisible(not ignored)
        self.ignore.setVisible(not ignored)
        self.retry_all.setVisible(not ignored)
        self.undo.setVisible(ignored)
        self.retry.setEnabled(bool(chosen))
        self.ignore.setEnabled(bool(ids))
        self.undo.setEnabled(bool(ids))
        self.show_in_folder.setEnabled(len(chosen) == 1)
        self.retry_all.setEnabled(bool(self.model.rows))
        self.export.setEnabled(bool(self.model.rows) and not ignored)
        self._tell(chosen)

    def _tell(self, chosen: list[FailedRow]) -> None:
        if len(chosen) == 1:
            text = history_view.failed_details(chosen[0], self._now())
        elif chosen:
            text = trn("1 file chosen.", "{n:,} files chosen.", len(chosen))
        else:
            text = tr("Choose a file to read what happened and what to do.")
        if self.details.toPlainText() != text:
            self.details.setPlainText(text)

    def _settled(self, fault: str) -> None:
        empty = tr(NOTHING_IGNORED if self._is_ignored else NOTHING_FAILED)
        if self.search.text():
            empty = tr("Nothing found.")
        for part in (self.table, self.details):
            part.setVisible(bool(self.model.rows))
        self.hint.say(fault or ("" if self.model.rows else empty))
        self._offer()

    def _turn(self) -> None:
        self.note.say("")
        self.refresh()
        self._offer()

    def _name_tab(self, tab: int, name: str, count: int) -> None:
        self.tabs.setTabText(tab, f"{name} ({number(count)})" if count else name)

    def _make_buttons(self) -> None:
        self.retry = QPushButton(tr("&Retry"))
        self.retry_all = QPushButton(tr("Retry &all"))
        self.ignore = QPushButton(tr("&Ignore"))
        self.undo = QPushButton(tr("&Undo: back up again"))
        self.show_in_folder = QPushButton(tr("Show in &folder"))
        self.export = QPushButton(tr("&Export CSV\u2026"))
        for button, act in (
            (self.retry, self._retry),
            (self.retry_all, self._retry_all),
            (self.ignore, self._ignore),
            (self.undo, self._take_back),
            (self.show_in_folder, self._show_chosen),
            (self.export, self._ask_where),
        ):
            button.clicked.connect(lambda _checked, act=act: act())

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _: self.typed())
        self.tabs.currentChanged.connect(lambda _: self._turn())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._offer())
        self.model.modelReset.connect(self._offer)
        self.model.settled.connect(self._settled)
        self.table.activated.connect(lambda _: self._show_chosen())

    def _lay_out(self) -> None:
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName(tr("What happened to the chosen file"))
        lines = self.details.fontMetrics().lineSpacing() * _LINES
        self.details.setFixedHeight(lines + 2 * self.details.frameWidth() + 12)
        top = QHBoxLayout()
        top.addWidget(self.tabs)
        top.addWidget(self.search, 1)
        row = QHBoxLayout()
        for button in (self.retry, self.ignore, self.undo, self.show_in_folder):
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.retry_all)
        row.addWidget(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 14)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self.hint, 1)
        column.addWidget(self.note)
        column.addWidget(self.details)
        column.addLayout(row)
