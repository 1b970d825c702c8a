"""The chosen folders on the overview: how each one stands."""

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, Signal
from PySide6.QtWidgets import QVBoxLayout

from tray_app.core.history import FolderRow
from tray_app.ports.history import History
from tray_app.ui import history_view, words
from tray_app.ui.errands import Errands
from tray_app.ui.language import mark, tr
from tray_app.ui.list_page import ListPage
from tray_app.ui.plain_label import PlainLabel
from tray_app.ui.rows_model import Column, RowsModel
from tray_app.ui.table import Table

_MOST_SEEN = 6  # rows, before one scrolls
NONE = mark("No folder is chosen yet. Add one in the settings, or drop photos here.")


class FolderList(ListPage):
    """A small table, as high as it has rows. `counted` tells how many, once they are known."""

    counted = Signal(int)

    def __init__(self, history: History, errands: Errands) -> None:
        super().__init__()
        self._history = history
        self.model = RowsModel(
            [
                Column(tr("Folder"), lambda row: words.visible(row.path)),
                Column(tr("Backed up"), history_view.folder_count, width=20),
                Column(tr("State"), history_view.folder_state, sentence=True),
            ],
            errands,
        )
        self.table = Table(self.model, tr("Folders"))
        self.note = PlainLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        column.addWidget(self.note)
        self.table.hide()
        self._asked = QElapsedTimer()
        self.model.settled.connect(self._settled)

    def reload(self) -> None:
        """Count anew."""

        async def folders(after: FolderRow | None, _limit: int) -> Sequence[FolderRow]:
            return () if after else await self._history.folders()

        self._asked.start()
        self.model.restart(folders)

    def _settled(self, fault: str) -> None:
        self.spare(self._asked.elapsed())  # it counts every file
        rows = len(self.model.rows)
        self.table.setVisible(bool(rows))
        self.note.say(fault or ("" if rows else tr(NONE)))
        high = self.table.verticalHeader().defaultSectionSize() * min(rows, _MOST_SEEN)
        frame = 2 * self.table.frameWidth()
        self.table.setFixedHeight(high + self.table.horizontalHeader().sizeHint().height() + frame)
        if not fault:
            self.counted.emit(rows)
