"""The grid of the timeline: moving about in it and selecting, by keys and mouse."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView

from tray_app.core.timeline import Month
from tray_app.ui.language import tr
from tray_app.ui.timeline_canvas import CELL, GAP, Index, TimelineCanvas
from tray_app.ui.timeline_layout import GridLayout
from tray_app.ui.timeline_model import TimelineModel
from tray_app.ui.timeline_paint import Picture

_Move = QAbstractItemView.CursorAction
_SelectionFlag = QItemSelectionModel.SelectionFlag


class TimelineGrid(TimelineCanvas):
    """A selection runs from item to item, as text does, or covers what a frame touches."""

    def __init__(
        self, model: TimelineModel, picture: Picture, title: Callable[[Month], str]
    ) -> None:
        super().__init__(model, picture, title)
        self._anchor = QPersistentModelIndex()  # where a selection by Shift begins
        self._target = QModelIndex()
        self._extends = False  # by Shift
        self.setModel(model)
        self.setAccessibleName(tr("Timeline"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def selected_rows(self) -> list[range]:
        """Return the selection as ranges."""
        selection = self.selectionModel().selection()
        parts = (selection.at(place) for place in range(selection.count()))
        return [range(part.top(), part.bottom() + 1) for part in parts]

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

    @contextmanager
    def _extending(self, modifiers: Qt.KeyboardModifier) -> Iterator[None]:
        self._extends = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        yield
        self._extends = False

    # Qt's own names from here on.

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

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:  # noqa: N802
        """Return where a selection shows: anywhere, since half a million items may be in it."""
        del selection
        return QRegion(self.viewport().rect())

    def keyboardSearch(self, search: str) -> None:  # noqa: N802
        """Do nothing: Qt would go through every item; the filter finds names."""

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
