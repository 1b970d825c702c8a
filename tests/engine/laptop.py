"""A laptop's life under a fake clock: the real service, real runs, files, SQLite and HTTP.

Time stands still while requests are on their way; it moves when everybody sleeps.
"""

import asyncio
import heapq
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from tests.fakes.clock import FakeClock
from tests.fakes.machine import FakeMachine
from tray_app.adapters.clock import SystemClock
from tray_app.adapters.locations import find_locations
from tray_app.app.backup import Request, back_up
from tray_app.app.overview import overview
from tray_app.app.sync import sync_as
from tray_app.app.workshop import Workshop
from tray_app.app.world import rules_of
from tray_app.core.conditions import Medium, Readings
from tray_app.core.host import HostEvent
from tray_app.core.server import SignIn
from tray_app.core.service.states import RUNNING, State
from tray_app.core.setting_specs import Folder
from tray_app.core.settings import Settings
from tray_app.core.sync_schedule import Trigger
from tray_app.demo.faults import Maintenance
from tray_app.demo.server import DemoServer
from tray_app.engine.conditions import Conditions
from tray_app.engine.passing import Passing
from tray_app.engine.store import Store
from tray_app.engine.supervisor import Supervisor
from tray_app.engine.sync_service import SyncService

DELAY = 30.0  # minutes
SYNC_MINUTES = Settings().sync_interval
BUSY = RUNNING | {State.CHECKING}
HOME = Readings(
    online=True, metered=False, medium=Medium.WIFI, network_id="home", on_ac=True, captive=False
)
NETWORKS = {
    "home": {"online": True, "metered": False, "network_id": "home", "captive": False},
    "metered": {"online": True, "metered": True, "network_id": "phone", "captive": False},
    "captive": {"online": True, "metered": False, "network_id": "café", "captive": True},
    "offline": {"online": False, "metered": None, "network_id": None, "captive": None},
}


class LaptopClock(FakeClock):
    """Begins now, for the files' times are the real ones; `sleep_through` stops all timers."""

    def __init__(self) -> None:
        super().__init__()
        self._begin = SystemClock().now()
        self._asleep = 0.0
        self.fired = 0

    def now(self) -> datetime:
        return self._begin + timedelta(seconds=self._passed + self._asleep)

    def sleep_through(self, seconds: float) -> None:
        """Let the wall clock go on, as a suspended computer has it."""
        self._asleep += seconds

    @property
    def sleeping(self) -> int:
        """How many wait for a moment."""
        return sum(1 for _, _, waiting in self._sleepers if not waiting.done())

    def _wake_until(self, moment: float) -> None:
        live = [sleeper for sleeper in self._sleepers if not sleeper[2].done()]
        self.fired += sum(1 for due, _, _ in live[:1] if due <= moment)
        self._sleepers[:] = live
        heapq.heapify(self._sleepers)
        super()._wake_until(moment)


class Laptop:
    """The service, its world, and what the rules say about every moment of it."""

    def __init__(self, server: DemoServer, mirrored: DemoServer, folder: Path) -> None:
        self.server, self.clock, self.machine = server, LaptopClock(), FakeMachine(HOME)
        self.photos = folder / "photos"
        self.photos.mkdir()
        self.settings = Settings(
            background_backup=True, folders=(Folder(os.fspath(self.photos)),), quiet_hours=""
        )
        environ = {"IMMICH_INSTANCE_URL": server.url, "IMMICH_API_KEY": server.add_api_key()}
        shop = Workshop.open(find_locations({"IMMICH_TRAY_HOME": str(folder / "home")}))
        self.shop = replace(shop, clock=self.clock)
        self.passing = Passing(self.clock)
        self.conditions = Conditions(self.machine, self.rules, self.clock, passing=self.passing)
        self.asleep = self.server_is_down = False
        self.asking = 0  # questions of the service that are answered outside the loop
        self.signs = self.count = self.idle_minutes = 0
        self.first: float | None = None  # minute of the first and last photo not backed up
        self.last = 0.0
        self.free_for = 0.0  # minutes for which nothing has stood in the way
        self.sync_free_for = 0.0  # likewise, of the sync
        self.quit = asyncio.Event()
        store = Store()
        store.subscribe(self._sign)

        async def backup(hooks, order):
            request = Request(background=not order.asked)
            return await back_up(self.shop, self.settings, request, hooks, environ, self.conditions)

        async def look():
            with self._asking():
                return await overview(self.shop.backup_db, None, self.clock.now())

        async def hold(_asked):
            with self._asking():
                return await self.conditions.look()

        self.service = Supervisor(store, self.clock, backup, look, hold, print, self.quit)
        self.store = store
        # Of a second server, so that the requests of the backup can be counted.
        self.mirrored = mirrored
        session = SignIn(f"{mirrored.url}/api", access_token=mirrored.add_session())
        owner = mirrored.user().id
        self.syncs: list[float] = []  # minutes
        self.failed_syncs = self.looks = 0
        self.knocks = 0  # that ask for a sync before its time

        async def sync(_full):
            self.syncs.append(self.minute)
            self.failed_syncs += self.server_is_down
            with self._asking():
                return await sync_as(self.shop, session, owner)

        async def reach():
            self.looks += 1
            with self._asking():
                return await self.conditions.look_at_reach()

        self.sync = SyncService(
            self.clock, sync, lambda: self.settings.sync_interval, reach, chance=lambda: 0.0
        )
        self.machine.on_change(self._changed)
        self.service.settings_changed(self.settings)

    def _sign(self, _snapshot: object) -> None:
        self.signs += 1

    def _changed(self) -> None:
        self.service.network_changed()
        self._knock(Trigger.NETWORK)

    def _knock(self, trigger: Trigger) -> None:
        self.knocks += 1
        self.sync.knock(trigger)

    @contextmanager
    def _asking(self):
        self.asking += 1
        try:
            yield
        finally:
            self.asking -= 1

    def rules(self):
        """The rules of a server behind a network although it is here."""
        rules = rules_of(self.settings, self.server.url, background=True)
        return replace(rules, needs_network=True)

    @property
    def allowed(self) -> bool:
        """Tell whether anything may be sent now; in words of its own, not by the code tested."""
        now = self.machine.readings
        flat = now.on_ac is False and (now.battery_percent or 0) < 20
        return bool(now.online and not now.metered and not now.captive and not flat)

    @property
    def minute(self) -> float:
        """Minutes of this life, sleep included."""
        return (self.clock.now() - self.clock._begin).total_seconds() / 60

    # What happens.

    def photo(self) -> None:
        self.count += 1
        file = self.photos / f"{self.count}.jpg"
        file.write_bytes(f"photo {self.count}".encode() * 500)
        os.utime(file, (1_700_000_000 + self.count,) * 2)
        self.service.files_changed(frozenset({os.fspath(self.photos)}))
        self.first, self.last = self.first or self.minute, self.minute

    def network(self, name: str) -> None:
        self.machine.change(**NETWORKS[name])

    def charger(self, *, on: bool, percent: float = 80.0) -> None:
        self.machine.change(on_ac=on, battery_percent=percent)

    def restart_server(self) -> None:
        self.server_is_down = not self.server_is_down
        for server in (self.server, self.mirrored):
            if self.server_is_down:
                server.faults.add(Maintenance())
            else:
                server.faults.clear()

    async def sleep(self, minutes: float) -> None:
        """Be suspended: nothing runs, and no timer."""
        self.asleep = True
        self.passing.heard(HostEvent.ABOUT_TO_SLEEP)
        self.service.sleeps()
        await self.settle()
        before = self._requests
        self.clock.sleep_through(minutes * 60)
        self.asleep = False
        self.free_for = self.sync_free_for = 0.0
        assert self._requests == before
        self.passing.heard(HostEvent.WOKE)
        self.service.woke()
        self._knock(Trigger.WAKE)
        await self.settle()

    def __repr__(self) -> str:
        snapshot, agenda = self.store.snapshot, self.service._service.agenda
        return f"minute {self.minute}, free for {self.free_for}, {snapshot}, {agenda}"

    # Time.

    async def minutes(self, count: int) -> None:
        """Live on minute by minute, holding each of them against the rules."""
        await self.settle()
        for _ in range(count):
            await self._one_minute()

    async def _one_minute(self) -> None:
        may, backlog = self.allowed, self.backlog
        due, requests = self._due(), self.server.log.total
        fired, idle = self.clock.fired, self.service._service.state is State.IDLE
        syncs, looks = len(self.syncs), self.looks
        await self.clock.advance(60)
        await self.settle()
        asked = self.server.log.total - requests
        self._judge_syncs(len(self.syncs) - syncs)
        assert may or not asked, f"{asked} requests outside the rules at minute {self.minute}"
        if self.minute < due - 0.001:  # the service counts in microseconds, these are floats
            assert not asked, f"{asked} requests before the trigger delay was over"
        if not asked:
            woke = self.clock.fired - fired - (self.looks - looks)
            assert woke <= 1, "woke more than once in a minute"
        if idle:
            assert not asked, f"{asked} requests although there was nothing to do"
            assert not backlog, "idle although photos wait"
            self.idle_minutes += 1
        free = may and not self.server_is_down
        self.free_for = self.free_for + 1 if free else 0.0
        if self.free_for > self.patience and self.minute > due + 2:
            assert not self.backlog, f"{self.backlog} photos wait: {self}"
        if not self.backlog:
            self.first = None

    def _judge_syncs(self, count: int) -> None:
        """Hold a minute against the sync's rules: it obeys no condition but a way to the server."""
        reachable = bool(self.machine.readings.online and not self.machine.readings.captive)
        assert count <= 1, f"{count} syncs in minute {self.minute}"
        assert reachable or not count, "a sync without a way to the server"
        free = reachable and not self.server_is_down
        self.sync_free_for = self.sync_free_for + 1 if free else 0.0
        if self.sync_free_for > SYNC_MINUTES:
            since = self.minute - self.syncs[-1]
            assert since < SYNC_MINUTES + 1, f"no sync for {since} minutes"

    @property
    def patience(self) -> float:
        """Minutes within which a run begins: the longest cooling down after the server's."""
        return 17.0 if self.store.snapshot.resume_at or self.free_for < 17 else 2.0

    def _due(self) -> float:
        """When the delay is over; a backlog whose run was begun once waits for no delay."""
        if self.first is None:
            return 0.0
        return 0.0 if self.begun else min(self.last + DELAY, self.first + 10 * DELAY)

    @property
    def begun(self) -> bool:
        agenda = self.service._service.agenda
        return agenda.pressing or agenda.trouble is not None or agenda.first_change is None

    @property
    def backlog(self) -> int:
        return self.count - len(self.server.assets())

    async def settle(self) -> None:
        """Let the run end that is under way; time moves on only when everybody sleeps."""
        for _ in range(15):
            await asyncio.sleep(0)
        signs, still = self._life(), 0
        while self.asking or self.service._service.state in BUSY:
            await asyncio.sleep(0.001)
            still = still + 1 if signs == self._life() else 0
            signs = self._life()
            # The naps of service and sync are always there; a third sleeper is the run's.
            if still > 60 and not self.asking and self.clock.sleeping > 2:
                self.clock._next()
                still = 0

    def _life(self) -> tuple[int, int]:
        return self.signs, self._requests

    @property
    def _requests(self) -> int:
        return self.server.log.total + self.mirrored.log.total


@asynccontextmanager
async def laptop(server: DemoServer, folder: Path) -> AsyncIterator[Laptop]:
    with DemoServer(folder / "mirrored") as mirrored:
        it = Laptop(server, mirrored, folder)
        serving = asyncio.create_task(it.service.serve())
        syncing = asyncio.create_task(it.sync.serve())
        await it.settle()
        try:
            yield it
        finally:
            it.quit.set()
            syncing.cancel()
            await asyncio.wait([syncing])
            await asyncio.wait_for(serving, 10)
            it.shop.close()
