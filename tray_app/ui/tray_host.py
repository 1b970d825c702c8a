"""Finds the panel's tray, now or whenever it appears."""

import logging

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QSystemTrayIcon

log = logging.getLogger(__name__)

POLL_MS = 60_000


class TrayHost(QObject):
    """Emits `appeared` once there is a tray; silent and nearly asleep until then.

    Qt draws a lasting conclusion from its first look for a StatusNotifier host, so at login,
    when the panel may still be starting, we do not let it look too early.
    """

    appeared = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._poll.timeout.connect(self._look)

    def watch(self) -> None:
        """Look now, and later if there is none yet."""
        self._look()

    def close(self) -> None:
        """Stop looking."""
        self._poll.stop()

    def _look(self) -> None:
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._poll.stop()
            self.appeared.emit()
        elif not self._poll.isActive():
            log.warning("This desktop shows no tray; the program goes on and uses one later.")
            self._poll.start()
