"""Wiring of the windows: who has to know whether one is seen."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tray_app.engine.foreground import Foreground, Presence
from tray_app.engine.supervisor import Supervisor
from tray_app.engine.syncing import Syncing


@asynccontextmanager
async def following_windows(
    foreground: Foreground, *services: Supervisor | Syncing
) -> AsyncIterator[None]:
    """Tell the services whether a window is seen."""
    visible = False

    def changed(presence: Presence) -> None:
        nonlocal visible
        if presence.visible == visible:
            return
        visible = presence.visible
        for service in services:
            service.resumed() if visible else service.backgrounded()

    end = foreground.subscribe(changed)
    try:
        yield
    finally:
        end()
