"""The icon in the panel and its menu: a humble picture of a `TrayView`."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QCursor, QPalette
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from tray_app.engine.commands import Commands
from tray_app.ui.balloons import TrayBalloons
from tray_app.ui.colours import mixed
from tray_app.ui.icons import Panel, tray_icon
from tray_app.ui.language import mark, tr
from tray_app.ui.page import FAILED_PAGE
from tray_app.ui.pause_menu import entry, menu_text, pause_menu
from tray_app.ui.recent_menu import RecentMenu
from tray_app.ui.view import APP_NAME, TrayView

_DISABLED_TEXT = (
    (QPalette.ColorRole.Text, QPalette.ColorRole.Base),
    (QPalette.ColorRole.WindowText, QPalette.ColorRole.Window),
    (QPalette.ColorRole.ButtonText, QPalette.ColorRole.Button),
)


class Tray(QObject):
    """One icon and one menu for the life of the program.

    The menu's entries are made once and change in place: rebuilding an open menu flickers.
    """

    def __init__(
        self,
        commands: Commands,
        now: Callable[[], datetime],
        panel: Panel,
        parent: QObject | None = None,
        *,
        has_settings: bool = False,
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._view: TrayView | None = None
        self.menu = TrayMenu(commands, now, has_settings=has_settings)
        self._balloons: TrayBalloons | None = None
        self._icon = self._made()

    def show_view(self, view: TrayView) -> None:
        """Draw `view`; what is already on the screen is left alone."""
        old, self._view = self._view, view
        if old is None or (old.icon, old.percent) != (view.icon, view.percent):
            self._icon.setIcon(tray_icon(view.icon, view.percent, self._panel))
        if old is None or old.tooltip != view.tooltip:
            self._icon.setToolTip(view.tooltip)
        self.menu.show_view(view)

    def set_panel(self, panel: Panel) -> None:
        """Redraw for a panel of another colour."""
        self._panel = panel
        if self._view:
            self._icon.setIcon(tray_icon(self._view.icon, self._view.percent, panel))

    def serve(self, balloons: TrayBalloons) -> None:
        """Let balloons come out of this icon."""
        self._balloons = balloons
        balloons.use(self._icon)

    def appear(self) -> None:
        """Stand in the panel; again after the panel came back."""
        self._icon.show()

    def renew(self) -> None:
        """Stand there with an icon made anew; the menu stays, and may be open."""
        old, self._icon = self._icon, self._made()
        old.hide()
        old.deleteLater()
        if self._view:
            self._icon.setIcon(tray_icon(self._view.icon, self._view.percent, self._panel))
            self._icon.setToolTip(self._view.tooltip)
        if self._balloons:
            self._balloons.use(self._icon)
        self.appear()

    def close(self) -> None:
        """Leave the panel."""
        self._icon.hide()
        self.menu.close()

    def _made(self) -> QSystemTrayIcon:
        icon = QSystemTrayIcon(self)
        icon.setObjectName("tray")
        icon.setContextMenu(self.menu)
        icon.activated.connect(self._on_activated)
        return icon

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self.menu.popup(QCursor.pos())


class TrayMenu(QMenu):
    """The entries, each connected to one command; windows are not the service's matter.

    `window_wanted` names the page it shall be turned to, "": as it was.
    """

    window_wanted = Signal(str)
    settings_wanted = Signal()
    set_up_wanted = Signal()
    quit_wanted = Signal()

    def __init__(
        self, commands: Commands, now: Callable[[], datetime], *, has_settings: bool = False
    ) -> None:
        super().__init__()
        self.setTitle(APP_NAME)
        self.setAccessibleName(tr("Immich Tray menu"))
        self.status = self._line("status")
        self.detail = self._line("detail")
        self.addSeparator()
        self.set_up = entry(self, mark("Set up\u2026"), self.set_up_wanted.emit)
        self.back_up_now = entry(self, mark("Back up now"), commands.back_up_now)
        self.upload_anyway = entry(
            self, mark("Upload anyway on this network"), commands.upload_anyway
        )
        self.pause = pause_menu(commands, now, self)
        self.addMenu(self.pause)
        self.resume = entry(self, mark("Resume"), commands.resume)
        self.addSeparator()
        self.recent = RecentMenu(self)
        self.addMenu(self.recent)
        self.failed = entry(self, mark("Failed"), lambda: self.window_wanted.emit(FAILED_PAGE))
        self.open_window = entry(self, mark("Open window"), lambda: self.window_wanted.emit(""))
        self.open_immich = entry(self, mark("Open Immich"), commands.open_immich)
        self.settings = entry(self, mark("Settings\u2026"), self.settings_wanted.emit)
        self.settings.setVisible(has_settings)
        self.addSeparator()
        self.quit = entry(self, mark("Quit"), self.quit_wanted.emit)
        self.aboutToShow.connect(self._make_lines_readable)

    def show_view(self, view: TrayView) -> None:
        """Bring texts, visibility and enabled flags up to `view`."""
        _set_text(self.status, view.status)
        _set_text(self.detail, view.detail)
        self.detail.setVisible(bool(view.detail))
        self.set_up.setVisible(view.can_set_up)
        self.back_up_now.setEnabled(view.can_back_up)
        self.upload_anyway.setVisible(view.can_upload_anyway)
        self.pause.menuAction().setVisible(not view.paused)
        self.pause.setEnabled(view.can_pause)
        self.resume.setVisible(view.paused)
        self.failed.setText(tr("Failed ({count:,})", count=view.failed))
        self.failed.setVisible(bool(view.failed))
        self.open_immich.setEnabled(view.can_open_immich)

    def _make_lines_readable(self) -> None:
        """Darken disabled text: it carries the reason, and themes make it very pale."""
        palette = QApplication.palette(self)
        group = QPalette.ColorGroup.Disabled
        for role, ground in _DISABLED_TEXT:
            colour = mixed(palette.color(role), palette.color(ground))
            palette.setColor(group, role, colour)
        self.setPalette(palette)

    def _line(self, name: str) -> QAction:
        line = QAction(self)
        line.setObjectName(name)
        line.setEnabled(False)
        self.addAction(line)
        return line


def _set_text(line: QAction, text: str) -> None:
    line.setText(menu_text(text))
