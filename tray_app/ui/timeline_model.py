"""The timeline as Qt's views see it: a row for each item, loaded where somebody looks."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from enum import Enum, auto
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from tray_app.core.errors import TrayError
from tray_app.core.timeline import Cell, Key, Month, MonthCount, Query
from tray_app.core.timeline_changes import EVERYTHING, NOTHING, Touched, joined
from tray_app.ports.timeline import Timeline
from tray_app.ui.tasks import Tasks
from tray_app.ui.timeline_rows import TimelineRows

MOST_CELLS = 5000  # that are kept; a few hundred bytes each
_AT_ONCE = 200
# After a look at everything the next one waits this many times as long as it took.
_REST = 4

Describe = Callable[[Cell], str]
Index = QModelIndex | QPersistentModelIndex


class Progress(Enum):
    """What the model is doing as far as a person has to know."""

    LOADING = auto()
    READY = auto()
    BROKEN = auto()


class TimelineModel(QAbstractListModel):
    """Rows of `Query`, newest first; `cell` is None where an item is not loaded yet.

    `speak` and `tell` write a cell for screen readers and for the mouse. `progressed`: see
    `progress`. `loaded`: cells came or changed. Needs a running loop.
    """

    progressed = Signal()
    loaded = Signal()

    def __init__(
        self,
        timeline: Timeline,
        speak: Describe,
        tell: Describe,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._timeline = timeline
        self._roles: dict[int, Describe] = {
            Qt.ItemDataRole.DisplayRole: lambda cell: cell.name,
            Qt.ItemDataRole.AccessibleTextRole: speak,
            Qt.ItemDataRole.ToolTipRole: tell,
        }
        self._rows = TimelineRows()
        self._cells: OrderedDict[Key, Cell] = OrderedDict()
        self._stale: set[Key] = set()
        self._wanted = range(0)
        self._changes = NOTHING
        self._tasks = Tasks()
        self._loading: asyncio.Task[None] | None = None
        self._following: asyncio.Task[None] | None = None
        self.query = Query()
        self.progress = Progress.LOADING
        self.trouble: TrayError | None = None

    @property
    def total(self) -> int:
        """The number of items."""
        return self._rows.total

    def months(self) -> list[MonthCount]:
        """Return the months, newest first, and how many items each has."""
        return self._rows.months()

    def cell(self, row: int) -> Cell | None:
        """Return an item; None: not loaded."""
        key = self._rows.key(row) if 0 <= row < self._rows.total else None
        return None if key is None else self._cells.get(key)

    def open(self, query: Query) -> None:
        """Show what a query finds, and nothing until it is found."""
        self.pause()
        self.query = query
        self._set_progress(Progress.LOADING)
        self.touch(EVERYTHING)

    def touch(self, touched: Touched) -> None:
        """Look again at what changed."""
        self._changes = joined(self._changes, touched)
        if self._following is None and self._changes:
            self._following = self._tasks.start(self._follow(), self._followed)

    def want(self, rows: range) -> None:
        """Load these rows, and keep them current."""
        self._wanted = rows
        if self._loading is None and self._lacks():
            self._loading = self._tasks.start(self._load(), self._stopped_loading)

    def pause(self) -> None:
        """Stop all work, as when nobody looks."""
        self._tasks.stop()
        self._loading = self._following = None
        self._changes = NOTHING

    async def fetch(self, rows: Collection[int]) -> list[Cell]:
        """Return the items of rows, loaded or not; what goes meanwhile is left out."""
        places: dict[Month, list[int]] = {}
        for row in rows:
            month, place = self._rows.place(row)
            places.setdefault(month, []).append(place)
        wanted: list[Key] = []
        for month, inside in places.items():
            keys = self._rows.keys(month) or await self._timeline.keys(self.query, month)
            wanted += [keys[place] for place in inside if place < len(keys)]
        cells: list[Cell] = []
        for start in range(0, len(wanted), _AT_ONCE):
            cells += (await self._timeline.cells(wanted[start : start + _AT_ONCE])).values()
        return cells

    async def _follow(self) -> None:
        loop = asyncio.get_running_loop()
        while self._changes:
            begin = loop.time()
            touched, self._changes = self._changes, NOTHING
            try:
                await self._look(touched)
            except TrayError as exc:
                self._break(exc)
                return
            if touched.months is None and self._changes:
                await asyncio.sleep(_REST * (loop.time() - begin))

    def _followed(self) -> None:
        if self._following and self._following.done():
            self._following = None

    async def _look(self, touched: Touched) -> None:
        months: Collection[Month] | None = None
        if touched.months is not None and self.progress is Progress.READY:
            months = {*touched.months, *await self._timeline.months_of(touched.contents)}
        counts = await self._timeline.months(self.query, months)
        if self.progress is Progress.READY:
            await self._update(counts, months)
        else:
            self._begin(counts)

    def _begin(self, counts: Collection[MonthCount]) -> None:
        self.beginResetModel()
        self._rows.start(counts)
        self._cells.clear()
        self._stale.clear()
        self.endResetModel()
        self._set_progress(Progress.READY)
        self.loaded.emit()

    async def _update(
        self, counts: Collection[MonthCount], months: Collection[Month] | None
    ) -> None:
        self._rows.forget(self._wanted)
        known = [month for month in self._rows.known() if months is None or month in months]
        keys = {month: await self._timeline.keys(self.query, month) for month in known}
        self._rows.recount(dict(counts), months, self._come, self._go)
        for month in known:
            self._rows.set_keys(month, keys[month], self._come, self._go)
            self._stale.update(key for key in keys[month] if key in self._cells)
        self.loaded.emit()
        self.want(self._wanted)

    def _lacks(self) -> bool:
        rows = self._clamped()
        return any(True for _ in self._rows.unknown(rows)) or bool(self._missing(rows))

    def _clamped(self) -> range:
        return range(min(self._wanted.start, self.total), min(self._wanted.stop, self.total))

    def _missing(self, rows: range) -> list[Key]:
        keys = (self._rows.key(row) for row in rows)
        return [
            key
            for key in keys
            if key is not None and (key not in self._cells or key in self._stale)
        ]

    async def _load(self) -> None:
        """Load what is wanted, which may become something else at every step."""
        try:
            while True:
                if (month := next(self._rows.unknown(self._clamped()), None)) is not None:
                    keys = await self._timeline.keys(self.query, month)
                    self._rows.set_keys(month, keys, self._come, self._go)
                elif missing := self._missing(self._clamped()):
                    await self._load_cells(missing[:_AT_ONCE])
                else:
                    return
                self.loaded.emit()
        except TrayError as exc:
            self._break(exc)

    async def _load_cells(self, keys: list[Key]) -> None:
        found = await self._timeline.cells(keys)
        self._stale.difference_update(keys)
        for key in keys:
            if key in found:
                self._cells[key] = found[key]
                self._cells.move_to_end(key)
        if lost := [key for key in keys if key not in found]:
            self._forget(lost)
        while len(self._cells) > MOST_CELLS:
            key, _ = self._cells.popitem(last=False)
            self._stale.discard(key)
        if self._wanted and self.total:
            rows = self._clamped()
            first, last = self.index(rows.start), self.index(max(rows.stop - 1, rows.start))
            self.dataChanged.emit(first, last)

    def _forget(self, lost: list[Key]) -> None:
        """Drop items that went before they were read; the feed will tell of it, too."""
        places = {
            self._rows.place(row)[0] for row in self._clamped() if self._rows.key(row) in lost
        }
        for month in places:
            known = self._rows.keys(month)
            left = [key for key in known if key not in lost]
            self._rows.set_keys(month, left, self._come, self._go)

    def _stopped_loading(self) -> None:
        if self._loading and self._loading.done():
            self._loading = None

    def _break(self, exc: TrayError) -> None:
        self.trouble = exc
        self._set_progress(Progress.BROKEN)

    def _set_progress(self, progress: Progress) -> None:
        self.progress = progress
        self.progressed.emit()

    @contextmanager
    def _come(self, first: int, count: int) -> Iterator[None]:
        self.beginInsertRows(QModelIndex(), first, first + count - 1)
        yield
        self.endInsertRows()

    @contextmanager
    def _go(self, first: int, count: int) -> Iterator[None]:
        self.beginRemoveRows(QModelIndex(), first, first + count - 1)
        yield
        self.endRemoveRows()

    # Qt's own names from here on.

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """Count the items."""
        return 0 if parent is not None and parent.isValid() else self._rows.total

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return name, tooltip or spoken text of an item."""
        describe = self._roles.get(role)
        if describe is None or not index.isValid():
            return None
        cell = self.cell(index.row())
        return None if cell is None else describe(cell)
