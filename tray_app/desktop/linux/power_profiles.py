"""The power saver of power-profiles-daemon, or of tuned-ppd, which answers in its place."""

import asyncio

from tray_app.core.conditions import Readings
from tray_app.desktop.linux.system_bus import Interface, SystemBus

# The name since 0.20 (2024), and the older one, which Debian 12 has.
_NAMES = (
    Interface(
        "org.freedesktop.UPower.PowerProfiles",
        "/org/freedesktop/UPower/PowerProfiles",
        "org.freedesktop.UPower.PowerProfiles",
    ),
    Interface("net.hadess.PowerProfiles", "/net/hadess/PowerProfiles", "net.hadess.PowerProfiles"),
)


class PowerProfiles:
    """A source of `power_saver`."""

    def __init__(self, bus: SystemBus) -> None:
        self._bus = bus
        for interface in _NAMES:
            bus.watch(interface, "ActiveProfile")

    async def read(self) -> Readings:
        """Ask under both names; unknown where no such daemon runs."""
        answers = await asyncio.gather(*map(self._bus.properties, _NAMES))
        active = [it["ActiveProfile"] for it in answers if "ActiveProfile" in it]
        return Readings(power_saver=active[0] == "power-saver" if active else None)
