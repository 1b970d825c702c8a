"""Network and power over a private system bus with stand-ins for the services."""

import asyncio
import os
import socket
import time
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from dbus_fast import Variant

from tests.rig.system_bus import (
    DISPLAY,
    MANAGER,
    PROFILES,
    UPOWER,
    network_manager,
    power_profiles,
    running_bus,
    upower,
)
from tray_app.core.conditions import Medium, Readings
from tray_app.desktop.linux.machine import linux_machine
from tray_app.desktop.linux.network_manager import NetworkManager
from tray_app.desktop.linux.system_bus import SystemBus
from tray_app.desktop.linux.upower import UPower
from tray_app.desktop.machine import Listeners, SystemMachine
from tray_app.desktop.pick import pick_machine
from tray_app.desktop.power import PsutilPower

PHONE = {"type": "802-11-wireless", "id": "My phone", "uuid": "3f2a", "default": True}
DISCHARGING = {"type": "Battery", "status": "Discharging", "capacity": 33}


@pytest.fixture
def machine(supplies):
    """The machine of Linux with psutil's view of a laptop on battery at 33 %."""
    return linux_machine(Listeners(), PsutilPower(supplies(BAT0=DISCHARGING)))


class Knocks:
    """Counts the calls of a listener."""

    def __init__(self, machine):
        self._event = asyncio.Event()
        self.count = 0
        self.end = machine.on_change(self._knock)

    def _knock(self):
        self.count += 1
        self._event.set()

    async def next(self):
        """Wait for a signal, for the second that is allowed."""
        async with asyncio.timeout(1):
            await self._event.wait()
        self._event.clear()


@asynccontextmanager
async def read_in_time(machine):
    begin = time.monotonic()
    yield await machine.read()
    assert time.monotonic() - begin < 1


async def read(machine):
    async with read_in_time(machine) as readings:
        return readings


async def test_every_service_is_heard(both_loops, bus, machine):
    async with (
        upower(bus, on_battery=True, percent=47),
        network_manager(bus, PHONE, metered=3),
        power_profiles(bus, "power-saver"),
        machine,
    ):
        assert await read(machine) == Readings(
            metered=True,
            tethered=True,
            medium=Medium.WIFI,
            network_id="3f2a",
            network_name="My phone",
            on_ac=False,
            battery_percent=47,
            power_saver=True,
        )


async def test_upower_of_a_computer_without_battery(bus, machine):
    async with upower(bus, on_battery=False, percent=None), machine:
        assert await read(machine) == Readings(on_ac=True)


async def test_psutil_stands_in_for_upower(bus, machine):
    async with network_manager(bus, PHONE), machine:
        readings = await read(machine)
        assert (readings.on_ac, readings.battery_percent) == (False, 33)
        assert readings.medium is Medium.WIFI


@pytest.mark.parametrize(
    ("code", "metered"), [(0, None), (1, True), (2, False), (3, True), (4, False), (9, None)]
)
async def test_what_metered_means(bus, machine, code, metered):
    async with network_manager(bus, PHONE, metered=code), machine:
        assert (await read(machine)).metered is metered


@pytest.mark.parametrize(
    ("kind", "medium"),
    [
        ("802-11-wireless", Medium.WIFI),
        ("802-3-ethernet", Medium.ETHERNET),
        ("gsm", Medium.CELLULAR),
        ("cdma", Medium.CELLULAR),
        ("wwan", Medium.CELLULAR),
        ("bluetooth", Medium.BLUETOOTH),
        ("wireguard", Medium.OTHER),
        ("something new", Medium.OTHER),
    ],
)
async def test_what_carries_the_route(bus, machine, kind, medium):
    async with network_manager(bus, {"type": kind, "uuid": "7"}), machine:
        readings = await read(machine)
        assert (readings.medium, readings.network_id) == (medium, "7")


TUNNEL = {"type": "wireguard", "id": "Work", "uuid": "vpn", "default": True}
CABLE = {"type": "802-3-ethernet", "id": "Cable", "uuid": "cable"}
STICK = {"type": "gsm", "id": "Stick", "uuid": "stick"}


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ([PHONE | {"metered": 3}], (Medium.WIFI, "3f2a", True)),
        ([PHONE | {"metered": 2}], (Medium.WIFI, "3f2a", False)),
        ([STICK], (Medium.CELLULAR, "stick", False)),
        ([{"type": "bridge"}, CABLE], (Medium.ETHERNET, "cable", False)),
        ([CABLE | {"default": True}, STICK], (Medium.ETHERNET, "cable", False)),
        ([CABLE, STICK], (Medium.OTHER, "vpn", False)),
        ([], (Medium.OTHER, "vpn", False)),
    ],
)
async def test_a_tunnel_is_what_carries_it(bus, machine, below, expected):
    async with network_manager(bus, TUNNEL, *below, metered=4), machine:
        readings = await read(machine)
        assert (readings.medium, readings.network_id, readings.metered) == expected


async def test_no_default_route_is_no_network(bus, machine):
    async with network_manager(bus, CABLE, primary=None), machine:
        readings = await read(machine)
        assert (readings.medium, readings.network_id, readings.metered) == (None, None, None)


@pytest.mark.parametrize("name", PROFILES)
@pytest.mark.parametrize("active", ["power-saver", "balanced", "performance"])
async def test_the_power_saver_under_both_names(bus, machine, name, active):
    async with power_profiles(bus, active, name), machine:
        assert (await read(machine)).power_saver is (active == "power-saver")


async def test_changes_are_signalled(both_loops, bus, machine):
    async with (
        upower(bus, on_battery=False, percent=80) as power,
        network_manager(bus, PHONE, metered=4) as network,
        power_profiles(bus, "balanced") as profiles,
        machine,
    ):
        knocks = Knocks(machine)
        await read(machine)
        power.change(*UPOWER, OnBattery=Variant("b", True))
        await knocks.next()
        assert (await read(machine)).on_ac is False
        power.change(*DISPLAY, Percentage=Variant("d", 79.0))
        await knocks.next()
        assert (await read(machine)).battery_percent == 79
        network.change(*MANAGER, Metered=Variant("u", 1))
        await knocks.next()
        assert (await read(machine)).metered is True
        profiles.change(
            *PROFILES["org.freedesktop.UPower.PowerProfiles"],
            ActiveProfile=Variant("s", "power-saver"),
        )
        await knocks.next()
        assert (await read(machine)).power_saver is True
        assert knocks.count == 4


async def test_other_properties_are_no_news(bus, machine):
    async with upower(bus, on_battery=False, percent=80) as power, machine:
        knocks = Knocks(machine)
        await read(machine)
        power.change(*DISPLAY, UpdateTime=Variant("t", 2))
        power.change(*DISPLAY, Percentage=Variant("d", 79.0))
        await knocks.next()
        assert knocks.count == 1


async def test_a_service_comes_goes_and_comes_back(both_loops, bus, machine):
    async with machine:
        knocks = Knocks(machine)
        assert (await read(machine)).on_ac is False  # psutil's
        power = upower(bus, on_battery=False, percent=80)
        for _ in range(2):
            async with power:
                await knocks.next()
                assert (await read(machine)).on_ac is True
                power.change(*UPOWER, OnBattery=Variant("b", True))
                await knocks.next()
                assert (await read(machine)).battery_percent == 80
                power.change(*UPOWER, OnBattery=Variant("b", False))
                await knocks.next()
            await knocks.next()
            assert (await read(machine)).battery_percent == 33


async def test_a_service_that_hangs_from_the_start_is_unknown(both_loops, bus, machine):
    async with (
        upower(bus, on_battery=True, percent=47),
        network_manager(bus, PHONE, metered=1) as network,
        machine,
    ):
        network.hangs = True
        for _ in range(3):
            assert await read(machine) == Readings(on_ac=False, battery_percent=47)
        assert network.asked == 1, "asked again while it hung"
        network.answer_late()
        async with asyncio.timeout(1):
            while (await read(machine)).metered is None:
                pass


async def test_a_service_that_becomes_slow_keeps_its_word_for_a_minute(bus, supplies):
    times = [1000.0]
    system = SystemBus(lambda: None)
    power = PsutilPower(supplies(BAT0=DISCHARGING))
    machine = SystemMachine(
        [UPower(system), NetworkManager(system)], power, Listeners(), system.close, lambda: times[0]
    )
    async with (
        upower(bus, on_battery=True, percent=47) as power_service,
        network_manager(bus, PHONE, metered=1) as network,
        machine,
    ):
        assert (await read(machine)).metered is True
        network.hangs = power_service.hangs = True
        for _ in range(2):
            readings = await read(machine)
            assert (readings.metered, readings.battery_percent) == (True, 47)
        times[0] += 59
        assert (await read(machine)).metered is True
        times[0] += 1
        readings = await read(machine)
        assert (readings.metered, readings.battery_percent) == (None, 33)
        network.answer_late()
        async with asyncio.timeout(1):
            while (await read(machine)).metered is None:
                pass


async def test_a_service_that_has_gone_is_no_slow_one(bus, machine):
    async with machine:
        async with network_manager(bus, PHONE, metered=1):
            assert (await read(machine)).metered is True
        assert (await read(machine)).metered is None


PHONE_CABLE = CABLE | {"driver": "ipheth", "default": True}


@pytest.mark.parametrize(
    ("connection", "metered", "tethered"),
    [
        (PHONE, 3, True),
        (PHONE, 4, None),
        (PHONE, 1, None),
        (PHONE | {"metered": 3}, 0, True),
        (CABLE | {"metered": 3}, 3, True),
        (CABLE, 4, None),
        (PHONE_CABLE, 4, True),
        (PHONE_CABLE | {"metered": 2}, 2, None),
        (STICK | {"metered": 3}, 3, None),
    ],
)
async def test_a_phone_that_shares_its_connection(bus, machine, connection, metered, tethered):
    async with network_manager(bus, connection, metered=metered), machine:
        assert (await read(machine)).tethered is tethered


@pytest.mark.parametrize(
    ("state", "connectivity", "expected"),
    [
        (70, 4, (None, False)),
        (70, 2, (None, True)),
        (70, 3, (None, None)),
        (60, 0, (None, None)),
        (20, 1, (False, None)),
        (10, 1, (False, None)),
        (0, 0, (None, None)),
    ],
)
async def test_cut_off_and_login_pages(bus, machine, state, connectivity, expected):
    async with network_manager(bus, PHONE) as network, machine:
        knocks = Knocks(machine)
        await read(machine)
        values = {"State": Variant("u", state), "Connectivity": Variant("u", connectivity)}
        network.change(*MANAGER, **values)
        await knocks.next()
        readings = await read(machine)
        assert (readings.online, readings.captive) == expected


async def test_everything_hangs(bus, machine):
    async with AsyncExitStack() as stack:
        for service in (
            upower(bus, on_battery=True, percent=47),
            network_manager(bus, PHONE),
            power_profiles(bus, "balanced"),
        ):
            (await stack.enter_async_context(service)).hangs = True
        await stack.enter_async_context(machine)
        assert await read(machine) == Readings(on_ac=False, battery_percent=33)


async def test_no_bus_is_psutil_alone(both_loops, no_bus, machine):
    async with machine:
        assert await read(machine) == Readings(on_ac=False, battery_percent=33)


async def test_a_bus_that_comes_late_and_starts_again(both_loops, no_bus, machine):
    async with machine:
        await read(machine)
        knocks = Knocks(machine)
        for _ in range(2):
            with running_bus(no_bus) as address:
                async with upower(address, on_battery=True, percent=47) as power:
                    assert (await read(machine)).battery_percent == 47
                    power.change(*UPOWER, OnBattery=Variant("b", False))
                    await knocks.next()
            await knocks.next()
            assert (await read(machine)).battery_percent == 33


async def test_a_bus_that_never_greets(both_loops, no_bus, machine):
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(os.fspath(no_bus))
        deaf.listen()
        async with machine:
            assert await read(machine) == Readings(on_ac=False, battery_percent=33)


async def test_closing_leaves_nothing_behind(both_loops, bus, machine):
    async with network_manager(bus, PHONE) as network:
        await read(machine)
        network.hangs = True
        await read(machine)
        await machine.close()
        await machine.close()
        assert asyncio.all_tasks() == {asyncio.current_task()}
        assert await machine.read() == Readings()


async def test_a_cancelled_read_can_be_repeated(bus, machine):
    async with upower(bus, on_battery=True, percent=47) as power, machine:
        power.hangs = True
        reading = asyncio.create_task(machine.read())
        await asyncio.sleep(0)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        power.hangs = False
        assert (await read(machine)).battery_percent == 47


async def test_a_bug_in_one_source_is_loud_and_harms_no_other(caplog, supplies):
    class Broken:
        async def read(self):
            raise ZeroDivisionError

    listeners = Listeners()
    machine = linux_machine(listeners, Broken())
    async with machine:
        assert await read(machine) == Readings()
    assert "Broken failed" in caplog.text


async def test_the_machine_of_this_platform(no_bus):
    async with pick_machine() as machine:
        await read(machine)


async def test_how_long_one_read_takes(both_loops, bus, machine, record):
    async with (
        upower(bus, on_battery=True, percent=47),
        network_manager(bus, TUNNEL, PHONE, metered=3),
        power_profiles(bus, "balanced"),
        machine,
    ):
        await read(machine)
        begin = time.perf_counter()
        for _ in range(50):
            await machine.read()
        took = (time.perf_counter() - begin) / 50 * 1000
        record(milliseconds=took)
        assert took < 100
