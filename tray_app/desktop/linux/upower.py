"""Power as UPower tells it (interface `org.freedesktop.UPower`).

`OnBattery` leaves peripherals out and knows charge limits; DisplayDevice is the sum of this
computer's own batteries, the icon that a desktop shows.
"""

import asyncio

from tray_app.core.conditions import Readings
from tray_app.desktop.linux.system_bus import Interface, SystemBus

_UPOWER = Interface("org.freedesktop.UPower", "/org/freedesktop/UPower", "org.freedesktop.UPower")
_DISPLAY = _UPOWER.at(
    "/org/freedesktop/UPower/devices/DisplayDevice", "org.freedesktop.UPower.Device"
)


class UPower:
    """A source of `on_ac` and `battery_percent`."""

    def __init__(self, bus: SystemBus) -> None:
        self._bus = bus
        bus.watch(_UPOWER, "OnBattery")
        bus.watch(_DISPLAY, "Percentage", "IsPresent")

    async def read(self) -> Readings:
        """Ask; unknown where UPower does not run."""
        upower, display = await asyncio.gather(
            self._bus.properties(_UPOWER), self._bus.properties(_DISPLAY)
        )
        on_battery = upower.get("OnBattery")
        return Readings(
            on_ac=None if on_battery is None else not on_battery,
            battery_percent=display.get("Percentage") if display.get("IsPresent") else None,
        )
