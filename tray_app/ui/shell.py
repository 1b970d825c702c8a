"""Puts the tray together and keeps it until the program ends."""

import asyncio
import os
import sys
from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QApplication

from tray_app.engine.commands import Commands
from tray_app.engine.store import Store
from tray_app.ui.balloons import TrayBalloons
from tray_app.ui.bridge import Bridge
from tray_app.ui.icons import Panel, pick_panel
from tray_app.ui.tray import Tray
from tray_app.ui.tray_host import TrayHost


async def run_tray(
    app: QApplication,
    store: Store,
    commands: Commands,
    quit_requested: asyncio.Event,
    now: Callable[[], datetime],
    balloons: TrayBalloons | None = None,
) -> None:
    """Show what `store` says and pass on what the person asks, until `quit_requested`.

    Needs the qasync loop. `now` gives the aware wall clock. Without a tray it goes on unseen
    and uses one that appears later.
    """
    bridge = Bridge(store, now)
    shown: list[Tray] = []

    def appear() -> None:
        if not shown:
            shown.append(_tray(bridge, commands, now, app))
            if balloons:
                shown[0].serve(balloons)
        shown[0].appear()

    host = TrayHost()
    host.appeared.connect(appear)
    try:
        host.watch()
        await quit_requested.wait()
    finally:
        host.close()
        bridge.close()
        for tray in shown:
            tray.close()


def _tray(
    bridge: Bridge, commands: Commands, now: Callable[[], datetime], app: QApplication
) -> Tray:
    tray = Tray(commands, now, _panel(app))
    bridge.tray_changed.connect(tray.show_view)
    app.styleHints().colorSchemeChanged.connect(lambda _: tray.set_panel(_panel(app)))
    tray.menu.aboutToShow.connect(bridge.refresh)
    tray.show_view(bridge.view)
    return tray


def _panel(app: QApplication) -> Panel:
    desktop = os.environ.get("XDG_CURRENT_DESKTOP", "") if sys.platform == "linux" else sys.platform
    return pick_panel(app.styleHints().colorScheme(), desktop)
