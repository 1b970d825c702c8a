"""The guard over real databases: what holds, for how long, over restarts."""

from datetime import timedelta

import pytest

from tests.fakes.clock import FakeClock
from tray_app.adapters.locations import find_locations
from tray_app.adapters.sqlite.ledger import open_account
from tray_app.adapters.sqlite.library import Library
from tray_app.app.guard import upload_guard
from tray_app.app.workshop import Workshop
from tray_app.core.account import Identity, Method
from tray_app.core.sync.batch import Batch
from tray_app.core.sync.standing import Owner
from tray_app.core.sync_schedule import BUG, SyncState

ME = "7e9d4c1a-1111-4222-8333-444455556666"
IDENTITY = Identity(
    url="http://x/api", user_id=ME, email="me@example.org", name="Me", method=Method.PASSWORD
)


class Computer:
    """One installation whose sync is in the state that a test says."""

    def __init__(self, folder):
        self.folder, self.clock, self.state = folder, FakeClock(), SyncState()
        self.workshop = None

    def start(self):
        if self.workshop:
            self.workshop.close()
        places = find_locations({"IMMICH_TRAY_HOME": str(self.folder)})
        opened = Workshop.open(places)
        self.workshop = Workshop(
            places, opened.backup_db, opened.library_db, opened.files, self.clock
        )
        self.guard = upload_guard(self.workshop, lambda: IDENTITY, lambda: self.state)

    async def held(self):
        return [reason.blocker.value for reason in await self.guard.look()]

    async def synced(self):
        library = Library(self.workshop.library_db)
        await library.apply(Batch(complete=True), self.clock.now(), begin=Owner(ME, "s"))


@pytest.fixture
def computer(tmp_path):
    computer = Computer(tmp_path)
    computer.start()
    yield computer
    computer.workshop.close()


async def test_a_library_that_is_only_half_read_holds_until_it_is_whole(computer):
    await open_account(computer.workshop.backup_db, ME, "", "")
    computer.state = SyncState(running=True)
    assert await computer.held() == ["library"]
    await computer.synced()
    assert await computer.held() == []


async def test_a_bug_holds_for_a_day_over_restarts_and_the_next_one_anew(computer):
    await open_account(computer.workshop.backup_db, ME, "", "")
    await computer.synced()
    computer.state = SyncState(trouble=BUG)
    assert await computer.held() == ["library"]
    await computer.clock.advance(timedelta(hours=23).total_seconds())
    computer.start()
    assert await computer.held() == ["library"]
    await computer.clock.advance(timedelta(hours=1).total_seconds())
    assert await computer.held() == []
    computer.state = SyncState()
    assert await computer.held() == []
    computer.state = SyncState(trouble=BUG)
    assert await computer.held() == ["library"]


async def test_a_library_set_aside_as_damaged_holds_until_it_is_read_again(computer):
    await open_account(computer.workshop.backup_db, ME, "", "")
    await computer.synced()
    computer.state = SyncState(running=True)
    assert await computer.held() == []
    computer.workshop.close()
    path = computer.workshop.locations.library_db
    computer.workshop = None
    path.write_bytes(b"no database" * 999)
    computer.start()
    assert await computer.held() == ["library"]


async def test_who_cannot_sync_is_never_held(computer):
    await open_account(computer.workshop.backup_db, ME, "", "")
    computer.state = None
    assert await computer.held() == []
