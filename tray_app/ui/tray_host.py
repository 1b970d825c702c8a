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
    """Emits `appeared` once an icon may be shown; silent and nearly asleep until then.

    X11: at once, since Qt itself follows the XEmbed tray as it comes and goes. Elsewhere when
    there is a tray, which a coarse timer of `POLL_MS` looks for; on Wayland D-Bus tells at once.
    Emits `missing` once, when there is still none after `GRACE_MS`: a panel may start after us.
    """

    appeared = Signal()
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
        if self._platform == "xcb":
            self.appeared.emit()
            if not QSystemTrayIcon.isSystemTrayAvailable():
                _tell()
        elif not self._look():
            _tell()
            self._poll.start()
            if _needs_bus():
                self._listen()

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

        watcher = QDBusServiceWatcher(SNI_WATCHER, QDBusConnection.sessionBus(), parent=self)
        watcher.serviceRegistered.connect(self._look)


def tray_there() -> bool:
    """Tell whether the desktop shows an icon now."""
    # Qt keeps its first answer about StatusNotifier hosts for the life of the process, so it
    # must not be asked before there is one.
    if _needs_bus() and not _sni_host_there():
        return False
    return QSystemTrayIcon.isSystemTrayAvailable()


def _needs_bus() -> bool:
    return sys.platform == "linux" and QGuiApplication.platformName().startswith("wayland")


def _sni_host_there() -> bool:
    from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415  Linux only

    bus = QDBusConnection.sessionBus().interface()
    return bool(bus and bus.isServiceRegistered(SNI_WATCHER).value())


def _tell() -> None:
    log.warning("This desktop shows no tray; the program goes on and uses one that appears later.")
