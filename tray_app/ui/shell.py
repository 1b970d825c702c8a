"""Puts the tray together and keeps it until the program ends."""

import asyncio
import os
import sys
from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QApplication

from tray_app.core.tray_advice import no_tray
from tray_app.engine.commands import Commands
from tray_app.engine.foreground import Foreground
from tray_app.engine.store import Store
from tray_app.ui.balloons import TrayBalloons
from tray_app.ui.bridge import Bridge
from tray_app.ui.desk import Desk
from tray_app.ui.icons import Panel, pick_panel
from tray_app.ui.recent_menu import RecentFiles
from tray_app.ui.tray import Tray
from tray_app.ui.tray_host import TrayHost
from tray_app.ui.view import tray_view
from tray_app.ui.window_shell import WindowShell


async def run_tray(
    app: QApplication,
    store: Store,
    commands: Commands,
    quit_requested: asyncio.Event,
    now: Callable[[], datetime],
    foreground: Foreground,
    balloons: TrayBalloons | None = None,
    desk: Desk | None = None,
    *,
    seen: bool = False,
) -> None:
    """Show what `store` says and pass on what the person asks, until `quit_requested`.

    Needs the qasync loop. `now` gives the aware wall clock. The window comes up when `foreground`
    is asked to show it, and where the session has no tray, which it then says; a tray that appears
    later is used.
    `desk`: what window and menu show beside the state. `seen`: a person started the program by
    hand, so the window comes up at once.
    """
    desk = desk or Desk()
    bridge = Bridge(store, now, tray_view)
    window = WindowShell(store, commands, now, foreground, desk)
    shown: list[Tray] = []

    def appear() -> None:
        if not shown:
            shown.append(_tray(bridge, commands, now, app, window, desk))
            if balloons:
                shown[0].serve(balloons)
        shown[0].appear()
        window.note("")

    def renew() -> None:
        for tray in shown:
            tray.renew()

    def do_without() -> None:
        window.note(no_tray(_desktop()))
        foreground.show()

    host = TrayHost()
    host.appeared.connect(appear)
    host.changed.connect(renew)
    host.missing.connect(do_without)
    try:
        host.watch()
        if seen:
            foreground.show()
        await quit_requested.wait()
    finally:
        host.close()
        window.close()
        bridge.close()
        for tray in shown:
            tray.close()


def _tray(
    bridge: Bridge,
    commands: Commands,
    now: Callable[[], datetime],
    app: QApplication,
    window: WindowShell,
    desk: Desk,
) -> Tray:
    tray = Tray(commands, now, _panel(app), has_settings=desk.open_settings is not None)
    bridge.changed.connect(tray.show_view)
    menu = tray.menu
    menu.window_wanted.connect(window.show)
    menu.set_up_wanted.connect(desk.set_up)
    menu.quit_wanted.connect(window.ask_to_quit)
    menu.recent.wanted.connect(desk.reveal)
    if desk.open_settings:
        menu.settings_wanted.connect(desk.open_settings)
    recent = RecentFiles(desk, menu.recent)
    bridge.changed.connect(recent.follow)
    app.styleHints().colorSchemeChanged.connect(lambda _: tray.set_panel(_panel(app)))
    menu.aboutToShow.connect(bridge.refresh)
    tray.show_view(bridge.view)
    recent.follow(bridge.view)
    return tray


def _panel(app: QApplication) -> Panel:
    return pick_panel(app.styleHints().colorScheme(), _desktop())


def _desktop() -> str:
    return os.environ.get("XDG_CURRENT_DESKTOP", "") if sys.platform == "linux" else sys.platform
