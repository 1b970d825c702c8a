"""The third page: which folders, and what is in them before anything is uploaded."""

import os
from collections.abc import Sequence

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
    QWidget,
)

from tray_app.core.asset import shown
from tray_app.core.inspection import together
from tray_app.core.onboarding import Field, State, Step, without_nested
from tray_app.engine.onboarding import Onboarding
from tray_app.ports.settings import Inspector
from tray_app.ui.dropped import taken_of
from tray_app.ui.folder_counts import Asked, FolderCounts
from tray_app.ui.language import tr
from tray_app.ui.onboarding_page import OnboardingPage, complaint, plain, say
from tray_app.ui.onboarding_view import account
from tray_app.ui.readable import FocusRing
from tray_app.ui.setting_row import ErrorLine
from tray_app.ui.settings_view import amount


class FoldersPage(OnboardingPage):
    """A list, counted in the background while it is seen. Folders can be dropped on it."""

    def __init__(self, work: Onboarding, inspector: Inspector) -> None:
        super().__init__()
        self._work = work
        self._paths = list(work.state.folders)
        self._seen = False
        self.setAcceptDrops(True)
        self.account = plain()
        self.counts = FolderCounts(inspector, self)
        self.counts.changed.connect(self._show_counts)
        self.list = QListWidget()
        FocusRing(self.list)
        self.list.setAccessibleName(tr("Folders to back up"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.total = QLabel()
        self.error = ErrorLine()
        self.add = QPushButton(tr("&Add folder…"))
        self.remove = QPushButton(tr("&Remove"))
        for button in (self.add, self.remove):
            button.setAutoDefault(False)
        self.add.clicked.connect(lambda _checked: self._ask())
        self.remove.clicked.connect(lambda _checked: self._remove())
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove)
        self._lay_out()
        self._fill()

    @property
    def paths(self) -> tuple[str, ...]:
        """The folders in the list."""
        return tuple(self._paths)

    def show_state(self, state: State) -> None:
        """Draw it; the list is this page's own until it is given."""
        say(self.account, account(state))
        words = complaint(state, Field.FOLDERS)
        if words and words != self.error.words:
            self.counts.again()  # what was counted may be gone
            self._count()
        self.error.say(words)
        self.list.setAccessibleDescription(words)
        if state.step is not Step.FOLDERS and state.folders != self.paths:
            self._paths = list(state.folders)
            self._fill()

    def submit(self) -> None:
        """Give the list."""
        self._work.choose(self.paths)

    def first(self) -> QWidget:
        """Return the list, or how to fill it."""
        return self.list if self._paths else self.add

    def entered(self) -> None:
        """Begin to count."""
        self._seen = True
        self.counts.again()
        self._count()

    def left(self) -> None:
        """Count no more."""
        self._seen = False
        self.counts.stop()

    def take(self, paths: Sequence[str]) -> None:
        """Add these; what lies within another one is told and left out."""
        none = [path for path in paths if not os.path.isdir(path)]  # noqa: PTH112  any bytes
        wrong = [tr("{path} is no folder.", path=shown(path)) for path in none]
        new = [path for path in paths if os.path.isdir(path)]  # noqa: PTH112  any bytes
        before = {*self._paths, *new}
        self._paths = list(without_nested([*self._paths, *new]))
        inside = [path for path in before if path not in self._paths]
        wrong += [
            tr("{path} lies within another folder of the list.", path=shown(path))
            for path in inside
        ]
        self._fill()
        self.list.setCurrentRow(len(self._paths) - 1)
        self.error.say("\n".join(wrong))

    def take_urls(self, urls: Sequence[QUrl]) -> None:
        """Do the same with what was dropped or chosen; what is no file of this computer is told."""
        dropped = taken_of(urls)
        self.take(dropped.paths)
        if dropped.refused:
            self.error.say("\n".join((*dropped.refused, self.error.words)).strip())

    def _fill(self) -> None:
        self.list.clear()
        for path in self._paths:
            item = QListWidgetItem()
            item.setToolTip(shown(path))
            item.setSizeHint(QSize(0, self.list.fontMetrics().lineSpacing() * 2 + 10))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.remove.setEnabled(bool(self._paths))
        self._count()

    def _count(self) -> None:
        if self._seen:
            self.counts.want(self._asked())
        self._show_counts()

    def _show_counts(self) -> None:
        found = [self.counts.of(asked) for asked in self._asked()]
        for row, (path, one) in enumerate(zip(self._paths, found, strict=True)):
            self.list.item(row).setText(f"{shown(path)}\n{amount(one)}")
        seen = [one for one in found if not one.error]
        total = tr("Together: {amount}", amount=amount(together(seen))) if len(seen) > 1 else ""
        say(self.total, total)

    def _asked(self) -> list[Asked]:
        return [Asked(path, (), ()) for path in self._paths]

    def _remove(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._paths):
            del self._paths[row]
            self.error.say("")
            self._fill()
            self.first().setFocus()

    def _ask(self) -> None:
        dialog = QFileDialog(self.window(), tr("Add a folder to back up"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.urlsSelected.connect(self.take_urls)
        dialog.open()

    def _lay_out(self) -> None:
        font = self.total.font()
        font.setBold(True)
        self.total.setFont(font)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add)
        buttons.addWidget(self.remove)
        buttons.addStretch()
        buttons.addWidget(self.total)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.account)
        column.addWidget(self.list, 1)
        column.addWidget(self.error)
        column.addLayout(buttons)

    # Qt's own names from here on.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take files and links; what is no folder is told when dropped."""
        if event.mimeData().hasUrls():
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Take what was dropped; the source keeps it."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.take_urls(event.mimeData().urls())
