"""Each part of the world stops a running transfer within 2 s, and lets it go on: real parts.

A private system bus with stand-ins, the kernel's own list of power supplies read by psutil, a
cable between two network namespaces, the real engine and a slow demo server.
"""

import asyncio
import os
import socket
import sqlite3
import time
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from dbus_fast import Variant

import tray_app.engine.supervisor as supervisor_module
from tests.fakes.machine import FakeMachine
from tests.rig.networks import SERVER, two_networks
from tests.rig.system_bus import MANAGER, UPOWER, Logind, network_manager, upower
from tray_app.adapters.locations import find_locations
from tray_app.app.backup import Request, back_up
from tray_app.app.toasts import opened_channel
from tray_app.app.workshop import Workshop
from tray_app.app.world import World, _network, following, opened_world, rules_of
from tray_app.core.conditions import Medium, Readings
from tray_app.core.host import HostEvent
from tray_app.core.settings import Settings
from tray_app.core.snapshot import Overview, Phase
from tray_app.demo import server as demo_module
from tray_app.demo.faults import CaptivePortal, SlowRead
from tray_app.demo.server import DemoServer
from tray_app.engine.store import Store
from tray_app.engine.supervisor import Supervisor
from tray_app.ui.balloons import TrayBalloons

CABLE = {"type": "802-3-ethernet", "id": "Cable", "uuid": "cable", "default": True}
COUNT = 3


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(COUNT):
        file = folder / f"{number}.jpg"
        file.write_bytes(os.urandom(400_000))
        os.utime(file, (1_700_000_000, 1_700_000_000 + number))
    return folder


@pytest.fixture
def server(tmp_path):
    with DemoServer(tmp_path / "server") as demo:
        yield demo


class Life:
    """The service of one program, as the tray has it."""

    def __init__(self, server, world, store, supervisor, locations):
        self.server, self.world, self.store = server, world, store
        self.supervisor = supervisor
        self._database = locations.backup_db

    async def until(self, phase, seconds, reason=""):
        """Wait for a phase with a reason; returns after how many seconds it came."""
        begin, reached = time.monotonic(), asyncio.Event()

        def look(snapshot):
            if snapshot.phase is phase and reason in " ".join(snapshot.reasons):
                reached.set()

        end = self.store.subscribe(look)
        look(self.store.snapshot)
        try:
            async with asyncio.timeout(seconds):
                await reached.wait()
        except TimeoutError:
            raise AssertionError(
                f"{phase} {reason!r} did not come: {self.store.snapshot}"
            ) from None
        finally:
            end()
        return time.monotonic() - begin

    async def into_a_transfer(self):
        """Begin a backup and wait until bytes of a body have gone out."""
        self.server.faults.add(SlowRead(bytes_per_second=40_000))
        self.supervisor.back_up_now()
        async with asyncio.timeout(10):
            while not self.store.snapshot.upload.current_file:
                await asyncio.sleep(0.02)
        await asyncio.sleep(0.3)
        assert self.store.snapshot.phase is Phase.UPLOADING

    async def held(self, reason, within=2.0):
        """The transfer ends in time, the file is back in the queue and nothing has failed."""
        await self.until(Phase.WAITING, within, reason)
        assert self.server.assets() == []
        connection = sqlite3.connect(self._database)
        try:
            rows = connection.execute("SELECT count(*) FROM failure").fetchone()
            since = connection.execute("SELECT 1 FROM fact WHERE key = 'backupFailedSince'")
            assert (rows[0], since.fetchone()) == (0, None)
        finally:
            connection.close()
        self.server.faults.clear()

    async def goes_on(self, within):
        """The run goes on by itself and ends well."""
        begin = time.monotonic()
        async with asyncio.timeout(within + 5):
            while self.store.snapshot.phase is Phase.WAITING:
                await asyncio.sleep(0.01)
        assert time.monotonic() - begin < within
        await self.until(Phase.IDLE, 10)
        assert len(self.server.assets()) == COUNT


@asynccontextmanager
async def living(server, url, photos, tmp_path, settings=None, *, lan=False):
    """Run the service; `lan`: the server counts as one behind a network although it is here."""
    settings = settings or Settings()
    locations = find_locations({"IMMICH_TRAY_HOME": str(tmp_path / "home")})
    environ = {"IMMICH_INSTANCE_URL": url, "IMMICH_API_KEY": server.add_api_key()}
    workshop = Workshop.open(locations)
    store, quit_requested = Store(), asyncio.Event()
    request = Request(paths=(str(photos),))
    async with opened_world(workshop, lambda: settings, environ) as world:
        conditions = world.conditions(False)
        if lan:
            rules = conditions._rules
            conditions._rules = lambda: replace(rules(), needs_network=True)

        async def backup(hooks, *_):
            return await back_up(workshop, settings, request, hooks, environ, conditions)

        async def look():
            return Overview()

        async def hold(*_):
            return await conditions.look()

        supervisor = Supervisor(store, workshop.clock, backup, look, hold, print, quit_requested)
        async with (
            opened_channel(
                workshop, store, supervisor, TrayBalloons(), None, lambda: None
            ) as channel,
            following(world, supervisor, channel.native.system_stop),
        ):
            serving = asyncio.create_task(supervisor.serve())
            try:
                yield Life(server, world, store, supervisor, locations)
            finally:
                supervisor.quit()
                await asyncio.wait_for(serving, 8)
    workshop.close()


async def test_a_network_that_turns_metered(both_loops, bus, no_battery, server, photos, tmp_path):
    async with (
        network_manager(bus, CABLE, metered=4) as network,
        living(server, server.url, photos, tmp_path, lan=True) as life,
    ):
        await life.into_a_transfer()
        network.change(*MANAGER, Metered=Variant("u", 1))
        await life.held("“Cable” is metered.")
        network.change(*MANAGER, Metered=Variant("u", 2))
        await life.goes_on(within=2)


async def test_upload_anyway_on_this_network(bus, no_battery, server, photos, tmp_path):
    async with network_manager(bus, CABLE, metered=1):
        async with living(server, server.url, photos, tmp_path, lan=True) as life:
            life.supervisor.back_up_now()
            await life.until(Phase.WAITING, 3, "metered")
            assert await life.world.upload_anyway() == "Cable"
            life.supervisor.conditions_changed()
            await life.goes_on(within=2)
        (photos / "new.jpg").write_bytes(b"new")
        async with living(server, server.url, photos, tmp_path, lan=True) as life:
            life.supervisor.back_up_now()
            await life.until(Phase.CONNECTING, 3)
            await life.until(Phase.IDLE, 10)
            assert len(server.assets()) == COUNT + 1, "forgotten with the restart"
            life.world.choices.forget("cable")
            life.supervisor.back_up_now()
            await life.until(Phase.WAITING, 3, "metered")


async def test_unplugging_told_by_upower(bus, server, photos, tmp_path):
    settings = Settings(backup_require_charging=True)
    async with (
        upower(bus, on_battery=False, percent=80) as power,
        living(server, server.url, photos, tmp_path, settings) as life,
    ):
        await life.into_a_transfer()
        power.change(*UPOWER, OnBattery=Variant("b", True))
        await life.held("The computer runs on battery.")
        power.change(*UPOWER, OnBattery=Variant("b", False))
        await life.goes_on(within=2)


PLUGGED = {"type": "Mains", "online": 1}
CHARGE_LIMIT = {
    "type": "Battery",
    "status": "Not charging",
    "capacity": 80,
    "energy_now": 40_000_000,
    "energy_full": 50_000_000,
    "power_now": 0,
}
MOUSE = {"type": "Battery", "scope": "Device", "status": "Discharging", "capacity": 15}


async def test_unplugging_read_by_psutil(no_bus, supplies, server, photos, tmp_path, monkeypatch):
    """No service, no signal: a held charge and a mouse at 15 % let it go on, the plug does not."""
    monkeypatch.setattr(supervisor_module, "LONGEST_NAP", 1.0)
    folder = supplies(AC=PLUGGED, BAT0=CHARGE_LIMIT, hidpp_battery_0=MOUSE)
    monkeypatch.setattr("tray_app.desktop.power.FOLDER", folder)
    monkeypatch.setattr("tray_app.desktop.power.PsutilPower.__init__.__defaults__", (folder,))
    settings = Settings(backup_require_charging=True, backup_min_battery_percent=90)
    async with living(server, server.url, photos, tmp_path, settings) as life:
        await life.into_a_transfer()
        await asyncio.sleep(1.5)
        assert life.store.snapshot.phase is Phase.UPLOADING, "held by a mouse or a charge limit"
        supplies(AC={"online": 0}, BAT0={"status": "Discharging"})
        await life.held("The battery is at 80 %, below 90 %.")
        supplies(AC={"online": 1}, BAT0={"status": "Charging"})
        await life.goes_on(within=3)


async def test_sleep_and_wake(both_loops, bus, server, photos, tmp_path):
    async with Logind(bus) as login, living(server, server.url, photos, tmp_path) as life:
        await life.into_a_transfer()
        await login.until(held=True, seconds=1)
        login.prepare("Sleep", begins=True)
        assert await login.until(held=False, seconds=2) < 2, "sleep was delayed for too long"
        await life.held("The computer goes to sleep.")
        life.supervisor.conditions_changed()
        await asyncio.sleep(0.3)
        assert life.store.snapshot.phase is Phase.WAITING, "it went on although it sleeps"
        login.prepare("Sleep", begins=False)
        await life.goes_on(within=2)
        assert not login.held


async def test_shutdown_lets_the_program_end_in_good_order(bus, server, photos, tmp_path):
    async with Logind(bus) as login, living(server, server.url, photos, tmp_path) as life:
        server.faults.add(SlowRead(bytes_per_second=400_000))
        life.supervisor.back_up_now()
        await login.until(held=True, seconds=5)
        login.prepare("Shutdown", begins=True)
        await asyncio.wait_for(life.supervisor.quit_requested.wait(), 1)
        assert await login.until(held=False, seconds=5) < 5


@pytest.fixture
def lan(tmp_path, monkeypatch):
    """A demo server at the far end of a cable; no internet, no D-Bus."""

    def bind_there(port):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.bind((SERVER, port))  # a namespace of its own: nobody else can reach it
        return listener

    try:
        with two_networks() as cable:
            monkeypatch.setattr(demo_module, "bind", bind_there)
            with cable.far.do(lambda: DemoServer(tmp_path / "server")) as server:
                yield cable, server
    except PermissionError as refused:
        pytest.skip(f"the kernel lets nobody but root make a network here: {refused}")


@pytest.mark.parametrize("how", ["cable", "interface"])
async def test_a_link_that_goes_down_and_up(both_loops, how, no_bus, lan, photos, tmp_path):
    cable, server = lan
    down, up = {
        "cable": (cable.pull, cable.plug),
        "interface": (cable.switch_off, cable.switch_on),
    }[how]
    async with living(server, f"http://{SERVER}:{server.port}", photos, tmp_path) as life:
        await life.into_a_transfer()
        down()
        await life.held("This computer is offline")
        await asyncio.sleep(0.3)
        up()
        await life.goes_on(within=3)


async def test_starting_offline_is_waiting_and_no_failure(no_bus, lan, photos, tmp_path):
    cable, server = lan
    cable.pull()
    async with living(server, f"http://{SERVER}:{server.port}", photos, tmp_path) as life:
        life.supervisor.back_up_now()
        await life.until(Phase.WAITING, 3, "This computer is offline")
        cable.plug()
        await life.goes_on(within=3)


async def test_a_silent_system_is_asked_again_within_a_minute(
    no_bus, lan, photos, tmp_path, monkeypatch
):
    """No signal at all: the minute of the supervisor, made short."""
    assert supervisor_module.LONGEST_NAP == 60
    monkeypatch.setattr(supervisor_module, "LONGEST_NAP", 0.5)
    monkeypatch.setattr("tray_app.desktop.linux.netlink._GROUPS", 0)
    cable, server = lan
    async with living(server, f"http://{SERVER}:{server.port}", photos, tmp_path) as life:
        await life.into_a_transfer()
        cable.pull()
        await life.held("This computer is offline")
        cable.plug()
        await life.goes_on(within=2)


async def test_a_login_page_of_the_network_is_waiting(
    bus, no_battery, server, photos, tmp_path, monkeypatch
):
    monkeypatch.setattr(supervisor_module, "LONGEST_NAP", 0.5)
    monkeypatch.setattr("tray_app.engine.passing.PORTAL_SECONDS", 1.0)
    monkeypatch.setattr("tray_app.engine.connect.CONNECT_PATIENCE", 0.5)
    monkeypatch.setattr("tray_app.app.backup.CONNECT_PATIENCE", 0.5)
    async with living(server, server.url, photos, tmp_path, lan=True) as life:
        server.faults.add(CaptivePortal())
        life.supervisor.back_up_now()
        reason = "This network wants you to log in first (captive portal)."
        await life.held(reason, within=5)
        await life.goes_on(within=5)


async def test_a_login_page_that_network_manager_knows(bus, no_battery, server, photos, tmp_path):
    async with (
        network_manager(bus, CABLE) as network,
        living(server, server.url, photos, tmp_path, lan=True) as life,
    ):
        await life.into_a_transfer()
        network.change(*MANAGER, Connectivity=Variant("u", 2))
        await life.held("“Cable” wants you to log in first (captive portal).")
        network.change(*MANAGER, Connectivity=Variant("u", 4))
        await life.goes_on(within=2)


@pytest.mark.parametrize(
    ("address", "background", "needs", "quiet"),
    [
        ("http://127.0.0.1:2283/api", True, False, True),
        ("http://nas.lan/api", False, True, False),
        ("", True, True, True),
    ],
)
def test_settings_as_rules(address, background, needs, quiet):
    settings = Settings(quiet_hours="22:00-06:00", backup_min_battery_percent=33)
    rules = rules_of(settings, address, background=background)
    assert (rules.needs_network, rules.quiet_hours is not None) == (needs, quiet)
    assert rules.min_battery_percent == 33


class Hearer:
    """Writes down what it is told."""

    def __init__(self):
        self.heard = asyncio.Queue()

    def __getattr__(self, name):
        return lambda *_: self.heard.put_nowait(name)


class FakeHost:
    def on_event(self, listener):
        self.tell = listener
        return lambda: None


async def test_sync_and_backup_both_hear_of_the_computer(both_loops):
    machine, host = FakeMachine(Readings(online=True, network_id="home")), FakeHost()
    backup, sync, stop = Hearer(), Hearer(), Hearer()
    async with following(World(machine, host, None, {}), backup, stop.stop, sync):
        await asyncio.sleep(0)  # the first look at the network
        for change, name in [
            (lambda: machine.change(network_id="café"), "network_changed"),
            (lambda: machine.change(on_ac=False), "conditions_changed"),
            (lambda: host.tell(HostEvent.WOKE), "woke"),
            (lambda: host.tell(HostEvent.UNLOCKED), "resumed"),
        ]:
            change()
            for hearer in (backup, sync):
                assert await asyncio.wait_for(hearer.heard.get(), 10) == name
        host.tell(HostEvent.ABOUT_TO_SHUT_DOWN)
        assert (stop.heard.get_nowait(), sync.heard.empty()) == ("stop", True)


@pytest.mark.parametrize(
    ("before", "after", "is_another"),
    [
        ({}, {"on_ac": False, "metered": True, "battery_percent": 5.0}, False),
        ({"online": None, "captive": None}, {"online": True, "captive": False}, False),
        ({"online": False}, {"online": None}, True),
        ({"online": True}, {"online": False}, True),
        ({"captive": True}, {"captive": None}, True),
        ({"network_id": "home"}, {"network_id": "café"}, True),
        ({"medium": Medium.WIFI}, {"medium": Medium.ETHERNET}, True),
    ],
)
def test_what_is_another_network(before, after, is_another):
    assert (_network(Readings(**before)) != _network(Readings(**after))) is is_another
