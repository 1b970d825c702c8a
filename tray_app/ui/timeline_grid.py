"""The grid of the timeline: an item view that only knows what it shows.

It is a list for screen readers, to which Qt explains lists only; of the layout of Qt's list, which
goes through all items, nothing is used.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from tray_app.core.timeline import Month
from tray_app.ui.timeline_layout import GridLayout, Measures
from tray_app.ui.timeline_model import TimelineModel
from tray_app.ui.timeline_paint import Look, Picture, TimelinePaint
from tray_app.ui.timeline_words import items

CELL = 160
GAP = 4
_MARGIN = 2
_LINES_A_TURN = 3  # of the wheel
Index = QModelIndex | QPersistentModelIndex
_Hint = QAbstractItemView.ScrollHint
_Move = QAbstractItemView.CursorAction
_SelectionFlag = QItemSelectionModel.SelectionFlag


class TimelineGrid(QListView):
    """Months under each other, the heading of the topmost one stays in sight.

    `title` writes a month. `moved`: other rows came into sight.
    """

    moved = Signal()

    def __init__(
        self,
        model: TimelineModel,
        picture: Picture,
        title: Callable[[Month], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._title = title
        self._paint = TimelinePaint(self.viewport(), picture)
        self._dirty = True
        self._layout = GridLayout([], 1, self._measures())
        self._top: QPersistentModelIndex | None = None  # what stays in place when rows come above
        self._top_offset = 0
        self._anchor = QPersistentModelIndex()  # where a selection by Shift begins
        self._target = QModelIndex()
        self._extends = False  # by Shift
        self.setModel(model)
        self.setAccessibleName("Timeline")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.viewport().setBackgroundRole(self.viewport().backgroundRole())
        self.verticalScrollBar().setAccessibleName("Place in the timeline")
        model.loaded.connect(self.viewport().update)

    def seen(self, screens: float = 0.0) -> range:
        """Return the rows in sight, and so many screens of them before and after."""
        more = round(self.viewport().height() * screens)
        top = self.verticalOffset()
        return self._laid_out().rows_between(top - more, top + self.viewport().height() + more)

    def month_at(self, y: int) -> Month | None:
        """Return the month at a height of the whole timeline."""
        section = self._laid_out().section_at(y)
        return section.month if section else None

    def selected_rows(self) -> list[range]:
        """Return the selection as ranges."""
        selection = self.selectionModel().selection()
        parts = (selection.at(place) for place in range(selection.count()))
        return [range(part.top(), part.bottom() + 1) for part in parts]

    def _measures(self) -> Measures:
        return Measures(CELL, GAP, QFontMetrics(self.font()).height() + 18)

    def _laid_out(self) -> GridLayout:
        if self._dirty:
            self._dirty = False
            width = self.viewport().width() - 2 * _MARGIN
            self._layout = GridLayout(self._model.months(), width, self._measures())
            self._stay()
        return self._layout

    def _stay(self) -> None:
        """Set the range of the scroll bar, and keep in place what is at the top of the view."""
        bar, layout = self.verticalScrollBar(), self._layout
        value = bar.value()
        if self._top is not None and self._top.isValid() and value > 0:
            value = layout.box(self._top.row()).y + self._top_offset
        height = self.viewport().height()
        bar.setRange(0, max(0, layout.height - height))
        bar.setPageStep(height)
        bar.setSingleStep((CELL + GAP) // _LINES_A_TURN)
        bar.setValue(value)

    def _note_top(self) -> None:
        rows = self.seen()
        if not rows:
            self._top = None
            return
        self._top = QPersistentModelIndex(self._model.index(rows.start))
        self._top_offset = self.verticalOffset() - self._layout.box(rows.start).y

    def _changed(self) -> None:
        self._dirty = True
        self.viewport().update()

    # Qt's own names from here on.

    def visualRect(self, index: Index) -> QRect:  # noqa: N802
        """Return where an item is in the viewport."""
        if not index.isValid():
            return QRect()
        layout = self._laid_out()
        if index.row() >= layout.rows:
            return QRect()
        box = layout.box(index.row())
        return QRect(box.x + _MARGIN, box.y - self.verticalOffset(), box.width, box.height)

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: N802
        """Return the item at a place of the viewport."""
        layout = self._laid_out()
        row = layout.row_at(point.x() - _MARGIN, point.y() + self.verticalOffset())
        return QModelIndex() if row is None else self._model.index(row)

    def scrollTo(self, index: Index, hint: _Hint = _Hint.EnsureVisible) -> None:  # noqa: N802
        """Bring an item into sight, below the heading that stays."""
        if not index.isValid():
            return
        layout, bar = self._laid_out(), self.verticalScrollBar()
        box = layout.box(index.row())
        section = layout.section_of(index.row())
        room = layout.measures.heading
        first_line = index.row() - section.first < layout.columns
        highest = section.top if first_line else box.y - room - GAP
        lowest = box.y + box.height + GAP - self.viewport().height()
        if hint == _Hint.PositionAtTop:
            bar.setValue(highest)
        elif hint == _Hint.PositionAtCenter:
            bar.setValue(box.y + box.height // 2 - self.viewport().height() // 2)
        else:
            bar.setValue(min(max(bar.value(), lowest), highest))

    def moveCursor(  # noqa: N802
        self, action: _Move, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Return where a key leads from the current item."""
        del modifiers
        layout = self._laid_out()
        if not layout.rows:
            return QModelIndex()
        current = self.currentIndex()
        row = self._moved(action, current.row(), layout) if current.isValid() else self.seen().start
        self._target = self._model.index(min(max(row, 0), layout.rows - 1))
        return self._target

    def _moved(self, action: _Move, row: int, layout: GridLayout) -> int:
        forward = 1 if self.isLeftToRight() else -1
        page = max(1, self.viewport().height() // (CELL + GAP) - 1)
        ends = {_Move.MoveHome: 0, _Move.MoveEnd: layout.rows - 1}
        steps = {_Move.MoveLeft: -forward, _Move.MoveRight: forward}
        steps |= {_Move.MovePrevious: -1, _Move.MoveNext: 1}
        lines = {_Move.MoveUp: -1, _Move.MoveDown: 1}
        lines |= {_Move.MovePageUp: -page, _Move.MovePageDown: page}
        if action in ends:
            return ends[action]
        return layout.beside(row, lines[action]) if action in lines else row + steps[action]

    def setSelection(  # noqa: N802
        self, rect: QRect, command: QItemSelectionModel.SelectionFlag
    ) -> None:
        """Select what a frame covers, or with Shift all from where the selection began."""
        if self.state() == QAbstractItemView.State.DragSelectingState:
            self.selectionModel().select(self._covered(rect), command)
            return
        target = self._target if self._target.isValid() else self.indexAt(rect.center())
        if not target.isValid():
            if command & _SelectionFlag.Clear:
                self.clearSelection()
            return
        start = target
        if command & _SelectionFlag.Current and self._anchor.isValid():
            start = self._model.index(self._anchor.row())
        else:
            self._anchor = QPersistentModelIndex(target)
        first, last = sorted((start.row(), target.row()))
        selection = QItemSelection(self._model.index(first), self._model.index(last))
        if command & _SelectionFlag.Current:
            command = (command & ~_SelectionFlag.Current) | _SelectionFlag.Clear
        self.selectionModel().select(selection, command)

    def _covered(self, rect: QRect) -> QItemSelection:
        """Return the cells that a frame touches, line by line."""
        selection = QItemSelection()
        frame = rect.normalized()
        layout, offset = self._laid_out(), self.verticalOffset()
        rows = layout.rows_between(frame.top() + offset, frame.bottom() + offset + 1)
        for row in rows:
            index = self._model.index(row)
            if self.visualRect(index).intersects(frame):
                selection.select(index, index)
        return selection

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:  # noqa: N802
        """Return where a selection shows: anywhere, since half a million items may be in it."""
        del selection
        return QRegion(self.viewport().rect())

    def horizontalOffset(self) -> int:  # noqa: N802
        """Return 0: nothing scrolls sideways."""
        return 0

    def verticalOffset(self) -> int:  # noqa: N802
        """Return the height of the whole timeline that is above the viewport."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:  # noqa: N802
        """Return False: items are taken out by the query."""
        del index
        return False

    def keyboardSearch(self, search: str) -> None:  # noqa: N802
        """Do nothing: Qt would go through every item; the filter finds names."""

    def sizeHint(self) -> QSize:  # noqa: N802
        """Propose four columns."""
        return QSize(4 * (CELL + GAP) + 20, 3 * (CELL + GAP))

    def updateGeometries(self) -> None:  # noqa: N802
        """Follow the size of the viewport."""
        self._changed()
        self._laid_out()

    def doItemsLayout(self) -> None:  # noqa: N802
        """Lay out anew, our way."""
        self.updateGeometries()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Lay out anew."""
        del event
        self.updateGeometries()
        self.moved.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802
        """Move what is in sight; the heading that stays is painted anew, so all of it is."""
        del dx, dy
        self.viewport().update()
        if not self._dirty:
            self._note_top()
        self.moved.emit()

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:  # noqa: N802
        """Lay out anew."""
        super().rowsInserted(parent, start, end)
        self._changed()

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:  # noqa: N802
        """Lay out anew, afterwards."""
        super().rowsAboutToBeRemoved(parent, start, end)
        self._changed()

    def reset(self) -> None:
        """Begin anew, at the top."""
        super().reset()
        self._top = None
        self._changed()
        self._laid_out()
        self.verticalScrollBar().setValue(0)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Begin the next selection by Shift here."""
        super().currentChanged(current, previous)
        if not self._extends:
            self._anchor = QPersistentModelIndex(current)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Forget which item the mouse meant."""
        self._target = QModelIndex()
        with self._extending(event.modifiers()):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Note which item is meant, for a selection from one to another."""
        self._target = self.indexAt(event.position().toPoint())
        with self._extending(event.modifiers()):
            super().mousePressEvent(event)

    @contextmanager
    def _extending(self, modifiers: Qt.KeyboardModifier) -> Iterator[None]:
        self._extends = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        yield
        self._extends = False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint what is in sight."""
        layout, offset = self._laid_out(), self.verticalOffset()
        area = event.rect()
        chosen, current = self.selectionModel(), self.currentIndex().row()
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for row in layout.rows_between(area.top() + offset, area.bottom() + 1 + offset):
                index = self._model.index(row)
                look = Look(chosen.isSelected(index), row == current)
                box = self.visualRect(index)
                self._paint.cell(painter, box, self._model.cell(row), look)
            self._paint_headings(painter, layout, offset)

    def _paint_headings(self, painter: QPainter, layout: GridLayout, offset: int) -> None:
        height, width = layout.measures.heading, self.viewport().width()
        for section in layout.headings_between(offset, offset + self.viewport().height()):
            y = min(max(section.top - offset, 0), section.bottom - offset - height)
            box = QRect(_MARGIN, y, width - 2 * _MARGIN, height)
            self._paint.heading(painter, box, self._title(section.month), items(section.items))
