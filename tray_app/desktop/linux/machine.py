"""Wires the sources of a Linux desktop; each of them may be missing."""

from tray_app.desktop.linux.network_manager import NetworkManager
from tray_app.desktop.linux.power_profiles import PowerProfiles
from tray_app.desktop.linux.system_bus import SystemBus
from tray_app.desktop.linux.upower import UPower
from tray_app.desktop.machine import Listeners, Source, SystemMachine


def linux_machine(listeners: Listeners, power: Source) -> SystemMachine:
    """Ask NetworkManager, UPower and the power profiles; `power` where UPower does not run."""
    bus = SystemBus(listeners.call)
    sources: list[Source] = [UPower(bus), NetworkManager(bus), PowerProfiles(bus)]
    return SystemMachine(sources, power, listeners, bus.close)
