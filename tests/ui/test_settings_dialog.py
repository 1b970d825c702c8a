"""The dialog as the program wires it: real file, keychain, server and loop."""

import asyncio
from contextlib import asynccontextmanager, closing

import keyring
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.fakes.certificates import Authority
from tests.fakes.file_keyring import FileKeyring
from tests.fakes.site import immich, serving
from tray_app.adapters.clock import SystemClock
from tray_app.adapters.locations import find_locations
from tray_app.adapters.settings_file import SettingsFile
from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.pictures import PictureStore
from tray_app.app.session import open_session
from tray_app.app.settings_window import opened_settings
from tray_app.app.workshop import Workshop
from tray_app.core.run import Outcome, nothing_done
from tray_app.core.setting_specs import Group
from tray_app.core.settings import find_spec
from tray_app.core.snapshot import Overview
from tray_app.core.system_job import JobState, JobStatus
from tray_app.demo.options import DEMO_EMAIL, DEMO_PASSWORD
from tray_app.demo.server import DemoServer
from tray_app.desktop.file_signal import FileSignal
from tray_app.engine.store import Store
from tray_app.engine.supervisor import Supervisor
from tray_app.ui.settings_view import account_lines

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support"),
    pytest.mark.parametrize("both_loops", ["qasync"], indirect=True),
]

PATIENCE = 30


@pytest.fixture
def home(tmp_path, monkeypatch):
    before = keyring.get_keyring()
    monkeypatch.setenv("TEST_KEYRING", str(tmp_path / "keyring.json"))
    keyring.set_keyring(FileKeyring())
    locations = find_locations({"IMMICH_TRAY_HOME": str(tmp_path / "home")})
    locations.create()
    SettingsFile(locations.settings_file).create()
    yield locations
    keyring.set_keyring(before)


@pytest.fixture
def server(tmp_path):
    with DemoServer(tmp_path / "demo", version="3.0.3") as it:
        yield it


@asynccontextmanager
async def shown(home, page=Group.ACCOUNT):
    async with opened_settings(home, {"HOME": str(home.data.parent)}) as dialog:
        dialog.show(page)
        yield dialog._window


async def until(condition):
    """Wait for what the loop brings; `condition` is looked at as it turns."""
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.01)


def says(window):
    return "\n".join(account_lines(window.account.view))


async def sign_in(home, server):
    session = open_session(home, {})
    await session.sign_in_with_password(f"{server.url}/api", DEMO_EMAIL, DEMO_PASSWORD)


async def test_signing_in_elsewhere_is_seen_and_the_server_is_asked(both_loops, home, server):
    server.set_quota(1_000_000)
    async with shown(home) as window:
        await until(lambda: "not signed in" in says(window))
        await sign_in(home, server)
        await until(lambda: "Immich 3.0.3" in says(window))
        assert DEMO_EMAIL in says(window)
        assert "Signed in with e-mail and password." in says(window)
        assert window.account.view.quota == 1_000_000


async def test_the_second_address_is_named_while_it_is_in_use(both_loops, home, server):
    await sign_in(home, server)
    near = server.url.replace("127.0.0.1", "localhost")
    async with shown(home) as window:
        await until(lambda: "Immich 3.0.3" in says(window))
        assert "Reached by" not in says(window)
        window.row(find_spec("lanUrl")).editor.changed.emit(near)
        await until(lambda: f"Reached by {near} now." in says(window))


async def test_a_key_that_lacks_something_names_it(both_loops, home, server):
    key = server.add_api_key(["asset.upload", "user.read"])
    session = open_session(home, {})
    await session.sign_in_with_key(f"{server.url}/api", key)
    SettingsFile(home.settings_file).change("albumMode", "folder")
    async with shown(home) as window:
        await until(lambda: "album.create, album.read, albumAsset.create" in says(window))
        assert "Signed in with an API key." in says(window)


async def test_a_server_that_is_away_is_told_and_who_is_signed_in_stays(both_loops, home, server):
    await sign_in(home, server)
    server.stop()
    async with shown(home) as window:
        await until(lambda: "refused the connection" in says(window))
        assert DEMO_EMAIL in says(window)


@pytest.mark.parametrize("erase", [False, True])
async def test_signing_out_ends_the_session_and_leaves_the_databases(
    both_loops, home, server, erase, tmp_path
):
    await sign_in(home, server)
    workshop = Workshop.open(home)
    await workshop.backup_db.run(
        lambda conn: conn.execute("INSERT INTO account (user_id, address, email) VALUES (1, 2, 3)")
    )
    with closing(Database(home.pictures_db, "pictures")) as pictures:
        await PictureStore(pictures, SystemClock()).put("a", b"picture")
    async with shown(home) as window:
        done = []
        window.account._desk.sign_out(done.append, erase=erase)
        await until(lambda: done == [""])
        await until(lambda: "not signed in" in says(window))
    workshop.close()
    assert (tmp_path / "keyring.json").read_text() == "{}"
    assert not home.account_file.exists()
    again = Workshop.open(home)
    left = again.backup_db.run_now(
        lambda conn: conn.execute("SELECT count(*) FROM account").fetchone()[0]
    )
    again.close()
    assert left == (0 if erase else 1)
    with closing(Database(home.pictures_db, "pictures")) as pictures:
        kept = await PictureStore(pictures, SystemClock()).get("a")
    assert kept == (None if erase else b"picture")
    third = Workshop.open(home)  # erased once, not for ever
    third.close()
    assert not [*home.data.glob("*-erase"), *home.cache.glob("*-erase")]


async def test_a_setting_of_another_page_asks_the_server_nothing(both_loops, home, server):
    await sign_in(home, server)
    async with shown(home, Group.SYNC) as window:
        server.log.clear()
        window.row(find_spec("syncInterval")).editor.changed.emit(45)
        seen = []
        signal = FileSignal((home.settings_file,), lambda: seen.append(1))
        SettingsFile(home.settings_file).change("syncInterval", 50)
        await until(lambda: seen and window._preferences.settings.sync_interval == 50)
        signal.close()
        assert not window.account.view.user
        assert server.log.entries() == []


async def test_an_edit_by_hand_is_seen_at_once(both_loops, home):
    async with shown(home, Group.SYNC) as window:
        text = home.settings_file.read_text()
        home.settings_file.write_text(text.replace("syncInterval = 15", "syncInterval = 45"))
        editor = window.row(find_spec("syncInterval")).editor
        await until(lambda: editor.number.value() == 45)
        home.settings_file.write_text(text.replace("syncInterval = 15", "syncInterval = = 45"))
        await until(lambda: "cannot be understood" in window.trouble.words)
        home.settings_file.write_text(text)
        await until(lambda: not window.trouble.isVisible())
        assert editor.number.value() == 15


async def test_the_running_service_obeys_the_dialog(both_loops, home):
    """As the tray program does: the file changes, the supervisor hears of it."""
    file, store = SettingsFile(home.settings_file), Store()

    async def look():
        return Overview()

    async def nothing(*_):
        return nothing_done(Outcome.DONE, "", "")

    async def free(_asked):
        return ()

    quit_requested = asyncio.Event()
    service = Supervisor(
        store, SystemClock(), nothing, look, free, lambda _url: True, quit_requested
    )
    service.settings_changed(file.load().settings)
    signal = FileSignal(
        [home.settings_file], lambda: service.settings_changed(file.load().settings)
    )
    serving_it = asyncio.create_task(service.serve())
    try:
        async with shown(home, Group.WHEN) as window:
            box = window.row(find_spec("backgroundBackup")).editor.box
            for wanted in (True, False):
                QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(6, 8))
                assert box.isChecked() is wanted
                await until(lambda wanted=wanted: store.snapshot.automatic is wanted)
    finally:
        signal.close()
        serving_it.cancel()
        await asyncio.gather(serving_it, return_exceptions=True)


async def test_certificates_are_looked_at_and_secrets_kept_for_real(
    both_loops, home, tmp_path, monkeypatch
):
    authority = Authority(tmp_path)
    async with shown(home) as window:
        desk = window.account._desk
        told = []
        with serving(immich(), tls=authority.context(self_signed=True)) as site:
            desk.certificate(site.url, lambda shown, trouble: told.append((shown, trouble)))
            await until(lambda: bool(told))
            assert told[0][0].fingerprint == authority.shown
            assert site.asked == []
        desk.certificate(site.url, lambda shown, trouble: told.append((shown, trouble)))
        await until(lambda: len(told) == 2)
        assert "refused the connection" in told[1][1]
        kept = []
        desk.keep("header:x-door", "v4lue", kept.append)
        await until(lambda: kept == [""])
        names = []
        desk.kept(["header:x-door", "proxy"], names.append)
        await until(lambda: names == [frozenset({"header:x-door"})])
        desk.keep("header:x-door", None, kept.append)
        await until(lambda: len(kept) == 2)
        assert "v4lue" not in (tmp_path / "keyring.json").read_text()


async def test_it_comes_up_again_where_it_was(both_loops, home):
    async with opened_settings(home, {"HOME": str(home.data.parent)}) as dialog:
        dialog.show(Group.UPLOADS)
        window = dialog._window
        window.close()
        assert not window.isVisible()
        dialog.show()
        assert dialog._window is window
        assert window.isVisible()
        assert window.list.currentItem().text() == "Uploads"


async def test_starting_at_login_is_written_and_read_back(both_loops, home):
    async with shown(home, Group.GENERAL) as window:
        box = window.autostart.box
        there = home.data.parent / ".config" / "autostart"
        await until(box.isEnabled)
        for wanted in (True, False):
            QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(6, 8))
            await until(lambda wanted=wanted: bool(list(there.glob("*"))) is wanted)
            await until(lambda wanted=wanted: box.isChecked() is wanted)
        QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(6, 8))
        await until(lambda: bool(list(there.glob("*"))))
        for file in there.glob("*"):
            file.unlink()  # somebody else
        window.show_page(Group.SYNC)
        window.show_page(Group.GENERAL)
        await until(lambda: not box.isChecked())


async def test_the_demo_leaves_autostart_alone(both_loops, home, tmp_path):
    environ = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    async with opened_settings(home, environ, demo=True) as dialog:
        dialog.show(Group.GENERAL)
        section = dialog._window.autostart
        await until(lambda: "The demo leaves the system alone." in section.words.text())
        assert not section.box.isEnabled()
        section.show_state(JobState(JobStatus.ABSENT), "")
        section.box.click()
        await until(lambda: not section.box.isEnabled())
    assert not (tmp_path / "config").exists()
