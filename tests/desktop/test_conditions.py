"""Conditions hold the real program, told by a stand-in UPower on a private system bus."""

import asyncio
import json
import os
import sys
import time

import pytest
from dbus_fast import Variant

from tests.rig.system_bus import UPOWER, upower
from tray_app.demo.faults import SlowRead
from tray_app.demo.process import serve_in_process


@pytest.fixture
def server(tmp_path):
    with serve_in_process(tmp_path / "server") as demo:
        yield demo


@pytest.fixture
def backup(server, bus, tmp_path):
    """Start the program on that bus; returns the process."""
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "IMMICH_TRAY_HOME": str(tmp_path / "home"),
        "IMMICH_INSTANCE_URL": server.url,
        "IMMICH_API_KEY": server.add_api_key(),
        "DBUS_SYSTEM_BUS_ADDRESS": bus,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }

    async def start(*words):
        pipe = asyncio.subprocess.PIPE
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tray_app", *words, env=env, stdout=pipe, stderr=pipe
        )

    return start


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(3):
        file = folder / f"{number}.jpg"
        file.write_bytes(os.urandom(400_000))
        os.utime(file, (1_700_000_000, 1_700_000_000 + number))
    return str(folder)


async def ended(process):
    out, err = await asyncio.wait_for(process.communicate(), 30)
    lines = out.decode().splitlines()
    return process.returncode, json.loads(lines[-1]) if lines else {}, err.decode()


async def test_unplugging_breaks_a_transfer_off_and_plugging_in_lets_it_go_on(
    server, backup, bus, photos
):
    settings = await backup("settings", "set", "backupRequireCharging", "true")
    assert (await settings.wait()) == 0
    server.faults.add(SlowRead(bytes_per_second=40_000))
    async with upower(bus, on_battery=False, percent=80.0) as power:
        running = await backup("backup", photos, "--json")
        while not server.log.entries("POST", "/api/assets/bulk-upload-check"):
            assert running.returncode is None
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.5)  # into the body of the first file
        unplugged = time.monotonic()
        power.change(*UPOWER, OnBattery=Variant("b", True))
        status, told, words = await ended(running)
        assert time.monotonic() - unplugged < 2 + 1  # the end of the process included
        assert status == 4, words
        assert told["error"] == "The computer runs on battery."
        assert told["completedCount"] == 0
        assert "runs on battery" in words
        assert not server.assets()

        status, told, words = await ended(await backup("backup", photos, "--json"))
        assert (status, told["totalCount"]) == (4, 0), words

        server.faults.clear()
        power.change(*UPOWER, OnBattery=Variant("b", False))
        status, told, words = await ended(await backup("backup", photos, "--json"))
        assert (status, told["completedCount"]) == (0, 3), words


async def test_anyway_goes_on_in_spite_of_a_low_battery(server, backup, bus, photos):
    async with upower(bus, on_battery=True, percent=9.0):
        status, told, words = await ended(await backup("backup", photos, "--json"))
        assert status == 4
        assert "9 %" in words
        assert "20 %" in words
        status, told, _ = await ended(await backup("backup", photos, "--json", "--anyway"))
        assert (status, told["completedCount"]) == (0, 3)
