"""Makes the main window when it is first wanted, and feeds it while it is seen."""

from collections.abc import Callable
from datetime import datetime

from tray_app.engine.commands import Commands
from tray_app.engine.foreground import Foreground, Presence
from tray_app.engine.store import Store
from tray_app.ui.bridge import Bridge
from tray_app.ui.window import MainWindow
from tray_app.ui.window_view import window_view


class WindowShell:
    """Owns the window. A hidden one is not drawn and costs nothing."""

    def __init__(
        self, store: Store, commands: Commands, now: Callable[[], datetime], foreground: Foreground
    ) -> None:
        self._store = store
        self._commands = commands
        self._now = now
        self._foreground = foreground
        self._window: MainWindow | None = None
        self._bridge: Bridge | None = None
        foreground.serve(self.show)

    def show(self) -> None:
        """Bring the window up."""
        if self._window is None:
            self._window = MainWindow(self._commands, self._now)
            self._window.presence_changed.connect(self._changed)
        self._feed(self._window)
        self._window.bring_up()

    def close(self) -> None:
        """Take the window away for good."""
        self._foreground.serve(lambda: None)
        if self._window:
            self._window.hide()
            self._window.deleteLater()
            self._window = None

    def _changed(self, presence: Presence) -> None:
        if presence.visible and self._window:
            self._feed(self._window)
        elif self._bridge:
            self._bridge.close()
            self._bridge = None
        self._foreground.tell(presence)

    def _feed(self, window: MainWindow) -> None:
        if self._bridge is None:
            self._bridge = Bridge(self._store, self._now, window_view)
            self._bridge.changed.connect(window.show_view)
            window.show_view(window_view(self._store.snapshot, self._now()))
