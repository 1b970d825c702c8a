import os
import tempfile
from pathlib import Path

import psutil
import pytest

from tests.rig.system_bus import running_bus


@pytest.fixture(scope="session")
def bus_of_all():
    with (
        tempfile.TemporaryDirectory(prefix="bus-") as folder,
        running_bus(Path(folder, "bus")) as address,
    ):
        yield address


@pytest.fixture
def bus(bus_of_all, monkeypatch):
    """The address of a system bus of our own, where nobody is."""
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus_of_all)
    return bus_of_all


@pytest.fixture
def no_bus(tmp_path, monkeypatch):
    """The path where a system bus could be."""
    with tempfile.TemporaryDirectory(prefix="bus-") as folder:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={folder}/bus")
        yield Path(folder, "bus")


@pytest.fixture
def supplies(tmp_path, monkeypatch):
    """Write power supplies as the kernel shows them, for the real psutil to read."""
    folder = tmp_path / "power_supply"
    folder.mkdir()
    monkeypatch.setattr(psutil._pslinux, "POWER_SUPPLY_PATH", os.fspath(folder))

    def write(**devices):
        for name, attributes in devices.items():
            device = folder / name.replace("__", "-")
            device.mkdir(exist_ok=True)
            for attribute, value in attributes.items():
                (device / attribute).write_text(f"{value}\n")
        return folder

    return write


@pytest.fixture
def no_battery(supplies):
    """A computer without a battery."""
    return supplies()
