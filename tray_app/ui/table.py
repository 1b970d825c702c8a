"""Tables as all pages have them: whole rows, no grid, keys that lead out again."""

from PySide6.QtCore import QEvent, QKeyCombination, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from tray_app.ui.readable import HintedLine
from tray_app.ui.rows_model import RowsModel

_PAD = 8  # pixels above and below a row's text, together


class Table(QTableView):
    """Shows a `RowsModel`; `name` is for those who hear. Tab leaves it, the arrows move in it."""

    def __init__(self, model: RowsModel, name: str) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setItemDelegate(_Delegate(model, self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._size_rows()
        self._size_columns(model)

    def _size_columns(self, model: RowsModel) -> None:
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setMinimumSectionSize(40)
        for number, column in enumerate(model.columns):
            if column.width:
                head.setSectionResizeMode(number, QHeaderView.ResizeMode.Interactive)
                pixels = self.fontMetrics().horizontalAdvance("0") * column.width
                head.resizeSection(number, pixels + 2 * _PAD)
            else:
                head.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)

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


class _Delegate(QStyledItemDelegate):
    """Shortens each column as it wants to be."""

    def __init__(self, model: RowsModel, parent: Table) -> None:
        super().__init__(parent)
        self._sentences = {n for n, column in enumerate(model.columns) if column.sentence}

    def initStyleOption(  # noqa: N802  Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        if index.column() in self._sentences:
            option.textElideMode = Qt.TextElideMode.ElideRight


class FilterField(HintedLine):
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
