"""The newest backed-up files in the tray's menu; a click shows one where it lies."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from tray_app.core.history import FileRow
from tray_app.ui.desk import RECENT, Desk
from tray_app.ui.history_view import folder_of, name_of
from tray_app.ui.language import tr
from tray_app.ui.pause_menu import menu_text
from tray_app.ui.view import NAME_LIMIT, TrayView
from tray_app.ui.words import elided

EACH_MS = 2_000


class RecentMenu(QMenu):
    """Hidden while there is nothing to show; its entries change in place.

    `wanted` gives the path of a file, with undecodable bytes surrogate-escaped.
    """

    wanted = Signal(object)

    def __init__(self, parent: QMenu) -> None:
        super().__init__(tr("Recently backed up"), parent)
        self.setAccessibleName(tr("Recently backed up"))
        self._rows: tuple[FileRow, ...] = ()
        self._entries = [self._entry(place) for place in range(RECENT)]
        self.show_files(())

    def show_files(self, rows: Sequence[FileRow]) -> None:
        """Show these, `RECENT` at most."""
        self._rows = tuple(rows[:RECENT])
        self.menuAction().setVisible(bool(self._rows))
        for place, entry in enumerate(self._entries):
            entry.setVisible(place < len(self._rows))
            if place < len(self._rows):
                path = self._rows[place].path
                entry.setText(menu_text(elided(name_of(path), NAME_LIMIT)))
                entry.setStatusTip(folder_of(path))

    def _entry(self, place: int) -> QAction:
        entry = self.addAction("")
        entry.triggered.connect(lambda _checked: self.wanted.emit(self._rows[place].path))
        return entry


class RecentFiles(QObject):
    """Asks for the newest files when something new was backed up, at most once in `EACH_MS`."""

    def __init__(self, desk: Desk, menu: RecentMenu) -> None:
        super().__init__(menu)
        self._desk = desk
        self._menu = menu
        self._seen: object = None
        self._timer = QTimer(self, singleShot=True, interval=EACH_MS)
        self._timer.timeout.connect(self._ask)

    def follow(self, view: TrayView) -> None:
        """Look at what the tray shows: its words change with every file that arrives."""
        if (view.tooltip, view.icon) != self._seen and not self._timer.isActive():
            self._seen = (view.tooltip, view.icon)
            self._timer.start()

    def _ask(self) -> None:
        async def ask() -> None:
            self._menu.show_files(await self._desk.recent())

        self._desk.errands.begin(ask(), lambda _fault: None)
