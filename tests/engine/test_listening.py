"""Listening as a service: when it connects, what it makes of events; on a clock that tests move."""

import asyncio
import contextlib
import dataclasses
import time

import httpx
import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.realtime import FakeRealtime
from tray_app.adapters.clock import SystemClock
from tray_app.adapters.immich.realtime import ImmichRealtime
from tray_app.core.errors import Need, NeedsUser, TryLater
from tray_app.core.realtime import Circumstances
from tray_app.core.server import SignIn
from tray_app.demo.server import DemoServer
from tray_app.engine.realtime import Listening, Reactions

PATIENCE = 20


class World:
    def __init__(self, realtime=None, clock=None, **options):
        self.realtime = realtime or FakeRealtime()
        self.clock = clock or FakeClock()
        self.around = Circumstances(visible=True, on_ac=True, online=True)
        self.syncs, self.sign_ins, self.settings = 0, 0, 0
        self.versions, self.batches = [], []
        self.apply_error = None
        self.applies = True
        self.synced = asyncio.Event()
        reactions = Reactions(
            connected=self._sync,
            sync=self._sync,
            apply=self._apply,
            sign_in_again=lambda: self._count("sign_ins"),
            version_is=lambda version: self.versions.append(str(version)),
            settings_changed=lambda: self._count("settings"),
        )
        self.service = Listening(
            self.realtime, self.clock, self._look, reactions, chance=lambda: 0.999, **options
        )

    def _count(self, name):
        setattr(self, name, getattr(self, name) + 1)

    def _sync(self):
        self.syncs += 1
        self.synced.set()

    async def _apply(self, ready, since):
        self.batches.append([each.asset_id for each in ready])
        self.since = since
        if self.apply_error:
            raise self.apply_error
        return self.applies

    async def _look(self):
        return self.around

    def change(self, **around):
        self.around = dataclasses.replace(self.around, **around)
        self.service.reconsider()

    async def settle(self):
        for _ in range(30):
            await asyncio.sleep(0)

    async def advance(self, seconds):
        await self.settle()
        await self.clock.advance(seconds)
        await self.settle()


@contextlib.asynccontextmanager
async def serving(world):
    task = asyncio.create_task(world.service.serve())
    await world.settle()
    try:
        yield world
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def ready(number):
    return {"asset": {"id": str(number)}, "exif": {"assetId": str(number)}}


async def test_each_connection_begins_with_one_sync_however_often_it_is_greeted(both_loops):
    async with serving(World()) as world:
        version = {"major": 3, "minor": 0, "patch": 3}
        world.realtime.tell("on_server_version", version)
        assert (world.syncs, world.versions) == (1, ["3.0.3"])
        assert world.service.connected
        world.realtime.end()
        await world.settle()
        assert not world.service.connected
        assert isinstance(world.service.trouble, TryLater)
        await world.advance(1)
        assert (world.realtime.connects, world.syncs) == (2, 2)
        assert world.service.trouble is None
        world.realtime.tell("on_server_version", version | {"minor": 1})
        assert world.versions == ["3.0.3", "3.1.3"]


SYNCING = [
    "on_asset_delete",
    "on_asset_trash",
    "on_asset_restore",
    "on_asset_update",
    "on_asset_hidden",
    "on_upload_success",
]


@pytest.mark.parametrize("event", SYNCING)
async def test_every_event_of_the_requirement_is_one_sync_after_five_seconds(event):
    async with serving(World()) as world:
        world.realtime.tell(event, {"id": "1"})
        await world.advance(4.9)
        assert world.syncs == 1
        await world.advance(0.2)
        assert world.syncs == 2
        await world.advance(60)
        assert world.syncs == 2


async def test_events_that_go_on_are_acted_on_after_ten_seconds(both_loops):
    async with serving(World()) as world:
        for _ in range(9):
            world.realtime.tell("on_asset_delete", "1")
            await world.advance(1.1)
        assert world.syncs == 1
        world.realtime.tell("on_asset_delete", "1")
        await world.advance(0.2)
        assert world.syncs == 2


async def test_ten_thousand_events_in_two_seconds_are_one_sync(both_loops):
    async with serving(World()) as world:
        for number in range(10_000):
            world.realtime.tell(SYNCING[number % len(SYNCING)], {"id": str(number)})
            if number % 100 == 99:
                await world.clock.advance(0.02)
        await world.advance(60)
        assert world.syncs == 2


async def test_new_assets_are_applied_in_one_batch_without_a_sync():
    async with serving(World()) as world:
        for number in (1, 2):
            world.realtime.tell("on_upload_success", {"id": str(number)})
            world.realtime.tell("AssetUploadReadyV2", ready(number))
        await world.advance(5.1)
        assert (world.batches, world.syncs) == ([["1", "2"]], 1)


async def test_what_only_a_sync_can_tell_is_left_to_it():
    async with serving(World()) as world:
        world.applies = False
        begin = world.clock.monotonic()
        world.realtime.tell("AssetUploadReadyV2", ready(1))
        await world.advance(5.1)
        assert (world.syncs, world.since) == (2, begin)


@pytest.mark.parametrize("error", [TryLater("busy"), ValueError("a bug")])
async def test_a_batch_that_cannot_be_applied_is_left_to_a_sync(error):
    async with serving(World()) as world:
        world.apply_error = error
        for round_ in (2, 3):
            world.realtime.tell("AssetUploadReadyV1", ready(1))
            await world.advance(5.1)
            assert world.syncs == round_


async def test_the_servers_settings_are_read_anew():
    async with serving(World()) as world:
        world.realtime.tell("on_config_update")
        world.realtime.tell("AppRestartV1", {"isMaintenanceMode": True})
        await world.advance(60)
        assert (world.settings, world.syncs) == (1, 1)


async def test_reconnecting_waits_longer_each_time_until_a_connection_holds():
    async with serving(World()) as world:
        for pause in (1, 2, 5, 10, 30, 60):
            world.realtime.end()
            connects = world.realtime.connects
            await world.advance(pause * 0.99)
            assert world.realtime.connects == connects
            await world.advance(pause * 0.02)
            assert world.realtime.connects == connects + 1
        await world.advance(60)
        world.realtime.end()
        await world.advance(1)
        assert world.service.connected


async def test_a_server_may_say_how_long_to_stay_away():
    async with serving(World()) as world:
        world.realtime.end(TryLater("Maintenance.", after=300))
        await world.advance(299)
        assert world.realtime.connects == 1
        await world.advance(2)
        assert world.realtime.connects == 2


async def test_wake_and_network_reconnect_at_once_and_a_window_where_it_is_needed():
    async with serving(World()) as world:
        world.service.reconnect()
        await world.settle()
        assert (world.realtime.connects, world.realtime.listeners, world.syncs) == (2, 1, 2)
        world.service.resumed()
        await world.settle()
        assert world.realtime.connects == 2
        world.realtime.end(TryLater("Maintenance.", after=300))
        await world.settle()
        world.service.resumed()
        await world.settle()
        assert world.realtime.connects == 3


@pytest.mark.parametrize("own", [None, "mine"])
async def test_the_end_of_our_session_asks_to_sign_in_again(own):
    async with serving(World(own_session=own)) as world:
        if own:
            world.realtime.tell("on_session_delete", "another")
            await world.settle()
            assert (world.sign_ins, world.realtime.listeners) == (0, 1)
        world.realtime.tell("on_session_delete", "mine")
        await world.advance(3600)
        assert (world.sign_ins, world.realtime.listeners, world.realtime.connects) == (1, 0, 1)
        world.service.resumed()
        await world.settle()
        assert world.service.connected


@pytest.mark.parametrize(("need", "asked"), [(Need.SIGN_IN, 1), (Need.PERMISSION, 0)])
async def test_a_refusal_lasts_until_something_around_us_changes(need, asked):
    world = World()
    world.realtime.refusal = NeedsUser("No.", need=need)
    async with serving(world):
        await world.advance(3600)
        assert (world.sign_ins, world.realtime.connects) == (asked, 1)
        assert world.service.trouble is world.realtime.refusal
        world.realtime.refusal = None
        world.service.reconnect()
        await world.settle()
        assert world.service.connected


async def test_on_battery_it_leaves_a_minute_after_the_last_window():
    async with serving(World()) as world:
        world.change(visible=False)
        await world.advance(3600)
        assert world.service.connected
        world.change(on_ac=False)
        await world.advance(59)
        assert world.service.connected
        await world.advance(2)
        assert world.realtime.listeners == 0
        world.service.resumed()
        world.change(visible=True)
        await world.settle()
        assert (world.realtime.listeners, world.syncs) == (1, 2)


async def test_a_window_that_comes_back_within_a_minute_keeps_the_connection():
    async with serving(World()) as world:
        world.change(visible=False, in_background=False)
        await world.advance(50)
        world.change(visible=True)
        await world.advance(3600)
        assert (world.realtime.connects, world.service.connected) == (1, True)


async def test_the_setting_acts_at_once_in_the_background_and_offline_is_not_tried():
    world = World()
    world.around = Circumstances(visible=False, on_ac=True, in_background=False)
    async with serving(world):
        await world.advance(3600)
        assert world.realtime.connects == 0
        world.change(in_background=True, online=False)
        await world.settle()
        assert world.realtime.connects == 0
        world.change(online=True)
        await world.settle()
        assert world.service.connected


async def test_idle_means_no_timer():
    async with serving(World()) as world:
        await world.advance(3600)
        assert world.clock.slept == []


async def heard_in_real_time(server, act):
    """Return how long a sync took to come, how long until nothing was left, and the world."""
    sign_in = SignIn(f"{server.url}/api", access_token=server.add_session())
    world = World(ImmichRealtime(sign_in), SystemClock())
    async with serving(world):
        await asyncio.wait_for(world.synced.wait(), PATIENCE)
        world.synced.clear()
        begin = time.monotonic()
        acting = asyncio.create_task(act(world))
        await asyncio.wait_for(world.synced.wait(), PATIENCE)
        took = time.monotonic() - begin
        await acting
        async with asyncio.timeout(PATIENCE):
            while world.service._settling:
                await asyncio.sleep(0.01)
        return took, time.monotonic() - begin, world


async def test_ten_thousand_events_over_a_real_socket_are_one_sync(tmp_path, both_loops):
    """In real time: nothing happens in the five seconds after them."""

    async def send(server):
        for number in range(10_000):
            await server.realtime.emit("on_asset_delete", str(number), room=server.user().id)

    async with DemoServer(tmp_path / "demo") as server:

        async def act(_world):
            await asyncio.to_thread(server._listener.call, send(server))

        took, whole, world = await heard_in_real_time(server, act)
        assert took >= 5
        # A busy machine may need more than ten seconds for them, which is what the cap is for.
        assert world.syncs - 1 <= max(whole // 5, 1)


async def test_events_that_go_on_are_capped_in_real_time(tmp_path):
    async with DemoServer(tmp_path / "demo") as server:

        async def act(world):
            while not world.synced.is_set():
                await asyncio.to_thread(server.emit, "on_asset_delete", "1")
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(world.synced.wait(), 0.5)

        took, *_ = await heard_in_real_time(server, act)
        assert took >= 9.9


async def test_a_restarted_server_is_found_again_and_costs_one_sync(tmp_path, both_loops):
    async with DemoServer(tmp_path / "demo") as server:
        sign_in = SignIn(f"{server.url}/api", access_token=server.add_session())
        world = World(ImmichRealtime(sign_in), SystemClock())
        ended = asyncio.create_task(world.service.serve())
        await asyncio.wait_for(world.synced.wait(), PATIENCE)
        world.synced.clear()
    async with DemoServer(tmp_path / "demo", port=server.port):
        await asyncio.wait_for(world.synced.wait(), PATIENCE)
        assert (world.syncs, world.sign_ins) == (2, 0)
        ended.cancel()
        await asyncio.gather(ended, return_exceptions=True)


async def test_a_logout_elsewhere_asks_to_sign_in_again(tmp_path):
    async with DemoServer(tmp_path / "demo") as server:
        token = server.add_session()
        world = World(ImmichRealtime(SignIn(f"{server.url}/api", access_token=token)))
        async with serving(world):
            await asyncio.wait_for(world.synced.wait(), PATIENCE)
            headers = {"Authorization": f"Bearer {token}"}
            await asyncio.to_thread(
                httpx.post, f"{server.url}/api/auth/logout", headers=headers, json={}
            )
            async with asyncio.timeout(PATIENCE):
                while not world.sign_ins:
                    await asyncio.sleep(0.01)
        assert world.sign_ins == 1
