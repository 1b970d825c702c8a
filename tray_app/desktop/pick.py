"""Chooses the parts that fit this platform; the imports stay inside, as do the platforms."""

import sys
from collections.abc import Callable

from tray_app.core.toasts import Button, label
from tray_app.desktop.host import SystemHost
from tray_app.desktop.machine import Listeners, SystemMachine
from tray_app.desktop.power import PsutilPower
from tray_app.desktop.screen_toasts import ScreenToasts
from tray_app.ports.toasts import Balloons, Notifier


def pick_machine(server: Callable[[], str] = str) -> SystemMachine:
    """Return the readings of this computer; nothing is connected before the first `read`.

    `server` is the URL of the moment, "" for none: whether a route leads there.
    """
    from tray_app.desktop.route import RouteToServer  # noqa: PLC0415

    listeners = Listeners()
    route = RouteToServer(server)
    if sys.platform != "linux":
        from tray_app.desktop.qt_network import QtNetwork  # noqa: PLC0415

        return SystemMachine([route, QtNetwork(listeners.call)], PsutilPower(), listeners)
    from tray_app.desktop.linux.machine import linux_machine  # noqa: PLC0415

    return linux_machine(listeners, PsutilPower(), route)


def pick_host() -> SystemHost:
    """Return sleep, wake, unlock and shutdown of this computer; to be used with `async with`."""
    if sys.platform != "linux":
        return SystemHost()
    from tray_app.desktop.linux.logind import Logind  # noqa: PLC0415

    return SystemHost(Logind())


def pick_notifier(
    balloons: Balloons,
    app_name: str,
    icon: str,
    entry: str,
    label: Callable[[Button], str] = label,
) -> Notifier:
    """Return the toasts of this desktop; the tray's balloons where it has none of its own.

    `icon`: an absolute path or "". `entry`: the name of our desktop entry. `label` says what
    stands on a button, in the person's language.
    """
    if sys.platform == "win32":
        from tray_app.desktop.windows.toasts import WindowsScreen  # noqa: PLC0415

        return ScreenToasts(WindowsScreen(app_name, label), balloons)
    if sys.platform == "darwin":
        from tray_app.desktop.macos.toasts import MacScreen  # noqa: PLC0415

        return ScreenToasts(MacScreen(app_name, label=label), balloons)
    if sys.platform != "linux":
        return balloons
    from tray_app.desktop.linux.notifications import FreedesktopToasts  # noqa: PLC0415

    return FreedesktopToasts(balloons.take, app_name=app_name, icon=icon, entry=entry, label=label)
