"""The settings dialog: pages, a search over all of them, and the state of the file below."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tray_app.core.setting_specs import Group, Spec
from tray_app.engine.preferences import Preferences
from tray_app.ports.settings import AccountDesk, Inspector
from tray_app.ui import settings_pages
from tray_app.ui.language import localised, tr
from tray_app.ui.memory import Memory
from tray_app.ui.readable import HintedLine
from tray_app.ui.setting_row import ErrorLine, SettingRow
from tray_app.ui.settings_page import SettingsPage
from tray_app.ui.settings_view import found_words

SIZE = (780, 600)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the dialog works with. `change_account` None: there is no sign-in to open.

    `more`: sections for the page "General", each with the words by which a search finds it.
    `memory` knows where the dialog was.
    """

    preferences: Preferences
    desk: AccountDesk
    inspector: Inspector
    file: str
    open_file: Callable[[], None]
    change_account: Callable[[], None] | None = None
    more: tuple[tuple[Callable[[], QWidget], str], ...] = ()
    memory: Memory = field(default_factory=Memory)


class SettingsWindow(QDialog):
    """Not modal. Every change is in force at once; Esc and Ctrl+W close it, Ctrl+F searches."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self.setObjectName("settings")
        self.setWindowTitle(tr("Settings of Immich Tray"))
        self._around = around
        self._preferences = around.preferences
        self.search = HintedLine()
        self.found = QLabel()
        self.list = QListWidget()
        self.stack = QStackedWidget()
        self.trouble = ErrorLine()
        self.open_file = QPushButton(tr("Open the &file"))
        self.pages: dict[Group, SettingsPage] = {}
        self._build()
        self._lay_out()
        self._connect()
        self.resize(*SIZE)
        around.memory.put_back("settings", self)
        self.refresh()

    def show_page(self, group: Group) -> None:
        """Turn to a page."""
        self.search.clear()
        self.list.setCurrentRow(list(self.pages).index(group))

    def bring_up(self) -> None:
        """Show it in front of the others."""
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()

    def look_again(self) -> None:
        """Ask about the account anew, which settings and sign-in decide, where that is seen."""
        if self.isVisible() and self.stack.currentWidget() is self.pages[Group.ACCOUNT]:
            self.account.look()

    def refresh(self) -> None:
        """Show the present state of every setting."""
        for row in self.rows:
            row.refresh()
        self._folders.refresh()
        preferences = self._preferences
        words = localised(preferences.trouble) or "\n".join(map(localised, preferences.warnings))
        self.trouble.say(words)
        self.open_file.setVisible(bool(words))

    @property
    def rows(self) -> list[SettingRow]:
        """All rows, page by page."""
        return [row for page in self.pages.values() for row in page.rows]

    def row(self, spec: Spec) -> SettingRow:
        """Return the row of a setting; raises StopIteration where it has none."""
        return next(row for row in self.rows if row.spec is spec)

    def close_down(self) -> None:
        """Let go of everything: it will not be shown again."""
        self._folders.stop()
        self._unsubscribe()
        self.hide()
        self.deleteLater()

    def _build(self) -> None:
        around = self._around
        built = settings_pages.Pages(around.preferences, around.desk, around.inspector)
        self.account = built.account(around.change_account)
        self._folders = built.folders
        self.autostart = built.autostart
        self.pages = built.pages(self.account, around.file, around.open_file, around.more)
        for group, page in self.pages.items():
            item = QListWidgetItem(localised(group.value))
            item.setSizeHint(QSize(0, self.list.fontMetrics().lineSpacing() + 12))
            self.list.addItem(item)
            self.stack.addWidget(page)

    def _connect(self) -> None:
        self._unsubscribe = self._preferences.subscribe(self.refresh)
        self.list.currentRowChanged.connect(self._turn)
        self.search.textChanged.connect(self._find)
        self.search.returnPressed.connect(self._go_to_first)
        self.open_file.clicked.connect(lambda _checked: self._around.open_file())
        for keys, act in (
            ("Ctrl+F", self._search),
            ("Ctrl+W", self.close),
            ("F5", self.account.look),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self.list.setCurrentRow(0)

    def _turn(self, row: int) -> None:
        self.stack.setCurrentIndex(row)
        self._wake()

    def _wake(self) -> None:
        page = self.stack.currentWidget()
        if self.isVisible() and isinstance(page, SettingsPage):
            if page.group is Group.FOLDERS:
                self._folders.count()
            if page.group is Group.ACCOUNT:
                self.account.look()
            if page.group is Group.GENERAL:
                self.autostart.look()

    def _find(self, typed: str) -> None:
        counts = [page.look_for(typed) for page in self.pages.values()]
        for number, count in enumerate(counts):
            self.list.item(number).setHidden(not count)
        self.found.setText(found_words(sum(counts)) if typed.strip() else "")
        self.found.setVisible(bool(typed.strip()))
        self.stack.setVisible(any(counts))
        if not counts[self.list.currentRow()] and any(counts):
            self.list.setCurrentRow(next(n for n, count in enumerate(counts) if count))

    def _search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _go_to_first(self) -> None:
        page = self.stack.currentWidget()
        if isinstance(page, SettingsPage) and (first := page.first_match):
            page.ensureWidgetVisible(first)
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _lay_out(self) -> None:
        self.search.setPlaceholderText(tr("Search"))
        self.search.setAccessibleName(tr("Search settings"))
        self.search.setToolTip(tr("Search all settings (Ctrl+F)"))
        self.search.setClearButtonEnabled(True)
        self.found.setTextFormat(Qt.TextFormat.PlainText)
        self.list.setAccessibleName(tr("Pages"))
        widest = max(
            self.list.fontMetrics().horizontalAdvance(localised(page.value)) for page in self.pages
        )
        self.list.setFixedWidth(widest + 44)
        left = QVBoxLayout()
        for part in (self.search, self.list, self.found):
            left.addWidget(part)
        self.search.setFixedWidth(widest + 44)
        self.found.setFixedWidth(widest + 44)
        self.found.setWordWrap(True)
        self.found.hide()
        room = self.stack.sizePolicy()
        room.setRetainSizeWhenHidden(True)  # a search without result leaves an empty place
        self.stack.setSizePolicy(room)
        top = QHBoxLayout()
        top.addLayout(left)
        top.addWidget(self.stack, 1)
        bottom = QHBoxLayout()
        bottom.addWidget(self.trouble, 1)
        bottom.addWidget(self.open_file, 0, Qt.AlignmentFlag.AlignBottom)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        bottom.addWidget(buttons, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.addLayout(top, 1)
        column.addLayout(bottom)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter puts a text into force, nothing else

    # Qt's own names from here on.

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Begin with what is on the page."""
        super().showEvent(event)
        self._wake()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Look again at what may have been changed outside, when somebody comes back."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self.autostart.look()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Count no more, and remember the place."""
        self._folders.stop()
        super().hideEvent(event)
        self._around.memory.note_place("settings", self)
