"""Rows for a table, fetched page by page as a person scrolls: a million rows cost what is seen."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from tray_app.ui.errands import Errands
from tray_app.ui.words import no_markup

PAGE = 200
Index = QModelIndex | QPersistentModelIndex
# Gets the last row there is (None: none yet) and how many to bring; fewer: these are the last.
Fetch = Callable[[Any | None, int], Awaitable[Sequence[Any]]]
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head and the text of a row, which is plain text.

    `width` in characters, 0: it shares the room that is left. `sentence`: what does not fit is
    left out at the end, otherwise in the middle, so that a name keeps its ending. `tip` is told
    under the mouse in place of the text.
    """

    head: str
    text: Callable[[Any], str]
    width: int = 0
    sentence: bool = False
    numeric: bool = False
    tip: Callable[[Any], str] | None = None


class RowsModel(QAbstractTableModel):
    """Shows what `restart` fetches. `settled` tells that a page came, or why none did.

    A new `restart` gives up the old one; rows stay on the screen until others are there.
    """

    settled = Signal(str)

    def __init__(self, columns: Sequence[Column], errands: Errands, page: int = PAGE) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self._errands = errands
        self._page = page
        self._rows: list[Any] = []
        self._fetch: Fetch | None = None
        self._more = False
        self._task: asyncio.Task[None] | None = None

    @property
    def columns(self) -> Sequence[Column]:
        """The columns from left to right."""
        return self._columns

    @property
    def rows(self) -> Sequence[Any]:
        """The rows that are here so far."""
        return self._rows

    @property
    def complete(self) -> bool:
        """Whether these are all."""
        return not self._more

    def restart(self, fetch: Fetch) -> None:
        """Show what `fetch` brings."""
        self._fetch = fetch
        self._begin(self._first(fetch))

    async def _first(self, fetch: Fetch) -> None:
        rows = list(await fetch(None, self._page))
        self._more = len(rows) >= self._page
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        self.settled.emit("")

    async def _next(self, fetch: Fetch) -> None:
        rows = await fetch(self._rows[-1], self._page)
        self._more = len(rows) >= self._page
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()
        self.settled.emit("")

    def _begin(self, work: Any) -> None:
        if self._task:
            self._task.cancel()
        self._task = self._errands.begin(work, self.settled.emit)

    # Qt's own names from here on.

    def canFetchMore(self, parent: Index = _NOWHERE) -> bool:  # noqa: N802
        """Tell whether there is more, unless a page is on its way already."""
        idle = self._task is None or self._task.done()
        return not parent.isValid() and self._more and idle

    def fetchMore(self, parent: Index = _NOWHERE) -> None:  # noqa: N802
        """Bring the next page."""
        if self.canFetchMore(parent) and self._fetch:
            self._begin(self._next(self._fetch))

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Count what is here."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Count the columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a cell its text."""
        if not index.isValid():
            return None
        column, row = self._columns[index.column()], self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(row)
            case Qt.ItemDataRole.ToolTipRole:
                return no_markup((column.tip or column.text)(row))
            case Qt.ItemDataRole.TextAlignmentRole if column.numeric:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(  # noqa: N802
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Name the columns; a number stands under the right end of its name."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return column.head if role == Qt.ItemDataRole.DisplayRole else None
