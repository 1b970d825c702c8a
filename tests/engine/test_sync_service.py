"""When the library is synced: every trigger, one at a time, and trouble that waits longer."""

import asyncio
import contextlib

import pytest

from tests.fakes.clock import BEGIN, FakeClock
from tray_app.core.conditions import Blocker, Reason
from tray_app.core.errors import Need, NeedsUser, TryLater
from tray_app.core.sync_schedule import BUG, IMPATIENT, Trigger, Trouble
from tray_app.engine.sync_service import SyncService

OFFLINE = Reason(Blocker.OFFLINE, "Offline.", "Connect.")
PATIENT = sorted(set(Trigger) - IMPATIENT)


class World:
    def __init__(self):
        self.clock = FakeClock()
        self.minutes = 15
        self.held = ()
        self.error = None
        self.gate = None
        self.syncs = self.together = self.most_together = 0
        self.states, self.fulls = [], []
        self.service = SyncService(
            self.clock,
            self._sync,
            lambda: self.minutes,
            self._hold,
            changed=self.states.append,
            chance=lambda: 0.0,
        )

    async def _hold(self):
        return self.held

    async def _sync(self, full):
        self.fulls.append(full)
        self.syncs += 1
        self.together += 1
        self.most_together = max(self.together, self.most_together)
        try:
            if self.gate:
                await self.gate.wait()
            if self.error:
                raise self.error
        finally:
            self.together -= 1
        return f"report {self.syncs}"

    async def settle(self):
        for _ in range(30):
            await asyncio.sleep(0)

    async def advance(self, seconds):
        await self.clock.advance(seconds)
        await self.settle()

    async def knock(self, trigger):
        self.service.knock(trigger)
        await self.settle()


@contextlib.asynccontextmanager
async def serving(world=None):
    world = world or World()
    task = asyncio.create_task(world.service.serve())
    await world.settle()
    try:
        yield world
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_the_start_syncs_and_the_state_says_what_it_did(both_loops):
    async with serving() as world:
        assert world.syncs == 1
        state = world.service.state
        assert (state.running, state.last_success, state.report) == (False, BEGIN, "report 1")
        assert [it.running for it in world.states] == [True, True, False]


@pytest.mark.parametrize("trigger", list(Trigger))
async def test_every_knock_syncs_at_once(trigger):
    async with serving() as world:
        await world.knock(trigger)
        assert world.syncs == 2


async def test_every_interval_syncs_and_a_knock_begins_it_anew():
    async with serving() as world:
        await world.advance(899)
        assert world.syncs == 1
        await world.advance(1)
        assert world.syncs == 2
        await world.advance(600)
        await world.knock(Trigger.REALTIME)
        await world.advance(899)
        assert world.syncs == 3
        await world.advance(1)
        assert world.syncs == 4


async def test_knocks_during_a_sync_cause_exactly_one_more(both_loops):
    world = World()
    world.gate = asyncio.Event()
    async with serving(world):
        for trigger in [*Trigger] * 100:
            world.service.knock(trigger)
        await world.settle()
        assert (world.syncs, world.service.state.running) == (1, True)
        world.gate.set()
        await world.settle()
        assert (world.syncs, world.most_together) == (2, 1)
        await world.advance(899)
        assert world.syncs == 2


async def test_trouble_waits_longer_each_time_and_says_why():
    async with serving() as world:
        world.error = TryLater("The server is busy.", remedy="Wait.")
        await world.knock(Trigger.REALTIME)
        assert world.service.state.trouble == Trouble("The server is busy.", "Wait.")
        assert world.service.state.report == "report 1"
        for minutes in (1, 2, 4, 8, 15, 15):
            syncs = world.syncs
            for patient in PATIENT:
                await world.knock(patient)
            await world.advance(minutes * 60 - 1)
            assert world.syncs == syncs
            await world.advance(1)
            assert world.syncs == syncs + 1
        world.error = None
        await world.advance(900)
        assert world.service.state.trouble is None


@pytest.mark.parametrize("trigger", sorted(IMPATIENT))
async def test_what_may_end_the_trouble_does_not_wait_for_it(trigger):
    async with serving() as world:
        world.error = TryLater("Busy.", after=3000)
        await world.knock(Trigger.REALTIME)
        await world.advance(2000)
        assert world.syncs == 2
        world.error = None
        await world.knock(trigger)
        assert world.syncs == 3
        assert world.service.state.trouble is None


async def test_what_needs_a_person_is_tried_at_the_interval_only():
    async with serving() as world:
        world.error = NeedsUser("Refused.", need=Need.SIGN_IN)
        await world.knock(Trigger.REALTIME)
        assert world.service.state.trouble.need is Need.SIGN_IN
        await world.knock(Trigger.REALTIME)
        await world.advance(899)
        assert world.syncs == 2
        await world.advance(1)
        assert world.syncs == 3


async def test_a_bug_is_loud_and_does_not_end_the_service(caplog):
    async with serving() as world:
        world.error = ValueError("oops")
        await world.knock(Trigger.REALTIME)
        assert world.service.state.trouble == BUG
        assert "this is a bug" in caplog.text
        caplog.clear()
        world.error = None
        await world.advance(60)
        assert (world.syncs, world.service.state.trouble) == (3, None)


async def test_offline_is_waiting_and_no_trouble():
    world = World()
    world.held = (OFFLINE,)
    async with serving(world):
        assert (world.syncs, world.service.state.held) == (0, (OFFLINE,))
        assert world.service.state.trouble is None
        await world.knock(Trigger.RUN_ENDED)
        await world.advance(800)
        assert world.syncs == 0
        world.held = ()
        await world.knock(Trigger.NETWORK)
        assert (world.syncs, world.service.state.held) == (1, ())


async def test_a_way_back_that_nobody_tells_of_is_found_at_the_interval():
    world = World()
    world.held = (OFFLINE,)
    async with serving(world):
        world.held = ()
        await world.advance(900)
        assert world.syncs == 1


@pytest.mark.parametrize("offline", [False, True])
async def test_another_interval_acts_at_once(offline):
    async with serving() as world:
        if offline:
            world.held = (OFFLINE,)
            await world.knock(Trigger.WAKE)
            world.held = ()
        await world.advance(300)
        world.minutes = 5
        world.service.settings_changed()
        await world.settle()
        assert world.syncs == 2
        world.minutes = 60
        world.service.settings_changed()
        await world.advance(3599)
        assert world.syncs == 2
        await world.advance(1)
        assert world.syncs == 3


async def test_idle_has_no_timer_under_a_minute():
    world = World()
    world.minutes = 1
    async with serving(world):
        for _ in range(60):
            await world.advance(60)
        assert world.syncs == 61
        assert min(world.clock.slept) >= 60
        assert len(world.clock.slept) <= 62


async def test_cancelling_ends_a_running_sync_and_says_so():
    world = World()
    world.gate = asyncio.Event()
    async with serving(world):
        assert world.together == 1
    assert (world.together, world.service.state.running) == (0, False)


async def test_a_person_hears_of_the_sync_that_began_after_asking(both_loops):
    world = World()
    world.gate = asyncio.Event()
    heard = []
    async with serving(world):
        world.service.ask(heard.append)
        world.service.ask(heard.append, full=True)
        world.gate.set()
        await world.settle()
        assert (heard, world.fulls) == (["report 2"] * 2, [False, True])
        await world.knock(Trigger.WAKE)
        assert (len(heard), world.fulls[-1]) == (2, False)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NeedsUser("Refused.", need=Need.SIGN_IN), "Refused."),
        (ValueError("oops"), BUG.reason),
    ],
)
async def test_a_person_hears_what_went_wrong(error, words):
    async with serving() as world:
        world.error = error
        heard = []
        world.service.ask(heard.append)
        await world.settle()
        assert [exc.reason for exc in heard] == [words]


async def test_a_person_hears_that_nothing_leads_to_the_server():
    async with serving() as world:
        world.held = (OFFLINE,)
        heard = []
        world.service.ask(heard.append)
        await world.settle()
        assert [exc.words() for exc in heard] == ["Offline. Connect."]


async def test_whoever_waits_at_the_end_hears_of_it():
    world = World()
    world.gate = asyncio.Event()
    heard = []
    async with serving(world):
        world.service.ask(heard.append)
    assert [exc.reason for exc in heard] == ["The sync was broken off."]


async def test_the_same_trouble_warns_once(caplog):
    caplog.set_level("INFO")
    async with serving() as world:
        world.error = TryLater("Busy.")
        for _ in range(3):
            await world.knock(Trigger.WAKE)
        world.error = TryLater("Slow.")
        await world.knock(Trigger.WAKE)
        levels = [r.levelname for r in caplog.records if "could not be synced" in r.message]
        assert levels == ["WARNING", "INFO", "INFO", "WARNING"]
