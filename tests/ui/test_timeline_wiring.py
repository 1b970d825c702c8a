"""The timeline as the program wires it: real backup, sync and pictures with the demo server."""

import asyncio
import sqlite3
from uuid import UUID

import httpx
import pytest
from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QDesktopServices

from tests.acceptance.photos import settled
from tests.demo.rig import FIELDS
from tests.fakes.machine import FakeMachine
from tests.ui.recorder import Recorder
from tests.ui.timeline_examples import Stage, painted
from tray_app.adapters.account_file import AccountFile
from tray_app.adapters.immich.thumbnails import ServerThumbnails
from tray_app.adapters.locations import find_locations
from tray_app.adapters.settings_file import SettingsFile
from tray_app.app.backup import Request, back_up
from tray_app.app.sync import sync_as
from tray_app.app.sync_accounts import Saved
from tray_app.app.timeline import Viewer, opened_timeline
from tray_app.app.workshop import Workshop
from tray_app.core.account import Identity, Method
from tray_app.core.conditions import Readings, Rules
from tray_app.core.errors import TryLater
from tray_app.core.server import SignIn
from tray_app.core.settings import Settings
from tray_app.core.timeline import Cell, Query, State
from tray_app.core.timeline_changes import EVERYTHING
from tray_app.demo.options import DEMO_EMAIL
from tray_app.demo.server import DemoServer
from tray_app.engine.work import Hooks

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
HOOKS = Hooks(lambda *_: None, lambda *_: None, lambda _: None)


@pytest.fixture
def both_loops():
    return "qasync"


@pytest.fixture
def demo(tmp_path):
    with DemoServer(tmp_path / "demo") as server:
        yield server


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.jpg").write_bytes(painted(number, 640, 480))
    settled()
    return folder


@pytest.fixture
def workshop(tmp_path):
    it = Workshop.open(find_locations({"IMMICH_TRAY_HOME": str(tmp_path / "home")}))
    yield it
    it.close()


@pytest.fixture
def opened(qapp):
    """What the desktop was asked to open."""

    class Desktop(QObject):
        def __init__(self):
            super().__init__()
            self.asked = []

        @Slot("QUrl")
        def open(self, url):
            self.asked.append(url.toString())

    it = Desktop()
    for scheme in ("http", "file"):
        QDesktopServices.setUrlHandler(scheme, it, "open")
    yield it.asked
    for scheme in ("http", "file"):
        QDesktopServices.unsetUrlHandler(scheme)


class Here:
    """Somebody signed in at the demo server."""

    def __init__(self, demo, workshop):
        self.demo, self.workshop = demo, workshop
        self.user = demo.user().id
        self.sign_in = SignIn(f"{demo.url}/api", access_token=demo.add_session())
        self.key = SignIn.with_key(f"{demo.url}/api", demo.add_api_key())
        self.identity = Identity(self.sign_in.url, self.user, DEMO_EMAIL, "Demo", Method.PASSWORD)
        self.machine = FakeMachine(Readings(online=True))
        self.commands = Recorder()
        self.rules = Rules()
        self.asked = 0

    def timeline(self):
        async def sign_in():
            self.asked += 1
            return self.sign_in

        return opened_timeline(
            self.workshop,
            lambda: self.identity,
            sign_in,
            self.machine,
            lambda: self.rules,
            self.commands,
        )

    async def back_up(self, folder):
        settings = Settings(backup_trigger_delay=0)
        request = Request(paths=(str(folder),), sign_in=self.key)
        result = await back_up(self.workshop, settings, request, HOOKS, {})
        assert not result.failures, result

    async def sync(self):
        await sync_as(self.workshop, self.sign_in, self.user)

    def api(self, method, path, **options):
        headers = {"x-api-key": self.key.api_key}
        return httpx.request(method, f"{self.demo.url}{path}", headers=headers, **options)

    def upload(self, name, data):
        files = {"assetData": (name, data)}
        return self.api("POST", "/api/assets", data=FIELDS, files=files).json()["id"]


@pytest.fixture
def here(demo, workshop):
    return Here(demo, workshop)


async def states(parts):
    found = {}
    for month in await parts.timeline.months(Query()):
        keys = await parts.timeline.keys(Query(), month.month)
        cells = await parts.timeline.cells(keys)
        found |= {cell.name: cell.state for cell in cells.values()}
    return found


async def test_from_a_file_to_a_badge(here, photos, both_loops, qapp):
    elsewhere = here.upload("phone.jpg", painted(9))
    async with here.timeline() as parts:
        page = parts.page()
        stage = Stage.__new__(Stage)
        stage.page = page
        page.resize(880, 640)
        page.show()
        try:
            await stage.until(lambda: "No photos" in page.message.text.text())
            await here.back_up(photos)
            # Confirmed by the server, and no sync yet.
            await stage.until(lambda: page.model.total == 3)
            await stage.until(lambda: all_of(page, State.BOTH))
            await here.sync()
            await stage.until(lambda: page.model.total == 4)
            await stage.until(stage.has_pictures)
            found = await states(parts)
            assert found.pop("phone.jpg") is State.SERVER
            assert set(found.values()) == {State.BOTH}
            cells = [page.model.cell(row) for row in range(4)]
            assert all(page.pictures.picture(cell) is not None for cell in cells)
            assert here.asked == 1  # only the one that is not here was fetched
            assert await parts.thumbnails.kept(
                next(cell.version for cell in cells if cell.asset_id == elsewhere)
            )
        finally:
            page.hide()
            page.close_down()


def all_of(page, state):
    cells = [page.model.cell(row) for row in range(page.model.total)]
    return all(cell and cell.state is state for cell in cells)


async def test_the_feed_names_the_month_that_a_sync_changed(here, both_loops, qapp):
    here.upload("a.jpg", painted(1))
    await here.sync()
    async with here.timeline() as parts:
        heard = []
        parts.feed.subscribe(heard.append)
        new = here.upload("b.jpg", painted(2))
        await here.sync()
        assert new in heard[0].assets
        (month,) = await parts.timeline.months(Query())
        assert heard[0].months == {month.month}


@pytest.mark.parametrize(
    ("readings", "may"),
    [
        ({"online": True}, True),
        ({"online": True, "metered": True}, False),
        ({"online": False}, False),
        ({"online": True, "on_ac": False, "battery_percent": 5}, True),
    ],
)
async def test_pictures_obey_the_network_and_nothing_else(here, readings, may, both_loops, qapp):
    here.machine = FakeMachine(Readings(**readings))
    async with here.timeline() as parts:
        assert not parts.thumbnails.may_fetch()  # nobody has looked yet
        for _ in range(10):
            await asyncio.sleep(0)
        assert parts.thumbnails.may_fetch() is may
        here.machine.change(online=True, metered=False)
        for _ in range(10):
            await asyncio.sleep(0)
        assert parts.thumbnails.may_fetch()
        here.identity = None
        assert not parts.thumbnails.may_fetch()


async def test_upload_again_lifts_the_tombstone_and_runs_over_the_files(
    here, photos, both_loops, qapp
):
    await here.back_up(photos)
    connection = sqlite3.connect(here.workshop.locations.backup_db)
    connection.execute("INSERT INTO tombstone SELECT 1, sha1, '', '' FROM file")
    connection.commit()
    async with here.timeline() as parts:
        found = await states(parts)
        assert set(found.values()) == {State.TRASHED}
        (month,) = await parts.timeline.months(Query())
        cells = await parts.timeline.cells(await parts.timeline.keys(Query(), month.month))
        parts.actions.upload_again(
            [cell for cell in cells.values() if cell.name in ("0.jpg", "1.jpg")]
        )
    rows = connection.execute("SELECT f.name FROM tombstone t JOIN file f ON f.sha1 = t.sha1")
    assert rows.fetchall() == [(b"2.jpg",)]
    connection.close()
    (asked,) = here.commands.asked
    assert {*asked.split()[2:]} == {str(photos / "0.jpg"), str(photos / "1.jpg")}


async def test_what_opens_where(here, photos, opened, monkeypatch, both_loops, qapp):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    asset = str(UUID(int=7))
    async with here.timeline() as parts:
        parts.actions.open_in_immich(Cell(1, "a.jpg", State.BOTH, asset_id=asset))
        parts.actions.open_in_immich(Cell(1, "a.jpg", State.TRASHED, asset_id=asset))
        parts.actions.reveal(str(photos / "0.jpg"))
        for _ in range(20):
            await asyncio.sleep(0)
    assert opened == [
        f"{here.demo.url}/photos/{asset}",
        f"{here.demo.url}/trash/photos/{asset}",
        photos.as_uri(),
    ]


async def test_pictures_go_by_the_connection_options_of_the_moment(here, both_loops, qapp):
    places = here.workshop.locations
    AccountFile(places.account_file).save(here.identity)
    seen = here.upload("a.jpg", painted(1))
    viewer = Viewer(AccountFile(places.account_file).load, Saved(here.workshop).who)
    async with here.timeline() as parts:
        heard = []
        parts.feed.subscribe(heard.append)
        viewer.look(parts)
        assert (viewer.identity, heard) == (here.identity, [EVERYTHING])
        await parts.thumbnails.fetch(seen)
        viewer.look(parts)
        await parts.thumbnails.fetch(seen)
        assert here.asked == 1
        SettingsFile(places.settings_file).change("proxy", "none")
        viewer.look(parts)
        await parts.thumbnails.fetch(seen)
        assert here.asked == 2
        assert len(heard) == 1  # it is the same person


async def test_a_sign_in_that_changes_while_it_is_asked_for_is_not_kept(here):
    seen = here.upload("a.jpg", painted(1))
    asked = []

    async def sign_in():
        asked.append(1)
        if len(asked) == 1:
            thumbnails.forget()
        return here.sign_in

    thumbnails = ServerThumbnails(sign_in)
    try:
        for _ in range(3):
            assert await thumbnails.fetch(seen)
    finally:
        await thumbnails.close()
    assert len(asked) == 2


async def test_a_picture_far_too_large_is_one_that_is_not_there(
    here, monkeypatch, both_loops, qapp
):
    monkeypatch.setattr("tray_app.adapters.immich.thumbnails.MOST_BYTES", 10)
    here.upload("a.jpg", painted(1))
    await here.sync()
    async with here.timeline() as parts:
        (month,) = await parts.timeline.months(Query())
        keys = await parts.timeline.keys(Query(), month.month)
        (cell,) = (await parts.timeline.cells(keys)).values()
        with pytest.raises(TryLater):
            await parts.thumbnails.fetch(cell.asset_id)
        page = parts.page()
        assert await page.pictures._remote(cell, cell.asset_id) is None
        page.close_down()
