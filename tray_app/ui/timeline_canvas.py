"""The ground of the timeline: lays out, scrolls and paints what is in sight, and nothing else.

It is a list for screen readers, to which Qt explains lists only; of the layout of Qt's list, which
goes through all items, nothing is used.
"""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from tray_app.core.timeline import Month
from tray_app.ui.language import tr
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


class TimelineCanvas(QListView):
    """Months under each other, the heading of the topmost one stays in sight.

    `title` writes a month. `moved`: other rows came into sight. A class made of this calls
    `setModel` once it is whole: Qt calls back at once, and an error there breaks more than itself.
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
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setAccessibleName(tr("Place in the timeline"))
        model.loaded.connect(self.viewport().update)
        model.modelReset.connect(self._begin_anew)

    def seen(self, screens: float = 0.0) -> range:
        """Return the rows in sight, and so many screens of them before and after."""
        more = round(self.viewport().height() * screens)
        top = self.verticalOffset()
        return self._laid_out().rows_between(top - more, top + self.viewport().height() + more)

    def month_at(self, y: int) -> Month | None:
        """Return the month at a height of the whole timeline."""
        section = self._laid_out().section_at(y)
        return section.month if section else None

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

    def _paint_headings(self, painter: QPainter, layout: GridLayout, offset: int) -> None:
        height, width = layout.measures.heading, self.viewport().width()
        for section in layout.headings_between(offset, offset + self.viewport().height()):
            y = min(max(section.top - offset, 0), section.bottom - offset - height)
            box = QRect(_MARGIN, y, width - 2 * _MARGIN, height)
            self._paint.heading(painter, box, self._title(section.month), items(section.items))

    def _begin_anew(self) -> None:
        """Go to the top."""
        self._top = None
        self._changed()
        self._laid_out()
        self.verticalScrollBar().setValue(0)

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
