"""The battery as the real psutil reads it from a kernel's list of our own making."""

import os

import psutil
import pytest

from tray_app.core.conditions import Readings
from tray_app.desktop.power import PsutilPower

MOUSE = {"type": "Battery", "scope": "Device", "status": "Discharging", "capacity": 15}
PLUGGED = {"type": "Mains", "online": 1}
UNPLUGGED = {"type": "Mains", "online": 0}


def battery(status, percent):
    return {
        "type": "Battery",
        "status": status,
        "capacity": percent,
        "energy_now": percent * 500_000,
        "energy_full": 50_000_000,
        "power_now": 9_000_000,
    }


def on_ac(percent=None):
    return Readings(on_ac=True, battery_percent=percent)


def on_battery(percent):
    return Readings(on_ac=False, battery_percent=percent)


COMPUTERS = {
    "no battery": ({}, on_ac()),
    "no battery, mains listed": ({"AC": PLUGGED}, on_ac()),
    "a mouse at a desktop computer": ({"hidpp_battery_0": MOUSE}, on_ac()),
    "a mouse at a laptop on AC": (
        {"AC": PLUGGED, "BAT0": battery("Full", 100), "hidpp_battery_0": MOUSE},
        on_ac(100),
    ),
    "a mouse before the laptop's battery": (
        {"AC": PLUGGED, "hid_battery": MOUSE, "macsmc__battery": battery("Charging", 60)},
        on_ac(60),
    ),
    "a mouse before a battery that discharges": (
        {"hid_battery": MOUSE, "macsmc__battery": battery("Discharging", 60)},
        on_battery(60),
    ),
    "a mouse named like a laptop's battery": ({"BAT0": MOUSE}, on_ac()),
    "held at 80 %": ({"ADP1": PLUGGED, "BAT0": battery("Not charging", 80)}, on_ac(80)),
    "held at 80 %, no mains listed": ({"BAT0": battery("Not charging", 80)}, on_ac(80)),
    "held at 80 % over USB": (
        {"ucsi__source": {"type": "USB", "online": 1}, "BAT0": battery("Not charging", 80)},
        on_ac(80),
    ),
    "held at 80 %, status unknown": ({"ADP1": PLUGGED, "BAT0": battery("Unknown", 80)}, on_ac(80)),
    "charging": ({"AC": PLUGGED, "BAT0": battery("Charging", 30)}, on_ac(30)),
    "too weak a charger": ({"ADP1": PLUGGED, "BAT0": battery("Discharging", 30)}, on_ac(30)),
    "unplugged": ({"ADP1": UNPLUGGED, "BAT0": battery("Discharging", 47)}, on_battery(47)),
    "unplugged, psutil's own name": (
        {"AC": UNPLUGGED, "BAT0": battery("Discharging", 47)},
        on_battery(47),
    ),
    "unplugged, no mains listed": ({"BAT0": battery("Discharging", 47)}, on_battery(47)),
    "unplugged, status unknown": (
        {"ADP1": UNPLUGGED, "BAT0": battery("Unknown", 47)},
        on_battery(47),
    ),
    "two batteries, one empty": (
        {"BAT0": battery("Unknown", 5), "BAT1": battery("Discharging", 85)},
        on_battery(45),
    ),
    "feeding a phone": (
        {
            "ucsi__source": {"type": "USB", "scope": "Device", "online": 1},
            "BAT0": battery("Discharging", 47),
        },
        on_battery(47),
    ),
    "nobody says": (
        {"BAT0": battery("Unknown", 47)},
        Readings(battery_percent=47),
    ),
}


@pytest.mark.parametrize("name", COMPUTERS)
async def test_power_of(name, supplies):
    devices, expected = COMPUTERS[name]
    assert await PsutilPower(supplies(**devices)).read() == expected


async def test_a_broken_driver_is_unknown(supplies):
    folder = supplies(BAT0=battery("Full", 100) | {"energy_now": "garbage", "energy_full": "?"})
    (folder / "BAT0" / "status").unlink()
    (folder / "BAT0" / "capacity").write_text("many")
    assert await PsutilPower(folder).read() == Readings()


async def test_psutil_that_raises_is_unknown(supplies, monkeypatch):
    def broken():
        raise FileNotFoundError("left while being read")

    monkeypatch.setattr(psutil, "sensors_battery", broken)
    assert await PsutilPower(supplies(BAT0=battery("Full", 100))).read() == Readings()


async def test_no_list_at_all_is_no_battery(tmp_path, monkeypatch):
    monkeypatch.setattr(psutil._pslinux, "POWER_SUPPLY_PATH", os.fspath(tmp_path / "none"))
    assert await PsutilPower(tmp_path / "none").read() == on_ac()
