"""Finds the panel's tray, now or whenever it appears."""

import logging
import sys

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSystemTrayIcon

log = logging.getLogger(__name__)

POLL_MS = 60_000
GRACE_MS = 10_000
SNI_WATCHER = "org.kde.StatusNotifierWatcher"


class TrayHost(QObject):
    """Emits `appeared` when there is a tray; silent and nearly asleep until then.

    On X11 at once too, since Qt lets an icon wait for an XEmbed tray and follow it. StatusNotifier
    hosts tell over D-Bus that they are there; for anything else a coarse timer of `POLL_MS` looks.
    Emits `missing` once, when there is still none after `GRACE_MS`: a panel may start after us.
    Emits `changed` on X11 when StatusNotifier comes or goes: Qt picks between it and XEmbed when an
    icon is made, so that the one that we have must be made anew.
    """

    appeared = Signal()
    changed = Signal()
    missing = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._poll.timeout.connect(self._look)
        self._grace = QTimer(self, singleShot=True, interval=GRACE_MS)
        self._grace.timeout.connect(self._tell_if_missing)
        self._platform = QGuiApplication.platformName()

    def watch(self) -> None:
        """Look now, and later if there is none yet."""
        self._grace.start()
        if sys.platform == "linux":
            self._listen()
        if self._look():
            return
        _tell()
        self._poll.start()
        if self._platform == "xcb":
            self.appeared.emit()

    def close(self) -> None:
        """Stop looking."""
        self._poll.stop()
        self._grace.stop()

    def _tell_if_missing(self) -> None:
        if not tray_there():
            self.missing.emit()

    def _look(self) -> bool:
        if not tray_there():
            return False
        self._poll.stop()
        self.appeared.emit()
        return True

    def _listen(self) -> None:
        from PySide6.QtDBus import QDBusConnection, QDBusServiceWatcher  # noqa: PLC0415  Linux only

        mode = QDBusServiceWatcher.WatchModeFlag.WatchForOwnerChange
        watcher = QDBusServiceWatcher(SNI_WATCHER, QDBusConnection.sessionBus(), mode, self)
        watcher.serviceOwnerChanged.connect(self._on_sni)

    def _on_sni(self, _name: str, _before: str, _now: str) -> None:
        if self._platform == "xcb":
            self.changed.emit()
        if self._poll.isActive():
            self._look()


def tray_there() -> bool:
    """Tell whether the desktop shows an icon now; Qt looks anew each time."""
    return QSystemTrayIcon.isSystemTrayAvailable()


def _tell() -> None:
    log.warning("This desktop shows no tray; the program goes on and uses one that appears later.")
