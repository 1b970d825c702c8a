"""The service over minutes and hours: the real supervisor, a clock that the test moves."""

import asyncio
import logging
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

from tests.engine.test_supervisor import Runs
from tests.fakes.clock import FakeClock
from tests.fakes.machine import METERED
from tray_app.core.run import Outcome
from tray_app.core.settings import Settings
from tray_app.core.snapshot import Overview, Phase, UploadState
from tray_app.engine.store import Store
from tray_app.engine.supervisor import Supervisor

ON = Settings(background_backup=True)
MINUTE = 60.0


class Laptop:
    """A supervisor in a world that the test controls; runs end at once unless told otherwise."""

    def __init__(self):
        self.clock, self.store, self.runs = FakeClock(), Store(), Runs()
        self.runs.go.set()
        self.reasons, self.asked_of = [], []
        self.overview = Overview()
        self.quit = asyncio.Event()

        async def look():
            return self.overview

        async def hold(asked):
            self.asked_of.append(asked)
            return tuple(self.reasons)

        self.service = Supervisor(self.store, self.clock, self.runs, look, hold, print, self.quit)

    @property
    def phase(self):
        return self.store.snapshot.phase

    async def minutes(self, count):
        await self.settle()
        await self.clock.advance(count * MINUTE)
        await self.settle()

    async def settle(self):
        for _ in range(50):
            await asyncio.sleep(0)


@asynccontextmanager
async def laptop(settings=ON, overview=None):
    it = Laptop()
    it.overview = overview or it.overview
    it.service.settings_changed(settings)
    it.service.backgrounded()
    task = asyncio.create_task(it.service.serve())
    await it.settle()
    try:
        yield it
    finally:
        it.quit.set()
        await asyncio.wait_for(task, 10)


async def test_the_first_run_comes_after_the_trigger_delay(both_loops):
    async with laptop() as it:
        assert it.phase is Phase.DELAYED
        await it.minutes(29)
        assert it.runs.count == 0
        await it.minutes(2)
        assert it.runs.count == 1
        assert it.phase is Phase.IDLE
        assert it.asked_of == [False]


async def test_new_files_prolong_the_delay_up_to_ten_times_it(both_loops):
    async with laptop() as it:
        for _ in range(14):
            await it.minutes(20)
            it.service.files_changed(frozenset({"/p"}))
            await it.settle()
        assert it.runs.count == 0
        await it.minutes(21)
        assert it.runs.count == 1


async def test_without_the_setting_nothing_begins_by_itself():
    async with laptop(Settings()) as it:
        it.service.files_changed(None)
        await it.minutes(600)
        assert it.runs.count == 0
        assert not it.store.snapshot.automatic


async def test_a_new_delay_acts_at_once():
    async with laptop() as it:
        it.service.settings_changed(replace(ON, backup_trigger_delay=0))
        await it.settle()
        assert it.runs.count == 1


async def test_what_an_earlier_process_left_behind_goes_on_at_once():
    async with laptop(overview=Overview(pending=3, failed=1)) as it:
        assert it.runs.count == 1


async def test_a_condition_is_looked_at_again_within_a_minute():
    async with laptop() as it:
        it.reasons.append(METERED)
        await it.minutes(31)
        assert (it.phase, it.store.snapshot.reasons) == (Phase.WAITING, ("Metered.",))
        it.reasons.clear()
        await it.minutes(1)
        assert it.runs.count == 1


async def test_an_idle_service_has_no_timer():
    async with laptop() as it:
        await it.minutes(31)
        slept = len(it.clock.slept)
        await it.minutes(600)
        assert len(it.clock.slept) == slept


async def test_a_service_that_waits_wakes_once_a_minute_at_most():
    async with laptop() as it:
        slept = len(it.clock.slept)
        await it.minutes(29)
        assert len(it.clock.slept) - slept <= 30


async def test_trouble_is_tried_again_more_and_more_seldom_and_at_once_on_another_network():
    async with laptop() as it:
        it.runs.outcome = Outcome.TROUBLE
        await it.minutes(31)
        assert it.phase is Phase.COOLING_DOWN
        await it.minutes(60)
        tried = it.runs.count
        assert 5 <= tried <= 12
        it.runs.outcome = None
        it.service.network_changed()
        await it.settle()
        assert it.runs.count == tried + 1
        assert it.phase is Phase.IDLE


async def test_a_parked_file_is_tried_again_at_its_time():
    async with laptop() as it:
        await it.minutes(31)
        due = it.clock.now() + timedelta(minutes=5)
        it.overview = Overview(pending=1, failed=1, retry_at=due)
        it.service.back_up_now()
        await it.minutes(4)
        assert it.runs.count == 2
        await it.minutes(2)
        assert it.runs.count == 3
        assert it.runs.orders[-1].folders == frozenset()
        await it.minutes(600)
        assert it.runs.count == 3  # it was due and was not tried: no run after run


async def test_the_watchdog_starts_a_run_anew_that_does_not_move(caplog):
    async with laptop(replace(ON, backup_trigger_delay=0)) as it:
        it.runs.next()
        it.service.back_up_now()
        await it.settle()
        before = it.runs.count
        with caplog.at_level(logging.WARNING):
            await it.minutes(9)
            assert it.runs.count == before
            await it.minutes(3)
        assert it.runs.count == before + 1
        assert "Nothing has moved" in caplog.text
        it.runs.go.set()
        await it.settle()
        assert it.phase is Phase.IDLE


async def test_a_run_that_moves_is_left_alone():
    async with laptop(replace(ON, backup_trigger_delay=0)) as it:
        it.runs.next()
        it.service.back_up_now()
        await it.settle()
        before = it.runs.count
        for done in range(30):
            it.service._publish(Phase.UPLOADING, UploadState(total_count=99, completed_count=done))
            await it.minutes(1)
        assert it.runs.count == before
        it.runs.go.set()


async def test_sleep_ends_a_run_and_waking_goes_on():
    async with laptop(replace(ON, backup_trigger_delay=0)) as it:
        it.runs.next()
        it.service.back_up_now()
        await it.settle()
        before = it.runs.count
        it.service.sleeps()
        await it.settle()
        assert it.runs.stopped
        assert it.phase is Phase.WAITING
        it.runs.next()
        it.service.woke()
        await it.settle()
        assert it.runs.count == before + 1
        it.runs.go.set()
