"""One loop decides: knocks coalesce, runs never overlap, a bug in a run never ends it."""

import asyncio
import logging
from contextlib import asynccontextmanager

import pytest

from tests.fakes.machine import METERED
from tray_app.adapters.clock import SystemClock
from tray_app.core.errors import Need, NeedsUser
from tray_app.core.run import Outcome, RunResult
from tray_app.core.snapshot import Overview, Phase, UploadState
from tray_app.core.sync_schedule import SyncState, Trouble
from tray_app.engine.store import Store
from tray_app.engine.supervisor import Supervisor


class Runs:
    """Stands for the engine: a run lasts until it is told to end."""

    def __init__(self):
        self.count = self.at_once = self.most_at_once = 0
        self.go = asyncio.Event()
        self.begun = asyncio.Event()
        self.error = None
        self.outcome = None
        self.stopped = self.aborted = False
        self.orders = []

    def stop(self):
        self.stopped = True
        self.go.set()

    def abort(self):
        self.aborted = True
        self.stop()

    async def __call__(self, hooks, order):
        self.orders.append(order)
        self.count += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        hooks.begun(self)
        hooks.publish(Phase.UPLOADING, UploadState(total_count=3, completed_count=1))
        self.begun.set()
        await self.go.wait()
        self.at_once -= 1
        if self.error:
            raise self.error
        outcome = self.outcome or (Outcome.STOPPED if self.stopped else Outcome.DONE)
        reason = "Metered." if self.outcome else ""
        return RunResult(outcome=outcome, upload=UploadState(), seconds=1.0, reason=reason)

    def next(self):
        self.go, self.begun, self.stopped = asyncio.Event(), asyncio.Event(), False


@asynccontextmanager
async def serving(runs, opened=None, reasons=()):
    store, quit_requested = Store(), asyncio.Event()

    async def look():
        return Overview(pending=2, backed_up=5, server_url="http://127.0.0.1:1")

    async def hold(asked):
        return tuple(reasons)

    pages = opened if opened is not None else []
    supervisor = Supervisor(store, SystemClock(), runs, look, hold, pages.append, quit_requested)
    task = asyncio.create_task(supervisor.serve())
    try:
        yield supervisor, store
    finally:
        supervisor.quit()
        await asyncio.wait_for(task, 6)


async def until(store, phase):
    reached = asyncio.Event()
    end = store.subscribe(lambda snapshot: reached.set() if snapshot.phase is phase else None)
    if store.snapshot.phase is not phase:
        await asyncio.wait_for(reached.wait(), 5)
    end()
    return store.snapshot


def run(main):
    asyncio.run(main)


def test_knocks_during_a_run_cause_one_more_run_and_never_two_at_once():
    async def main():
        runs = Runs()
        async with serving(runs) as (supervisor, store):
            supervisor.back_up_now()
            await runs.begun.wait()
            for _ in range(5):
                supervisor.back_up_now()
            runs.go.set()
            await until(store, Phase.IDLE)
            while runs.count < 2:
                await asyncio.sleep(0)
            assert runs.most_at_once == 1
        assert runs.count == 2

    run(main())


def test_a_pause_stops_the_run_and_resume_goes_on_with_what_is_left():
    async def main():
        runs = Runs()
        async with serving(runs) as (supervisor, store):
            supervisor.back_up_now()
            await runs.begun.wait()
            supervisor.pause(None)
            await until(store, Phase.PAUSED)
            assert runs.stopped
            runs.next()
            supervisor.resume()
            await asyncio.wait_for(runs.begun.wait(), 5)
            assert runs.count == 2
            runs.go.set()
            snapshot = await until(store, Phase.IDLE)
            assert (snapshot.pending, snapshot.backed_up) == (2, 5)

    run(main())


def test_back_up_now_in_a_pause_runs_once_and_stays_paused():
    async def main():
        runs = Runs()
        async with serving(runs) as (supervisor, store):
            await until(store, Phase.IDLE)
            supervisor.pause(60)
            await until(store, Phase.PAUSED)
            assert store.snapshot.resume_at is not None
            supervisor.back_up_now()
            await asyncio.wait_for(runs.begun.wait(), 5)
            runs.go.set()
            snapshot = await until(store, Phase.PAUSED)
            assert snapshot.resume_at is not None
            assert runs.count == 1

    run(main())


def test_a_pause_of_no_length_ends_by_itself():
    async def main():
        async with serving(Runs()) as (supervisor, store):
            await until(store, Phase.IDLE)
            supervisor.pause(0)
            await until(store, Phase.IDLE)

    run(main())


@pytest.mark.parametrize(
    ("error", "phase", "need", "words"),
    [
        (ValueError("oops"), Phase.FAILED, None, "See the logs."),
        (
            NeedsUser("No.", need=Need.SIGN_IN, remedy="Sign in again."),
            Phase.NEEDS_USER,
            Need.SIGN_IN,
            "Sign in again.",
        ),
    ],
)
def test_what_ends_a_run_never_ends_the_program(error, phase, need, words, caplog):
    async def main():
        runs = Runs()
        async with serving(runs) as (supervisor, store):
            runs.error = error
            runs.go.set()
            supervisor.back_up_now()
            snapshot = await until(store, phase)
            assert snapshot.need is need
            assert words in snapshot.reasons[0]
            runs.error = None
            supervisor.back_up_now()
            await until(store, Phase.IDLE)

    with caplog.at_level(logging.CRITICAL):
        run(main())


def test_quit_asks_the_run_to_end_and_waits_for_it():
    async def main():
        runs = Runs()
        async with serving(runs) as (supervisor, _):
            supervisor.back_up_now()
            await runs.begun.wait()
        assert runs.stopped
        assert runs.at_once == 0

    run(main())


def test_open_immich_shows_the_server():
    async def main():
        opened = []
        async with serving(Runs(), opened) as (supervisor, store):
            await until(store, Phase.IDLE)
            supervisor.open_immich()
        assert opened == ["http://127.0.0.1:1"]

    run(main())


def test_a_run_that_a_condition_broke_off_goes_on_when_it_is_met_again():
    async def main():
        runs, reasons = Runs(), []
        async with serving(runs, reasons=reasons) as (supervisor, store):
            supervisor.back_up_now()
            await asyncio.wait_for(runs.begun.wait(), 5)
            runs.outcome = Outcome.WAITING
            reasons.append(METERED)
            runs.go.set()
            snapshot = await until(store, Phase.WAITING)
            assert snapshot.reasons == ("Metered.",)
            runs.next()
            runs.outcome = None
            supervisor.conditions_changed()
            await asyncio.sleep(0.05)
            assert runs.count == 1
            reasons.clear()
            supervisor.conditions_changed()
            await asyncio.wait_for(runs.begun.wait(), 5)
            runs.go.set()
            await until(store, Phase.IDLE)
        assert [order.asked for order in runs.orders] == [True, True]

    run(main())


def test_what_the_sync_needs_of_a_person_is_shown_while_the_backup_rests():
    async def main():
        refused = Trouble("It no longer accepts us.", "Sign in again.", Need.SIGN_IN)
        runs = Runs()
        async with serving(runs) as (supervisor, store):
            await until(store, Phase.IDLE)
            supervisor.synced(SyncState(trouble=Trouble("Busy.")))
            supervisor.synced(SyncState(trouble=Trouble("No.", need=Need.PERMISSION)))
            supervisor.pause(None)
            await until(store, Phase.PAUSED)
            supervisor.resume()
            await until(store, Phase.IDLE)
            supervisor.synced(SyncState(trouble=refused))
            snapshot = await until(store, Phase.NEEDS_USER)
            assert snapshot.need is Need.SIGN_IN
            assert snapshot.reasons == ("It no longer accepts us. Sign in again.",)
            supervisor.back_up_now()
            await until(store, Phase.UPLOADING)
            runs.go.set()
            await until(store, Phase.NEEDS_USER)
            at = SystemClock().now()
            supervisor.synced(SyncState(last_success=at))
            snapshot = await until(store, Phase.IDLE)
            assert (snapshot.need, snapshot.last_sync) == (None, at)
            supervisor.synced(None)
            assert (store.snapshot.sync, store.snapshot.last_sync) == (None, at)

    run(main())
