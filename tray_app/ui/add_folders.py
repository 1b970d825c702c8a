"""The question before folders are backed up: what is in them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from tray_app.core.asset import shown
from tray_app.core.inspection import together
from tray_app.ui.folder_counts import Asked, FolderCounts
from tray_app.ui.language import tr
from tray_app.ui.setting_row import QuietLabel
from tray_app.ui.settings_view import amount


class AddFolders(QDialog):
    """Says what is in folders before they are backed up."""

    def __init__(
        self,
        paths: Sequence[str],
        counts: FolderCounts,
        everywhere: tuple[str, ...],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(
            tr("Back up this folder?") if len(paths) == 1 else tr("Back up these folders?")
        )
        self._counts = counts
        self._asked = [Asked(path, everywhere, ()) for path in paths]
        self.lines = [QLabel() for _ in paths]
        self.total = QLabel()
        grid = QGridLayout()
        for number, path in enumerate(paths):
            name = QLabel(shown(path))
            name.setWordWrap(True)
            for label in (name, self.lines[number]):
                label.setTextFormat(Qt.TextFormat.PlainText)
            grid.addWidget(name, number, 0)
            grid.addWidget(self.lines[number], number, 1)
        grid.setColumnStretch(0, 1)
        grid.setHorizontalSpacing(24)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.accept_button = self.buttons.addButton(
            tr("&Back up"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        font = self.total.font()
        font.setBold(True)
        self.total.setFont(font)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addLayout(grid)
        column.addWidget(self.total)
        column.addWidget(
            QuietLabel(
                tr("Files are only read, never changed. What to leave out can be said afterwards.")
            )
        )
        column.addWidget(self.buttons)
        self.setMinimumWidth(480)
        counts.want(self._asked)
        counts.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        found = [self._counts.of(asked) for asked in self._asked]
        for label, one in zip(self.lines, found, strict=True):
            label.setText(amount(one))
        self.total.setVisible(len(found) > 1)
        self.total.setText(tr("Together: {amount}", amount=amount(together(found))))
