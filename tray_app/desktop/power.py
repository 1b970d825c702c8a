"""Power as psutil tells it: the base on every platform."""

import asyncio
import logging
import sys
from pathlib import Path

from tray_app.core.conditions import Readings
from tray_app.desktop.linux.power_supply import FOLDER, own_supplies

log = logging.getLogger(__name__)


class PsutilPower:
    """A source of `on_ac` and `battery_percent`; no battery means AC.

    `supplies` is the kernel's list, of Linux only.
    """

    def __init__(self, supplies: Path = FOLDER) -> None:
        self._supplies = supplies

    async def read(self) -> Readings:
        """Look, in a thread: a slow battery controller may take a good part of a second."""
        return await asyncio.to_thread(self._look)

    def _look(self) -> Readings:
        try:
            return self._of_linux() if sys.platform == "linux" else _told()
        except Exception as error:  # noqa: BLE001 - drivers fail in ways that psutil passes on
            log.debug("The battery cannot be read: %r", error)
            return Readings()

    def _of_linux(self) -> Readings:
        own = own_supplies(self._supplies)
        if not own.batteries:
            return Readings(on_ac=True)
        told = _told()
        # psutil reads the first battery by name, which may be a mouse's, or one of two of ours.
        is_the_one = own.batteries == (_first_by_name(self._supplies),)
        return Readings(
            on_ac=told.on_ac if own.on_ac is None else own.on_ac,
            battery_percent=told.battery_percent if is_the_one else own.percent,
        )


def _told() -> Readings:
    import psutil  # noqa: PLC0415  where there is no battery nobody asks it

    battery = psutil.sensors_battery()
    if battery is None:
        return Readings(on_ac=True)
    return Readings(on_ac=battery.power_plugged, battery_percent=battery.percent)


def _first_by_name(supplies: Path) -> str:
    """Name the battery that psutil chooses (`sensors_battery` of its module for Linux)."""
    names = [it.name for it in supplies.iterdir()]
    return min((it for it in names if it.startswith("BAT") or "battery" in it.lower()), default="")
