"""Qt's view of the network: the source of Windows and macOS, here with Qt's Linux backend."""

import asyncio
import json
import os
import subprocess
import sys

import pytest
from dbus_fast import Variant
from PySide6.QtNetwork import QNetworkInformation

from tests.rig.system_bus import MANAGER, network_manager
from tray_app.core.conditions import Medium, Readings
from tray_app.desktop import qt_network
from tray_app.desktop.qt_network import QtNetwork

_Feature = QNetworkInformation.Feature
_Reach = QNetworkInformation.Reachability
_Transport = QNetworkInformation.TransportMedium


class Signal:
    def __init__(self):
        self.slots = []

    def connect(self, slot):
        self.slots.append(slot)


class Told:
    """What a backend tells; it supports only what it is given."""

    def __init__(self, **told):
        self._told = told
        self.reachabilityChanged = Signal()
        self.isBehindCaptivePortalChanged = Signal()
        self.isMeteredChanged = Signal()
        self.transportMediumChanged = Signal()

    def supports(self, feature):
        return feature.name in self._told

    def reachability(self):
        return self._told.get("Reachability", _Reach.Disconnected)

    def isBehindCaptivePortal(self):  # noqa: N802  Qt's name
        return self._told.get("CaptivePortal", True)

    def isMetered(self):  # noqa: N802  Qt's name
        return self._told.get("Metered", True)

    def transportMedium(self):  # noqa: N802  Qt's name
        return self._told.get("TransportMedium", _Transport.Cellular)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, Readings()),
        ({"Reachability": _Reach.Disconnected}, Readings(online=False)),
        ({"Reachability": _Reach.Local}, Readings()),
        ({"Reachability": _Reach.Unknown}, Readings()),
        ({"CaptivePortal": True}, Readings(captive=True)),
        ({"CaptivePortal": False}, Readings(captive=False)),
        ({"Metered": True}, Readings(metered=True)),
        ({"Metered": False}, Readings(metered=False)),
        ({"TransportMedium": _Transport.WiFi}, Readings(medium=Medium.WIFI)),
        ({"TransportMedium": _Transport.Ethernet}, Readings(medium=Medium.ETHERNET)),
        ({"TransportMedium": _Transport.Cellular}, Readings(medium=Medium.CELLULAR)),
        ({"TransportMedium": _Transport.Bluetooth}, Readings(medium=Medium.BLUETOOTH)),
        ({"TransportMedium": _Transport.Unknown}, Readings()),
    ],
)
async def test_what_a_backend_tells(qapp, monkeypatch, told, expected):
    knocks, backend = [], Told(**told)

    class Information:
        Reachability = _Reach
        loadDefaultBackend = staticmethod(lambda: True)  # noqa: N815  Qt's name
        instance = staticmethod(lambda: backend)

    monkeypatch.setattr(qt_network, "QNetworkInformation", Information)
    source = QtNetwork(lambda: knocks.append(1))
    assert await source.read() == expected
    await source.read()
    for signal in (
        backend.reachabilityChanged,
        backend.isBehindCaptivePortalChanged,
        backend.isMeteredChanged,
        backend.transportMediumChanged,
    ):
        (slot,) = signal.slots
        slot(True)
    assert len(knocks) == 4


async def test_a_platform_without_a_backend_is_unknown(qapp, monkeypatch):
    class Information:
        loadDefaultBackend = staticmethod(lambda: False)  # noqa: N815  Qt's name

    monkeypatch.setattr(qt_network, "QNetworkInformation", Information)
    assert await QtNetwork(print).read() == Readings()


PROGRAM = """
import asyncio, dataclasses, json, sys
import qasync
from PySide6.QtCore import QCoreApplication
from tray_app.desktop.qt_network import QtNetwork

app = QCoreApplication(sys.argv)

async def main():
    changed = asyncio.Event()
    source = QtNetwork(changed.set)
    while True:
        changed.clear()
        print(json.dumps(dataclasses.asdict(await source.read())), flush=True)
        await asyncio.wait_for(changed.wait(), 20)

with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
    runner.run(main())
"""


async def test_the_real_backend_of_linux(bus):
    """Reachability and login pages; metered it asks of devices that our stand-in lacks."""
    cable = {"type": "802-3-ethernet", "default": True}
    async with network_manager(bus, cable, metered=1) as network:
        network.properties[MANAGER] |= {"State": Variant("u", 70), "Connectivity": Variant("u", 4)}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", PROGRAM),
            env={
                "DBUS_SYSTEM_BUS_ADDRESS": bus,
                "PATH": os.environ["PATH"],
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            },
            stdout=subprocess.PIPE,
        )

        async def until(**expected):
            async with asyncio.timeout(15):
                while True:
                    told = json.loads(await process.stdout.readline())
                    if told.items() >= expected.items():
                        return

        try:
            await until(online=None, captive=False)
            network.change(*MANAGER, Connectivity=Variant("u", 2))
            await until(captive=True)
            network.change(*MANAGER, State=Variant("u", 20), Connectivity=Variant("u", 1))
            await until(online=False, captive=False)
        finally:
            process.kill()
            await process.communicate()
