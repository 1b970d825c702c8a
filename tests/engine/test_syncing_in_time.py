"""Sync and listening together, on a clock that tests move: a day, another sign-in, a bug."""

import asyncio
from contextlib import asynccontextmanager

from tests.fakes.clock import FakeClock
from tests.fakes.realtime import FakeRealtime
from tray_app.core.errors import Need, NeedsUser, TryLater
from tray_app.core.realtime import Circumstances
from tray_app.core.sync.standing import Applied, LibraryCounts, SyncMode, SyncResult
from tray_app.core.sync_schedule import Trigger
from tray_app.engine.additions import Additions
from tray_app.engine.realtime import Listening, Reactions
from tray_app.engine.sync_service import SyncService
from tray_app.engine.syncing import Parts, Syncing

DAY = 24 * 60
DONE = SyncResult(SyncMode.STREAM, Applied(), LibraryCounts(0, 0, 0, 0), 0.0)


class World:
    def __init__(self):
        self.clock, self.realtime = FakeClock(), FakeRealtime()
        self.sign_in: str | None = "me"
        self.error = None
        self.synced_as, self.states, self.put = [], [], []
        self.broken = False
        self.syncing = Syncing(
            Parts(
                clock=self.clock,
                who=lambda: self.sign_in,
                service=self._service,
                listening=self._listening,
                once=self._sync,
                show=self.states.append,
            )
        )

    async def _sync(self, _full):
        self.synced_as.append(self.sign_in)
        if self.error:
            raise self.error
        return DONE

    async def _hold(self):
        return ()

    async def _look(self):
        return Circumstances(visible=False, on_ac=True, online=True)

    async def _put(self, ready):
        self.put.append([each.asset_id for each in ready])
        return True

    def _service(self, changed):
        def interval():
            if self.broken:
                raise ZeroDivisionError
            return 15

        return SyncService(
            self.clock, self._sync, interval, self._hold, changed=changed, chance=lambda: 0.0
        )

    def _listening(self, service, refused):
        reactions = Reactions(
            connected=lambda: service.knock(Trigger.CONNECTED),
            sync=lambda: service.knock(Trigger.REALTIME),
            apply=Additions(service, self._put).apply,
            sign_in_again=refused,
        )
        return Listening(self.realtime, self.clock, self._look, reactions, chance=lambda: 0.999)

    async def settle(self):
        for _ in range(60):
            await asyncio.sleep(0)

    async def advance(self, seconds):
        await self.clock.advance(seconds)
        await self.settle()


@asynccontextmanager
async def serving(world):
    task = asyncio.create_task(world.syncing.serve())
    await world.settle()
    try:
        yield world
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_day_with_nothing_to_do_has_no_timer_under_a_minute():
    async with serving(World()) as world:
        begun = len(world.synced_as)
        assert begun == 2  # the start, and once the server lets us listen
        for _ in range(DAY):
            await world.advance(60)
        assert len(world.synced_as) == begun + DAY // 15
        assert world.realtime.connects == 1
        assert min(world.clock.slept) >= 60
        assert len(world.clock.slept) <= DAY // 15 + 4


async def test_another_sign_in_begins_anew_and_none_ends_it(both_loops):
    async with serving(World()) as world:
        world.syncing.account_changed()  # the same: nothing begins anew
        await world.settle()
        assert (world.realtime.connects, len(world.synced_as)) == (1, 2)
        world.sign_in = "ann"
        world.syncing.account_changed()
        await world.settle()
        assert (world.realtime.connects, world.synced_as[2:]) == (2, ["ann", "ann"])
        world.sign_in = None
        world.syncing.account_changed()
        await world.settle()
        assert (world.realtime.listeners, world.states[-1]) == (0, None)
        world.syncing.woke()
        world.syncing.resumed()
        await world.advance(3600)
        assert len(world.synced_as) == 4


async def test_a_server_that_answers_the_sync_again_is_listened_to_at_once():
    async with serving(World()) as world:
        world.error = world.realtime.refusal = TryLater("Away.")
        world.realtime.end()
        for _ in range(30):
            await world.advance(60)
        assert world.states[-1].trouble
        world.error = world.realtime.refusal = None
        assert world.realtime.listeners == 0
        ticket = world.syncing.request()
        await world.settle()
        assert world.syncing.answers.of(ticket) == DONE
        assert world.realtime.listeners == 1


async def test_a_refused_sign_in_is_found_out_by_a_sync_and_by_no_more():
    async with serving(World()) as world:
        world.error = NeedsUser("Refused.", need=Need.SIGN_IN)
        syncs = len(world.synced_as)
        world.realtime.tell("on_session_delete", "our session")
        await world.settle()
        await world.advance(1)
        assert (len(world.synced_as), world.states[-1].trouble.need) == (syncs + 1, Need.SIGN_IN)
        await world.advance(14 * 60)
        assert (len(world.synced_as), world.realtime.listeners) == (syncs + 1, 0)


async def test_a_person_who_signs_out_is_not_asked_to_sign_in():
    async with serving(World()) as world:
        syncs = len(world.synced_as)
        world.error = NeedsUser("Refused.", need=Need.SIGN_IN)
        world.realtime.tell("on_session_delete", "our session")
        await world.settle()
        world.sign_in = None  # our record is a moment later, and the file's signal later still
        await world.advance(1)
        assert (len(world.synced_as), world.states[-1]) == (syncs, None)
        world.sign_in = "me"
        world.syncing.account_changed()
        world.error = None
        await world.settle()
        world.error, world.sign_in = NeedsUser("Refused.", need=Need.SIGN_IN), None
        world.syncing.run_ended()
        await world.settle()
        assert world.states[-1] is None
        assert not any(state and state.trouble for state in world.states)


def ready(number):
    return {"asset": {"id": str(number)}, "exif": {"assetId": str(number)}}


async def test_what_a_later_sync_knows_better_is_not_put():
    async with serving(World()) as world:
        await world.advance(60)
        world.realtime.tell("AssetUploadReadyV2", ready(1))
        await world.advance(5.1)
        assert world.put == [["1"]]
        syncs = len(world.synced_as)
        world.realtime.tell("AssetUploadReadyV2", ready(2))
        await world.advance(1)
        world.syncing.run_ended()
        await world.settle()
        await world.advance(4.1)
        assert (world.put, len(world.synced_as)) == ([["1"]], syncs + 2)


async def test_a_bug_begins_anew_in_a_minute(caplog):
    async with serving(World()) as world:
        world.broken = True
        world.syncing.settings_changed()
        await world.settle()
        assert "this is a bug" in caplog.text
        caplog.clear()
        world.broken = False
        syncs = len(world.synced_as)
        await world.advance(59)
        assert len(world.synced_as) == syncs
        await world.advance(1)
        assert (len(world.synced_as), world.realtime.listeners) == (syncs + 2, 1)
