"""Chooses the parts that fit this platform; the imports stay inside, as do the platforms."""

import sys

from tray_app.desktop.machine import Listeners, SystemMachine
from tray_app.desktop.power import PsutilPower


def pick_machine() -> SystemMachine:
    """Return the readings of this computer; nothing is connected before the first `read`."""
    listeners = Listeners()
    if sys.platform != "linux":
        return SystemMachine([], PsutilPower(), listeners)
    from tray_app.desktop.linux.machine import linux_machine  # noqa: PLC0415

    return linux_machine(listeners, PsutilPower())
