"""The window's ports as the program wires them: real database, ledger, settings and service."""

import asyncio
import logging
from contextlib import asynccontextmanager

import pytest

from tests.ui.waiting import until
from tray_app.adapters import logs
from tray_app.adapters.locations import find_locations
from tray_app.adapters.settings_file import SettingsFile
from tray_app.app.backup import load_settings
from tray_app.app.bundle import no_report
from tray_app.app.overview import overview
from tray_app.app.window import LogFolder, Mender, ScheduledBackup, opened_desk
from tray_app.app.workshop import Workshop
from tray_app.core.account import Identity, Method
from tray_app.core.errors import NeedsUser
from tray_app.core.history import FailedRow
from tray_app.core.run import Outcome, RunResult
from tray_app.core.snapshot import UploadState
from tray_app.engine.store import Store
from tray_app.engine.supervisor import Supervisor

pytestmark = [
    pytest.mark.usefixtures("both_loops"),
    pytest.mark.parametrize("both_loops", ["qasync"], indirect=True),
]
ME = Identity("https://photos.example.org/api", "u", "me@example.org", "Me", Method.API_KEY)


@pytest.fixture
def workshop(tmp_path):
    shop = Workshop.open(find_locations({"IMMICH_TRAY_HOME": str(tmp_path / "home")}))
    yield shop
    shop.close()


def fill(shop):
    def work(conn):
        conn.execute("INSERT INTO account VALUES (1, 'u', 'https://photos.example.org/api', 'm')")
        conn.execute("INSERT INTO folder (id, path) VALUES (1, '/p')")
        for number in (1, 2):
            conn.execute(
                "INSERT INTO file (id, folder_id, name, stem, kind, pair_role, size, mtime_ns,"
                " ctime_ns, inode) VALUES (?, 1, ?, '', 'image', 0, 1, 1, 1, 1)",
                (number, b"%d.jpg" % number),
            )
            conn.execute(
                "INSERT INTO failure (account_id, file_id, reason, remedy, attempts, since)"
                " VALUES (1, ?, 'It broke.', 'Mend it.', 3, '2026-03-12T14:30:00+00:00')",
                (number,),
            )

    shop.backup_db.run_now(work)


@asynccontextmanager
async def service(shop):
    """The real service; a run only writes down its order."""
    store, quit_requested, orders = Store(), asyncio.Event(), []

    async def backup(hooks, order):
        orders.append(order)
        return RunResult(outcome=Outcome.DONE, upload=UploadState(), seconds=0)

    async def look():
        return await overview(shop.backup_db, ME, shop.clock.now())

    async def hold(asked):
        return ()

    supervisor = Supervisor(store, shop.clock, backup, look, hold, print, quit_requested)
    serving = asyncio.create_task(supervisor.serve())
    await until(lambda: store.snapshot.failed == 2)
    yield supervisor, store, orders
    quit_requested.set()
    await serving


async def rows_of(desk):
    page = next(spec for spec in desk.pages if spec.key == "failed").make()
    page.refresh()
    await until(lambda: not desk.errands.busy)
    rows = list(page.model.rows)
    page.deleteLater()
    return rows


async def test_ignoring_shows_at_once_and_can_be_undone(workshop):
    fill(workshop)
    async with service(workshop) as (supervisor, store, _orders):
        mender = Mender(workshop, supervisor, lambda: ME)
        await mender.ignore([1])
        assert (store.snapshot.failed, store.snapshot.pending) == (1, 1)
        await mender.take_back([1])
        assert (store.snapshot.failed, store.snapshot.pending) == (2, 2)


async def test_retry_makes_a_file_due_and_asks_for_just_its_run(workshop, tmp_path):
    fill(workshop)
    async with (
        service(workshop) as (supervisor, _store, orders),
        opened_desk(
            workshop,
            supervisor,
            lambda: load_settings(workshop.locations),
            lambda: ME,
            {},
            no_report,
            scheduled=False,
        ) as desk,
    ):
        mender = Mender(workshop, supervisor, lambda: ME)
        rows = await rows_of(desk)
        assert [row.path for row in rows] == ["/p/2.jpg", "/p/1.jpg"]
        await mender.retry(rows[:1])
        await until(lambda: orders)
        assert orders[0].paths == {"/p/2.jpg"}
        first, second = await rows_of(desk)
        assert first.next_attempt_at is not None
        assert second.next_attempt_at is None
        await mender.retry_all()
        await until(lambda: len(orders) == 2)
        assert orders[1].paths == frozenset()
        assert all(isinstance(row, FailedRow) and row.attempts == 0 for row in await rows_of(desk))
        assert await mender.export(tmp_path / "failed.csv") == 2
        assert "/p/1.jpg,It broke.,Mend it." in (tmp_path / "failed.csv").read_text("utf-8-sig")
        assert desk.departure is None
        assert await desk.recent() == []


async def test_detail_acts_at_once_and_is_saved(workshop):
    book = LogFolder(workshop.locations, {}, no_report)
    level = logging.getLogger().level
    try:
        await book.set_detailed(on=True)
        assert book.is_detailed()
        assert load_settings(workshop.locations).advanced_troubleshooting
        await book.set_detailed(on=False)
        assert not logs.is_detailed()
        assert not load_settings(workshop.locations).advanced_troubleshooting
    finally:
        logging.getLogger().setLevel(level)


async def test_whether_backups_go_on_follows_settings_and_sign_in(workshop):
    def job(known=ME):
        return ScheduledBackup(
            workshop.locations, lambda: load_settings(workshop.locations), lambda: known
        )

    assert not job().goes_on()
    SettingsFile(workshop.locations.settings_file).change("backgroundBackup", True)
    assert job().goes_on()
    assert not job(None).goes_on()
    job().switch_off()
    assert not job().goes_on()
    workshop.locations.settings_file.write_text("broken = ")
    with pytest.raises(NeedsUser):
        job().switch_off()
