"""The page of what was done: runs, and the files that the server confirmed."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from tray_app.core.history import FileRow, RunRow, Span
from tray_app.core.quantities import size
from tray_app.ports.history import History
from tray_app.ui import history_view, words
from tray_app.ui.errands import Errands
from tray_app.ui.language import clock, localised, number, tr
from tray_app.ui.list_page import ListPage
from tray_app.ui.plain_label import PlainLabel
from tray_app.ui.rows_model import Column, RowsModel
from tray_app.ui.table import FilterField, Table

Reveal = Callable[[str], object]


class ActivityPage(ListPage):
    """Above the runs, below the files; a chosen run shows only its files, as a search does."""

    def __init__(
        self, history: History, errands: Errands, now: Callable[[], datetime], reveal: Reveal
    ) -> None:
        super().__init__()
        self._history = history
        self._reveal = reveal
        self.runs_model = RowsModel(_run_columns(now), errands)
        self.files_model = RowsModel(_file_columns(now), errands)
        self.runs = Table(self.runs_model, tr("Backup runs"))
        self.files = Table(self.files_model, tr("Backed-up files"))
        self.search = FilterField(tr("Search files by name or folder"))
        self.all_files = QPushButton(tr("Show &all files"))
        self.show_in_folder = QPushButton(tr("Show in &folder"))
        self.heading = PlainLabel()
        self.note = PlainLabel(quiet=True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        self._connect()
        self._follow_choice()

    def reload(self) -> None:
        """Read runs and files from the newest on."""

        async def runs(after: RunRow | None, limit: int) -> Sequence[RunRow]:
            return await self._history.runs(after.cursor if after else None, limit)

        self.runs_model.restart(runs)
        self._reload_files()

    def may_move(self) -> bool:
        """Leave the tables alone while a person reads further down or looks at one run."""
        return self.runs.at_top() and self.files.at_top() and self._run() is None

    def filter_field(self) -> QLineEdit:
        """Return the search."""
        return self.search

    def _reload_files(self) -> None:
        text, run = self.search.text(), self._run()
        span = Span(run.started_at, run.ended_at) if run else None

        async def files(after: FileRow | None, limit: int) -> Sequence[FileRow]:
            cursor = after.cursor if after else None
            return await self._history.files(text, span, cursor, limit)

        self.note.say(tr("Searching\u2026") if text else "")
        self.files_model.restart(files)

    def _run(self) -> RunRow | None:
        chosen = self.runs.chosen_rows()
        row: RunRow | None = self.runs_model.rows[chosen[0]] if len(chosen) == 1 else None
        return row

    def _follow_choice(self) -> None:
        run = self._run()
        self.all_files.setEnabled(run is not None)
        began = clock(run.started_at.astimezone().time()) if run else ""
        self.heading.say(
            tr("Files of the run of {began}", began=began) if run else tr("Files, the newest first")
        )

    def _settled(self, fault: str) -> None:
        empty = not self.files_model.rows
        nothing = (
            tr("Nothing found.") if self.search.text() else tr("No file is backed up here yet.")
        )
        self.files.setVisible(not empty)
        self.note.say(fault or (nothing if empty else ""))

    def _show_chosen(self) -> None:
        for row in self.files.chosen_rows()[:1]:
            self._reveal(self.files_model.rows[row].path)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _: self.typed())
        self.runs.selectionModel().selectionChanged.connect(lambda *_: self._run_chosen())
        self.runs_model.modelReset.connect(self._follow_choice)
        self.files.selectionModel().selectionChanged.connect(lambda *_: self._offer())
        self.files_model.modelReset.connect(self._offer)
        self.files.activated.connect(lambda _: self._show_chosen())
        self.files_model.settled.connect(self._settled)
        self.runs_model.settled.connect(lambda _: self.runs.setVisible(bool(self.runs_model.rows)))
        self.all_files.clicked.connect(lambda _: self.runs.clearSelection())
        self.show_in_folder.clicked.connect(lambda _: self._show_chosen())
        self._offer()

    def _run_chosen(self) -> None:
        self._follow_choice()
        self._reload_files()

    def _offer(self) -> None:
        self.show_in_folder.setEnabled(bool(self.files.chosen_rows()))

    def _lay_out(self) -> None:
        self.runs.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.files.setSelectionMode(Table.SelectionMode.SingleSelection)
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 6, 0, 0)
        row = QHBoxLayout()
        row.addWidget(self.heading, 1)
        row.addWidget(self.all_files)
        row.addWidget(self.show_in_folder)
        below.addLayout(row)
        below.addWidget(self.files, 1)
        below.addWidget(self.note, 1)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.runs)
        parts.addWidget(lower)
        parts.setStretchFactor(0, 1)
        parts.setStretchFactor(1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 14)
        column.addWidget(self.search)
        column.addWidget(parts, 1)


def _run_columns(now: Callable[[], datetime]) -> list[Column]:
    return [
        Column(tr("Started"), lambda row: words.moment(row.started_at, now(), None), width=16),
        Column(tr("Result"), history_view.run_result, sentence=True),
        Column(tr("Backed up"), history_view.run_backed_up, width=9, numeric=True),
        Column(tr("Failed"), lambda row: number(row.failed), width=6, numeric=True),
        Column(tr("Sent"), lambda row: localised(size(row.bytes_sent)), width=8, numeric=True),
        Column(tr("Took"), history_view.run_took, width=8, numeric=True),
    ]


def _file_columns(now: Callable[[], datetime]) -> list[Column]:
    return [
        Column(tr("File"), lambda row: history_view.name_of(row.path)),
        Column(tr("Folder"), lambda row: history_view.folder_of(row.path)),
        Column(tr("Backed up"), lambda row: words.moment(row.at, now(), None), width=16),
        Column(tr("How"), history_view.held, width=17),
        Column(tr("Size"), history_view.file_size, width=8, numeric=True),
    ]
