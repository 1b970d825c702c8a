"""The icon in the panel and its menu: a humble picture of a `TrayView`."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QColor, QCursor, QPalette
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from tray_app.core.pauses import minutes_until_tomorrow
from tray_app.engine.commands import Commands
from tray_app.ui.balloons import TrayBalloons
from tray_app.ui.icons import Panel, tray_icon
from tray_app.ui.view import APP_NAME, TrayView

# Black on white becomes 6 to 1: plainly quieter than the entries, and still easy to read.
TEXT_SHARE = 0.61
_DISABLED_TEXT = (
    (QPalette.ColorRole.Text, QPalette.ColorRole.Base),
    (QPalette.ColorRole.WindowText, QPalette.ColorRole.Window),
    (QPalette.ColorRole.ButtonText, QPalette.ColorRole.Button),
)
_PAUSES = (("30 minutes", 30), ("1 hour", 60))


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
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._view: TrayView | None = None
        self.menu = TrayMenu(commands, now)
        self._icon = QSystemTrayIcon(self)
        self._icon.setObjectName("tray")
        self._icon.setContextMenu(self.menu)
        self._icon.activated.connect(self._on_activated)

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
        balloons.use(self._icon)

    def appear(self) -> None:
        """Stand in the panel; again after the panel came back."""
        self._icon.show()

    def close(self) -> None:
        """Leave the panel."""
        self._icon.hide()
        self.menu.close()

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self.menu.popup(QCursor.pos())


class TrayMenu(QMenu):
    """The entries, each connected to one command."""

    def __init__(self, commands: Commands, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setTitle(APP_NAME)
        self.setAccessibleName(f"{APP_NAME} menu")
        self.status = self._line("status")
        self.detail = self._line("detail")
        self.addSeparator()
        self.back_up_now = self._entry(self, "Back up now", commands.back_up_now)
        self.pause = self._pause_menu(commands, now)
        self.resume = self._entry(self, "Resume", commands.resume)
        self.addSeparator()
        self.open_immich = self._entry(self, "Open Immich", commands.open_immich)
        self.addSeparator()
        self.quit = self._entry(self, "Quit", commands.quit)
        self.aboutToShow.connect(self._make_lines_readable)

    def show_view(self, view: TrayView) -> None:
        """Bring texts, visibility and enabled flags up to `view`."""
        _set_text(self.status, view.status)
        _set_text(self.detail, view.detail)
        self.detail.setVisible(bool(view.detail))
        self.back_up_now.setEnabled(view.can_back_up)
        self.pause.menuAction().setVisible(not view.paused)
        self.pause.setEnabled(view.can_pause)
        self.resume.setVisible(view.paused)
        self.open_immich.setEnabled(view.can_open_immich)

    def _make_lines_readable(self) -> None:
        """Darken disabled text: it carries the reason, and themes make it very pale."""
        palette = QApplication.palette(self)
        group = QPalette.ColorGroup.Disabled
        for role, ground in _DISABLED_TEXT:
            colour = _mixed(palette.color(role), palette.color(ground), TEXT_SHARE)
            palette.setColor(group, role, colour)
        self.setPalette(palette)

    def _line(self, name: str) -> QAction:
        line = QAction(self)
        line.setObjectName(name)
        line.setEnabled(False)
        self.addAction(line)
        return line

    def _pause_menu(self, commands: Commands, now: Callable[[], datetime]) -> QMenu:
        menu = self.addMenu("Pause for")
        menu.setAccessibleName("Pause for")
        for label, minutes in _PAUSES:
            self._entry(menu, label, partial(commands.pause, minutes))
        self._entry(menu, "Until tomorrow", lambda: commands.pause(minutes_until_tomorrow(now())))
        self._entry(menu, "Until I resume", partial(commands.pause, None))
        return menu

    @staticmethod
    def _entry(menu: QMenu, label: str, act: Callable[[], None]) -> QAction:
        entry = menu.addAction(label)
        entry.setObjectName(label)
        # The signal brings `checked`, which no command wants.
        entry.triggered.connect(lambda _checked: act())
        return entry


def _set_text(line: QAction, text: str) -> None:
    """Show foreign text as it is: a single "&" would mark the next letter as a shortcut."""
    line.setText(text.replace("&", "&&"))


def _mixed(front: QColor, back: QColor, share: float) -> QColor:
    return QColor.fromRgbF(
        share * front.redF() + (1 - share) * back.redF(),
        share * front.greenF() + (1 - share) * back.greenF(),
        share * front.blueF() + (1 - share) * back.blueF(),
    )
