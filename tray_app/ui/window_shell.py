"""Makes the main window when it is first wanted, and feeds it while it is seen."""

from collections.abc import Callable
from datetime import datetime

from tray_app.core.snapshot import Snapshot
from tray_app.engine.commands import Commands
from tray_app.engine.foreground import Foreground, Presence
from tray_app.engine.store import Store
from tray_app.ui.bridge import Bridge
from tray_app.ui.desk import Desk
from tray_app.ui.farewell import Farewell
from tray_app.ui.pages import overview_only
from tray_app.ui.speedometer import Speedometer
from tray_app.ui.window import MainWindow
from tray_app.ui.window_view import WindowView, window_view


class WindowShell:
    """Owns the window. A hidden one is not drawn and costs nothing."""

    def __init__(
        self,
        store: Store,
        commands: Commands,
        now: Callable[[], datetime],
        foreground: Foreground,
        desk: Desk | None = None,
    ) -> None:
        self._store = store
        self._commands = commands
        self._now = now
        self._foreground = foreground
        self._desk = desk or Desk()
        self._speed = Speedometer(self._desk.monotonic)
        self.farewell = Farewell(commands.quit, self._desk.departure, self._desk.memory)
        self._window: MainWindow | None = None
        self._bridge: Bridge | None = None
        self._deaf: Callable[[], None] = lambda: None
        foreground.serve(self.show)

    def show(self, page: str = "") -> None:
        """Bring the window up, turned to a page if one is named."""
        if self._window is None:
            self._window = self._made()
        self._feed(self._window)
        self._window.bring_up(page)

    def ask_to_quit(self) -> None:
        """Quit, after what has to be said before."""
        seen = self._window and self._window.isVisible()
        self.farewell.ask(self._window if seen else None)

    def close(self) -> None:
        """Take the window away for good."""
        self._foreground.serve(lambda _page: None)
        self.farewell.close()
        self._desk.errands.close()
        if self._window:
            self._window.close_down()
            self._window.deleteLater()
            self._window = None

    def _made(self) -> MainWindow:
        desk = self._desk
        pages = desk.pages or overview_only(self._commands, self._now)
        window = MainWindow(pages, desk.memory, has_settings=desk.open_settings is not None)
        window.presence_changed.connect(self._changed)
        window.quit_wanted.connect(self.ask_to_quit)
        window.refresh_wanted.connect(desk.refresh)
        if desk.open_settings:
            window.settings_wanted.connect(desk.open_settings)
        return window

    def _changed(self, presence: Presence) -> None:
        if presence.visible and self._window:
            self._feed(self._window)
        elif self._bridge:
            self._deaf()
            self._bridge.close()
            self._bridge = None
        self._foreground.tell(presence)

    def _feed(self, window: MainWindow) -> None:
        if self._bridge is None:
            self._deaf = self._store.subscribe(self._speed.heard)
            self._bridge = Bridge(self._store, self._now, self._draw)
            self._bridge.changed.connect(window.show_view)
            window.show_view(self._draw(self._store.snapshot, self._now()))

    def _draw(self, snapshot: Snapshot, now: datetime) -> WindowView:
        return window_view(snapshot, now, pace=self._speed.words())
