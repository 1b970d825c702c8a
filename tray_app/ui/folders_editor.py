"""The folders to back up: add, drop, switch off, remove, and what each leaves out."""

import os
from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
)

from tray_app.core.asset import shown
from tray_app.core.inspection import By
from tray_app.core.setting_specs import Spec, check_patterns
from tray_app.ui.add_folders import AddFolders
from tray_app.ui.dropped import taken_of
from tray_app.ui.folder_counts import Asked, FolderCounts
from tray_app.ui.language import localised, tr
from tray_app.ui.pattern_box import PatternBox
from tray_app.ui.readable import FocusRing
from tray_app.ui.setting_editors import Editor
from tray_app.ui.setting_row import ErrorLine, QuietLabel
from tray_app.ui.settings_view import amount, left_out
from tray_app.ui.words import no_markup

_ROWS = 5


class FoldersEditor(Editor):
    """A list with a switch before each folder; below it the rules of the chosen one."""

    def __init__(
        self, spec: Spec, counts: FolderCounts, everywhere: Callable[[], tuple[str, ...]]
    ) -> None:
        super().__init__(spec)
        self.setAcceptDrops(True)
        self._counts = counts
        self._everywhere = everywhere
        self._value: list[dict[str, Any]] = []
        self.list = QListWidget()
        FocusRing(self.list)
        self.list.setWordWrap(True)
        self.list.setFixedHeight(self.list.fontMetrics().lineSpacing() * 2 * _ROWS + 14)
        self.add = QPushButton(tr("&Add folder…"))
        self.remove = QPushButton(tr("Re&move"))
        self.hint = QuietLabel(
            tr("Or drop folders here. Nothing in them is ever changed or moved.")
        )
        self.refused = ErrorLine()
        self.rules_of = QLabel()
        self.rules = PatternBox(tr("Leave out in this folder"))
        self.rules_of.setBuddy(self.rules)
        self.preview = QuietLabel()
        self._lay_out()
        self._connect()

    def show_value(self, value: Any) -> None:
        """Show it."""
        self._value = [dict(one) for one in value]
        row = max(self.list.currentRow(), 0)
        blocked = self.list.blockSignals(True)
        while self.list.count() > len(self._value):
            self.list.takeItem(self.list.count() - 1)
        for number, folder in enumerate(self._value):
            self._show_folder(number, folder)
        self.list.setCurrentRow(min(row, len(self._value) - 1))
        self.list.blockSignals(blocked)
        self._show_rules()

    def asked(self) -> list[Asked]:
        """Return each folder with the rules in force."""
        rules = self._everywhere()
        return [Asked(one["path"], rules, _valid(one["exclude"])) for one in self._value]

    def count(self) -> None:
        """Begin to count what is not counted yet."""
        self._counts.want(self.asked())
        self.show_counts()

    def show_counts(self) -> None:
        """Show what was found so far."""
        blocked = self.list.blockSignals(True)
        for number, asked in enumerate(self.asked()):
            item = self.list.item(number)
            text = amount(self._counts.of(asked))
            if not self._value[number]["enabled"]:
                text = tr("Switched off. {amount}", amount=text)
            item.setText(f"{shown(asked.path)}\n{text}")
        self.list.blockSignals(blocked)
        self._show_preview()

    def take(self, paths: Sequence[str]) -> None:
        """Offer to back these up, with what is in them."""
        known = {one["path"] for one in self._value}
        new = [path for path in dict.fromkeys(paths) if path not in known]
        none = [path for path in new if not os.path.isdir(path)]  # noqa: PTH112  any bytes
        wrong = [tr("{path} is no folder.", path=shown(path)) for path in none]
        wrong += [
            tr("{path} is in the list already.", path=shown(path))
            for path in paths
            if path in known
        ]
        self.refused.say("\n".join(wrong))
        if good := [path for path in new if os.path.isdir(path)]:  # noqa: PTH112  any bytes
            dialog = AddFolders(good, self._counts, self._everywhere(), self.window())
            dialog.accepted.connect(lambda: self._append(good))
            dialog.finished.connect(lambda _result: self.count())
            dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's name
        """Take files and links; what is no folder is told when dropped."""
        if event.mimeData().hasUrls():
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt's name
        """Take what was dropped; the source keeps it."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.take_urls(event.mimeData().urls())

    def take_urls(self, urls: Sequence[QUrl]) -> None:
        """Do the same with URLs."""
        dropped = taken_of(urls)
        self.take(dropped.paths)
        if dropped.refused:
            self.refused.say("\n".join((*dropped.refused, self.refused.words)).strip())

    def _append(self, paths: Sequence[str]) -> None:
        self.changed.emit([*self._value, *({"path": path} for path in paths)])
        self.list.setCurrentRow(self.list.count() - 1)

    def _show_folder(self, number: int, folder: dict[str, Any]) -> None:
        folder.setdefault("enabled", True)
        folder.setdefault("exclude", [])
        if number == self.list.count():
            made = QListWidgetItem()
            made.setSizeHint(QSize(0, self.list.fontMetrics().lineSpacing() * 2 + 8))
            self.list.addItem(made)
        item = self.list.item(number)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        on = Qt.CheckState.Checked if folder["enabled"] else Qt.CheckState.Unchecked
        item.setCheckState(on)
        item.setToolTip(no_markup(shown(folder["path"])))

    def _show_rules(self) -> None:
        row = self.list.currentRow()
        chosen = self._value[row] if 0 <= row < len(self._value) else None
        for part in (self.rules, self.rules_of, self.preview):
            part.setVisible(chosen is not None)
        self.remove.setEnabled(chosen is not None)
        if chosen:
            name = PurePath(chosen["path"]).name or chosen["path"]
            self.rules_of.setText(tr("&Leave out in {name}", name=shown(name).replace("&", "&&")))
            self.rules.show_lines(chosen["exclude"])
        self.show_counts()

    def _show_preview(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._value):
            found = self._counts.of(self.asked()[row])
            has_rules = bool(self._value[row]["exclude"])
            hint = tr("Lines in gitignore syntax, from this folder on.")
            self.preview.setText(left_out(found, By.FOLDER) if has_rules else hint)

    def _connect(self) -> None:
        self.add.clicked.connect(lambda _checked: self._ask())
        self.remove.clicked.connect(lambda _checked: self._remove())
        self.list.itemChanged.connect(self._switched)
        self.list.currentRowChanged.connect(self._chosen)
        self.rules.written.connect(self._ruled)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove)

    def _chosen(self, _row: int) -> None:
        self._show_rules()

    def _switched(self, item: QListWidgetItem) -> None:
        self._alter(self.list.row(item), enabled=item.checkState() is Qt.CheckState.Checked)

    def _ruled(self, lines: list[str]) -> None:
        self._alter(self.list.currentRow(), exclude=lines)

    def _alter(self, row: int, **values: object) -> None:
        if 0 <= row < len(self._value):
            changed = [dict(one) for one in self._value]
            changed[row].update(values)
            self.changed.emit(changed)

    def _remove(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._value):
            self.changed.emit([one for at, one in enumerate(self._value) if at != row])

    def _ask(self) -> None:
        dialog = QFileDialog(self.window(), tr("Add a folder to back up"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.urlsSelected.connect(self.take_urls)
        dialog.open()

    def _lay_out(self) -> None:
        self._add(self.list, localised(self.spec.title), 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add)
        buttons.addWidget(self.remove)
        buttons.addWidget(self.hint, 1)
        column = QVBoxLayout()
        self._row.removeWidget(self.list)
        column.addWidget(self.list)
        column.addWidget(self.refused)
        column.addLayout(buttons)
        column.addSpacing(6)
        for part in (self.rules_of, self.rules, self.preview):
            column.addWidget(part)
        self._row.addLayout(column)


def _valid(patterns: Sequence[str]) -> tuple[str, ...]:
    """Take rules that are not refused; one that is must not be tried on files."""
    try:
        return check_patterns(patterns)
    except ValueError:
        return ()
