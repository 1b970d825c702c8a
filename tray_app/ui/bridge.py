"""From the store to Qt: many snapshots a second become a few finished views."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from tray_app.core.snapshot import Snapshot
from tray_app.engine.store import Store

THROTTLE_MS = 150
REFRESH_MS = 60 * 60 * 1000

Draw = Callable[[Snapshot, datetime], Any]


class Bridge(QObject):
    """Announces the view at most once in `THROTTLE_MS`, and only when it differs.

    A throttle, not a debounce: a steady stream still paints. `draw` makes the view of a snapshot
    as seen at a moment, `now` gives the aware wall clock.
    One coarse timer an hour turns "today" into "yesterday"; nothing else runs while idle.
    """

    changed = Signal(object)

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        draw: Draw,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._now = now
        self._draw = draw
        self._shown = draw(store.snapshot, now())
        self._throttle = QTimer(self, singleShot=True, interval=THROTTLE_MS)
        self._throttle.timeout.connect(self.refresh)
        self._hourly = QTimer(self, interval=REFRESH_MS)
        self._hourly.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._hourly.timeout.connect(self.refresh)
        self._hourly.start()
        self._unsubscribe = store.subscribe(lambda _: self._knock())

    @property
    def view(self) -> Any:
        """The view announced last."""
        return self._shown

    def refresh(self) -> None:
        """Draw the present snapshot now; announce the view if it differs."""
        view = self._draw(self._store.snapshot, self._now())
        if view != self._shown:
            self._shown = view
            self.changed.emit(view)

    def close(self) -> None:
        """Stop listening; nothing is announced afterwards."""
        self._unsubscribe()
        self._throttle.stop()
        self._hourly.stop()

    def _knock(self) -> None:
        if not self._throttle.isActive():
            self._throttle.start()
