"""Wires the sources of a Linux desktop; each of them may be missing."""

from tray_app.desktop.linux.gateway import Gateway
from tray_app.desktop.linux.netlink import Netlink
from tray_app.desktop.linux.network_manager import NetworkManager
from tray_app.desktop.linux.power_profiles import PowerProfiles
from tray_app.desktop.linux.system_bus import SystemBus
from tray_app.desktop.linux.upower import UPower
from tray_app.desktop.machine import Listeners, Source, SystemMachine


def linux_machine(
    listeners: Listeners, power: Source, route: Source | None = None
) -> SystemMachine:
    """Ask NetworkManager, UPower and the power profiles; `power` where UPower does not run.

    With `route` the kernel is asked, too: it wins over NetworkManager, which may not manage all.
    """
    bus = SystemBus(listeners.call)
    sources: list[Source] = [UPower(bus), NetworkManager(bus), PowerProfiles(bus)]
    if route is None:
        return SystemMachine(sources, power, listeners, bus.close)
    netlink = Netlink(listeners.call)

    async def close() -> None:
        netlink.close()
        await bus.close()

    return SystemMachine([route, *sources, Gateway(), netlink], power, listeners, close)
