"""Tables as all pages have them: whole rows, no grid, keys that lead out again."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLineEdit,
    QTableView,
)

from tray_app.ui.rows_model import RowsModel

_PAD = 8  # pixels above and below a row's text, together
_CHARACTERS_WIDE = 14  # of a column that shares no room


class Table(QTableView):
    """Shows a `RowsModel`. The first `wide` columns share the room; `name` is for those who hear.

    Tab leaves it, the arrows move in it.
    """

    def __init__(self, model: RowsModel, name: str, wide: Sequence[int], narrow: int = 0) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._size_rows()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setMinimumSectionSize(40)
        width = self.fontMetrics().averageCharWidth() * (narrow or _CHARACTERS_WIDE)
        for column in range(model.columnCount()):
            stretches = column in wide
            head.setSectionResizeMode(
                column,
                QHeaderView.ResizeMode.Stretch if stretches else QHeaderView.ResizeMode.Interactive,
            )
            if not stretches:
                head.resizeSection(column, width)

    def chosen_rows(self) -> list[int]:
        """Return the numbers of the selected rows, in order."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def at_top(self) -> bool:
        """Tell whether new rows at the top would disturb nobody."""
        return self.verticalScrollBar().value() == 0

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Follow the font of the system."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._size_rows()

    def _size_rows(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(self.fontMetrics().height() + _PAD)


class FilterField(QLineEdit):
    """A field to search in; Esc empties it first and hides the window only then."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window while there is something to empty."""
        if event.type() is QEvent.Type.ShortcutOverride and _is_esc(event) and self.text():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Empty the field on Esc."""
        if _is_esc(event) and self.text():
            self.clear()
            event.accept()
            return
        super().keyPressEvent(event)


def _is_esc(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.keyCombination() == QKeyCombination(
        Qt.Key.Key_Escape
    )
