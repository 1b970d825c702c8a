"""Wires the sources of a Linux desktop; each of them may be missing."""

from tray_app.desktop.linux.network_manager import NetworkManager
from tray_app.desktop.linux.power_profiles import PowerProfiles
from tray_app.desktop.linux.system_bus import SystemBus
from tray_app.desktop.linux.upower import UPower
from tray_app.desktop.machine import Listeners, Source, SystemMachine
from tray_app.desktop.power import PsutilPower


def linux_machine(listeners: Listeners) -> SystemMachine:
    """Ask NetworkManager, UPower and the power profiles; psutil where UPower does not run."""
    bus = SystemBus(listeners.call)
    sources: list[Source] = [UPower(bus), NetworkManager(bus), PowerProfiles(bus)]
    return SystemMachine(sources, PsutilPower(), listeners, bus.close)
