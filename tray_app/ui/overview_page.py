"""The first page: the state, and the chosen folders. It scrolls where the window is small."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from tray_app.engine.commands import Commands
from tray_app.ui.folder_list import FolderList
from tray_app.ui.page import Page
from tray_app.ui.status_page import StatusPage
from tray_app.ui.window_view import WindowView


class OverviewPage(Page):
    """Gives the status page room to be higher than the window."""

    def __init__(
        self,
        commands: Commands,
        now: Callable[[], datetime],
        folders: FolderList | None = None,
        set_up: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self.status = StatusPage(commands, now, folders, set_up)
        self.status.page_wanted.connect(self.page_wanted)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the keys
        area.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        area.setWidget(self.status)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)

    def show_view(self, view: WindowView) -> None:
        """Draw `view`."""
        self.status.show_view(view)

    def refresh(self) -> None:
        """Count the folders anew."""
        self.status.refresh()

    def invite(self, *, on: bool) -> None:
        """Light up the place for drops."""
        self.status.drop_area.invite(on=on)

    def take(self, urls: Sequence[QUrl]) -> None:
        """Back up what was dropped."""
        self.status.take(urls)
