"""The page that says how the backup is doing: a humble picture of a `WindowView`."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QSize, Qt, QUrl
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
)

from tray_app.engine.commands import Commands
from tray_app.ui.drop_area import DropArea
from tray_app.ui.dropped import taken_of
from tray_app.ui.folder_list import FolderList
from tray_app.ui.icons import Panel, tray_icon
from tray_app.ui.language import mark, tr, trn
from tray_app.ui.page import FAILED_PAGE, Page
from tray_app.ui.pause_menu import pause_menu
from tray_app.ui.plain_label import PlainLabel
from tray_app.ui.plain_text import PlainText
from tray_app.ui.readable import FocusRing
from tray_app.ui.view import Icon
from tray_app.ui.window_view import WindowView

ICON = 48
MOST_REFUSED = 8  # named
_HEADLINE = 1.35  # times the font of the system
STATES = {
    Icon.IDLE: mark("idle"),
    Icon.SYNCING: mark("syncing"),
    Icon.WORKING: mark("working"),
    Icon.PAUSED: mark("paused"),
    Icon.WAITING: mark("waiting"),
    Icon.NEEDS_USER: mark("needs user"),
    Icon.FAILED: mark("failed"),
}


class StatusPage(Page):
    """Made once, changed in place; a part that has nothing to say takes no room.

    `folders`: the list of the chosen folders, which has its place among the rest. `set_up` opens
    the onboarding, offered while nobody is signed in or no folder is chosen; None: there is none.
    """

    def __init__(
        self,
        commands: Commands,
        now: Callable[[], datetime],
        folders: FolderList | None = None,
        set_up: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self.folders = folders
        self._set_up = set_up
        self._lacks_folders = False
        self._commands = commands
        self._view: WindowView | None = None
        self._taken = ""
        self._refused: tuple[str, ...] = ()
        self.icon = QLabel()
        self.headline, self.reason = PlainLabel(), PlainText(tr("Reason"))
        self.current, self.pace = PlainLabel(quiet=True), PlainLabel(quiet=True)
        self.progress = QProgressBar()
        self.progress.setAccessibleName(tr("Progress of the backup"))
        self.protected, self.failed = PlainLabel(), PlainLabel()
        self.failed.setWordWrap(False)
        self.history, self.automatic = PlainLabel(), PlainLabel()
        self.account = PlainLabel(quiet=True)
        self.library = PlainLabel(quiet=True)
        self.drop_area = DropArea(self.take)
        self.note = PlainText(tr("What came of it"))
        self._lay_out(self._buttons(now))
        self._enlarge_headline()
        if folders:
            folders.counted.connect(self._counted)

    def show_view(self, view: WindowView) -> None:
        """Draw `view`."""
        self._view = view
        self._draw_icon()
        self._draw_progress(view)
        self.headline.say(view.headline)
        self.reason.say(view.reason)
        self.current.say(view.current)
        self.pace.say(view.pace)
        self.protected.say(view.protected)
        self.failed.say(view.failed)
        self.view_failed.setVisible(bool(view.failed))
        self.history.say("\n".join(view.history))
        self.library.say(view.library)
        self.automatic.say(view.automatic)
        self.account.say(view.account)
        if view.told:
            self._taken = ""
        self._draw_note(view.told)
        self._offer(view)
        if self.folders:
            self.folders.show_view(view)

    def refresh(self) -> None:
        """Count the folders anew."""
        if self.folders:
            self.folders.refresh()

    def take(self, urls: Sequence[QUrl]) -> None:
        """Back up what was dropped or chosen, and say what is not taken."""
        paths, refused = taken_of(urls)
        self._taken = _taken(len(paths))
        self._refused = (
            refused
            if len(refused) <= MOST_REFUSED
            else (
                *refused[: MOST_REFUSED - 1],
                tr("... and {more:,} more are not taken.", more=len(refused) - MOST_REFUSED + 1),
            )
        )
        self._draw_note(())
        if paths:
            self._commands.back_up_paths(paths)

    def _draw_note(self, told: Sequence[str]) -> None:
        """Say what was taken, then what came of it; what was refused stays until the next drop."""
        taken = [self._taken] if self._taken else []
        self.note.say("\n".join([*taken, *self._refused, *told]))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Follow the colours of the system, from light to dark and back."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._draw_icon()

    def _draw_icon(self) -> None:
        if self._view is None:
            return
        dark = self.palette().color(QPalette.ColorRole.Window).lightnessF() < 0.5
        panel = Panel.DARK if dark else Panel.LIGHT
        icon = tray_icon(self._view.icon, self._view.percent, panel)
        self.icon.setPixmap(icon.pixmap(QSize(ICON, ICON), self.devicePixelRatioF()))
        self.icon.setAccessibleName(tr("State: {words}", words=tr(STATES[self._view.icon])))

    def _draw_progress(self, view: WindowView) -> None:
        self.progress.setVisible(view.busy)
        self.progress.setRange(0, 0 if view.percent is None else 100)
        if view.percent is not None:
            self.progress.setValue(view.percent)

    def _counted(self, folders: int) -> None:
        self._lacks_folders = not folders
        if self._view:
            self._offer(self._view)

    def _offer(self, view: WindowView) -> None:
        wanted = view.can_set_up or self._lacks_folders
        self.set_up.setVisible(self._set_up is not None and wanted)
        self.set_up.setDefault(self.set_up.isVisibleTo(self))
        self.back_up_now.setDefault(not self.set_up.isVisibleTo(self))
        self.back_up_now.setEnabled(view.can_back_up)
        self.pause.setVisible(not view.paused)
        self.pause.setEnabled(view.can_pause)
        self.resume.setVisible(view.paused)
        self.cancel.setEnabled(view.can_cancel)
        self.upload_anyway.setVisible(view.can_upload_anyway)

    def _buttons(self, now: Callable[[], datetime]) -> QHBoxLayout:
        self.back_up_now = QPushButton(tr("&Back up now"))
        self.set_up = QPushButton(tr("Set &up\u2026"))
        FocusRing(self.back_up_now)
        FocusRing(self.set_up)
        self.pause = QPushButton(tr("&Pause"))
        self.pause.setMenu(pause_menu(self._commands, now, self))
        self.resume = QPushButton(tr("&Resume"))
        self.cancel = QPushButton(tr("&Cancel"))
        self.upload_anyway = QPushButton(tr("Upload an&yway on this network"))
        self.view_failed = QPushButton(tr("&View failed files"))
        self.back_up_now.clicked.connect(lambda _checked: self._commands.back_up_now())
        self.set_up.clicked.connect(lambda _checked: self._set_up and self._set_up())
        self.resume.clicked.connect(lambda _checked: self._commands.resume())
        self.cancel.clicked.connect(lambda _checked: self._commands.cancel())
        self.upload_anyway.clicked.connect(lambda _checked: self._commands.upload_anyway())
        self.view_failed.clicked.connect(lambda _checked: self.page_wanted.emit(FAILED_PAGE))
        row = QHBoxLayout()
        first = (self.set_up, self.back_up_now)
        for button in (*first, self.pause, self.resume, self.cancel, self.upload_anyway):
            row.addWidget(button)
        row.addStretch()
        return row

    def _lay_out(self, buttons: QHBoxLayout) -> None:
        top = QHBoxLayout()
        top.setSpacing(14)
        top.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        lines = QVBoxLayout()
        lines.setAlignment(Qt.AlignmentFlag.AlignTop)
        lines.addWidget(self.headline)
        lines.addWidget(self.reason)
        top.addLayout(lines, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.progress)
        column.addWidget(self.current)
        column.addWidget(self.pace)
        column.addSpacing(6)
        failed = QHBoxLayout()
        failed.addWidget(self.failed)
        failed.addWidget(self.view_failed)
        failed.addStretch()
        column.addWidget(self.protected)
        column.addLayout(failed)
        for line in (self.history, self.automatic, self.account, self.library):
            column.addWidget(line)
        if self.folders:
            column.addSpacing(4)
            column.addWidget(self.folders)
        column.addStretch()
        column.addWidget(self.note)
        column.addWidget(self.drop_area)
        column.addSpacing(4)
        column.addLayout(buttons)

    def _enlarge_headline(self) -> None:
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * _HEADLINE)
        font.setBold(True)
        self.headline.setFont(font)


def _taken(count: int) -> str:
    if not count:
        return ""
    return trn(
        "1 file or folders taken: their backup comes next.",
        "{n:,} files or folders taken: their backup comes next.",
        count,
    )
