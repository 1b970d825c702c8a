"""Every text of every window goes through the catalogue: a made-up language shows which do not."""

from dataclasses import replace
from datetime import UTC, timedelta

import keyring
import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QMessageBox

from tests.fakes.file_keyring import FileKeyring
from tests.ui import history_world, window_examples
from tests.ui.history_world import NOW
from tests.ui.onboarding_rig import Computer
from tests.ui.pseudo import PseudoTranslator, faults, untranslated
from tests.ui.recorder import Recorder
from tests.ui.settings_rig import FakeDesk, Rig
from tests.ui.timeline_examples import Stage, fill
from tests.ui.waiting import until
from tray_app.core.account import AccountView, Method, ShownCertificate, WaysIn
from tray_app.core.conditions import Medium
from tray_app.core.onboarding import Step
from tray_app.core.phrase import phrase
from tray_app.core.run import Outcome
from tray_app.core.setting_specs import Folder, Group
from tray_app.core.snapshot import Phase, Snapshot, UploadState
from tray_app.core.sync_schedule import SyncState
from tray_app.core.timeline import Show
from tray_app.core.toasts import Failing, Gone, Needed, Offered, Slot, Stale, Summary
from tray_app.demo.server import DemoServer
from tray_app.ui import language, toast_view
from tray_app.ui.farewell import Farewell
from tray_app.ui.icons import Panel
from tray_app.ui.memory import Memory
from tray_app.ui.timeline_dates import month_title
from tray_app.ui.timeline_menu import TimelineMenu
from tray_app.ui.translators import reader
from tray_app.ui.tray import Tray
from tray_app.ui.view import tray_view
from tray_app.ui.window_view import window_view

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
NAMES = ("IMG_20240717_184502_lange Nacht.HEIC", "Videos", "away")
REASON = "The file is still being written."
CERTIFICATE = ShownCertificate("photos.lan:443", "a7" * 32)


@pytest.fixture
def pseudo(qapp):
    translator = PseudoTranslator(qapp)
    qapp.installTranslator(translator)
    language.recognise(reader().read)
    yield
    qapp.removeTranslator(translator)
    language.recognise(str)


@pytest.fixture
def keychain(tmp_path, monkeypatch):
    monkeypatch.setenv("TEST_KEYRING", str(tmp_path / "keychain"))
    before = keyring.get_keyring()
    keyring.set_keyring(FileKeyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def both_loops():
    return "qasync"


def snapshots():
    """Return every phase, with and without what it may tell."""
    upload = UploadState(
        total_count=9,
        to_hash_count=9,
        hashed_count=3,
        completed_count=4,
        failed_count=2,
        current_file="/p/IMG_1.jpg",
        current_progress=40,
    )
    rich = {
        "upload": upload,
        "resume_at": NOW + timedelta(minutes=5),
        "last_success": NOW - timedelta(days=1),
        "backup_failed_since": NOW - timedelta(days=20),
        "last_sync": NOW - timedelta(days=3),
        "sync": SyncState(),
        "reasons": (phrase("The power saver is on."),),
        "notes": (phrase("The power saver is on."),),
        "account_name": "ada@example.org",
        "server_url": "https://photos.example.org",
        "set_up": True,
    }
    counted = {"backed_up": 12_040, "last_success": NOW, "set_up": True}
    yield from (Snapshot(phase=phase, **rich) for phase in Phase)
    yield from (Snapshot(phase=phase) for phase in Phase)
    for more in ({}, {"failed": 1}, {"pending": 1}, {"backed_up": 1}, {"backed_up": 0}):
        yield Snapshot(phase=Phase.IDLE, **{**counted, **more})
    yield Snapshot(phase=Phase.IDLE, set_up=False)
    yield Snapshot(phase=Phase.IDLE, sync=SyncState(running=True))
    yield Snapshot(phase=Phase.IDLE, **counted, told=("x.jpg",) * 20)


def test_the_tray_and_its_menu(pseudo, qapp):
    tray = Tray(Recorder(), lambda: NOW, Panel.UNKNOWN, has_settings=True)
    for snapshot in snapshots():
        view = tray_view(snapshot, NOW, UTC)
        tray.show_view(view)
        assert untranslated(view.tooltip) == []
        assert not "\n".join(faults(tray.menu, "IMG_1.jpg"))
    tray.close()


def test_toasts(pseudo):
    reasons = (phrase("The power saver is on."),)
    for news in (
        Summary(2, 0, 3),
        Summary(0, 2),
        Failing(3),
        Needed(reasons),
        Stale(NOW - timedelta(days=30), reasons),
        Offered("USB", "/media/usb"),
        Gone(2),
    ):
        said = toast_view.toast(news, NOW, UTC).notification
        assert untranslated(f"{said.title} {said.content}", "USB") == [], news
    for snapshot in snapshots():
        for slot in (Slot.TOTAL, Slot.DETAIL):
            said = toast_view.progress(slot, snapshot, NOW)
            assert untranslated(f"{said.title} {said.content}") == []


async def test_every_page_of_the_window(pseudo, both_loops, shown, monkeypatch):
    monkeypatch.setattr(history_world, "REASONS", ((REASON, "Make it readable for you.", 413),))
    world = shown.world
    folder = world.files(20)
    for outcome in Outcome:
        world.run(NOW - timedelta(days=2), outcome, completedCount=2, bytesSent=10**7)
    world.run(NOW, "done", failedCount=2)
    world.fail(b"a.jpg", folder)
    world.fail(b"b.jpg", folder)
    world.folders += [Folder("/home/ada/Videos", enabled=False), Folder("/gone/away")]
    view = window_view(window_examples.STATES["uploading"], NOW, UTC)
    shown.window.show_view(view)
    for key in ("overview", "activity", "failed", "logs"):
        shown.open(key)
        await until(lambda: not shown.errands.busy)
        shown.window.page(key).refresh()
        await until(lambda: not shown.errands.busy)
        if key == "failed":
            shown.window.page(key).table.selectRow(0)
        if key == "activity":
            shown.window.page(key).runs.selectRow(0)
            await until(lambda: not shown.errands.busy)
        assert not "\n".join(faults(shown.window, str(world.pictures), *NAMES))
    for snapshot in snapshots():
        shown.window.show_view(window_view(snapshot, NOW, UTC))
        assert not "\n".join(faults(shown.window.page("overview"), str(world.pictures), *NAMES))


async def test_what_pages_answer_and_their_dialogs(pseudo, both_loops, shown, tmp_path):
    failed = shown.open("failed")
    failed.export_to(tmp_path / "x.zip")
    failed._retry_all()
    await until(lambda: not shown.errands.busy)
    failed.tabs.setCurrentIndex(1)
    await until(lambda: not shown.errands.busy)
    failed._ask_where()
    logs = shown.open("logs")
    logs.export_to(tmp_path / "y.zip")
    logs._ask_where()
    overview = shown.open("overview").status
    overview.take([])
    overview.drop_area._ask()
    await until(lambda: not shown.errands.busy)
    dialogs = shown.window.findChildren(QFileDialog)
    assert len(dialogs) == 3
    for dialog in dialogs:
        said = [dialog.windowTitle(), *dialog.nameFilters()]
        assert untranslated(" ".join(said), "(*.csv)", "(*.zip)", "(*)", "All Files") == []
        dialog.close()
    assert not "\n".join(faults(shown.window, str(tmp_path)))


def test_every_page_of_the_settings(pseudo, qapp, tmp_path):
    rig = Rig(tmp_path, FakeDesk(shown=CERTIFICATE), change_account=lambda: None)
    window, change = rig.window, rig.preferences.change
    (tmp_path / "Pictures").mkdir()
    change("folders", [{"path": str(tmp_path / "Pictures"), "exclude": ["x/"], "enabled": False}])
    change("trustedCertificates", ["photos.lan:443 " + "a7" * 32])
    change("extraHeaders", ["CF-Access-Client-Id"])
    window.show()
    data = (str(tmp_path), "English", "Deutsch", "CF-Access-Client-Id", "photos.lan")
    data += ("Maria Beispiel", "Pictures")
    for group in Group:
        window.show_page(group)
        assert not "\n".join(faults(window, *data))
    window.search.setText("zzz")
    change("proxy", "socks5://proxy")
    change("albumMode", "single")
    rig.desk.view = AccountView(
        server="https://photos.example.org",
        user="maria@example.org",
        method=phrase("an API key"),
        missing=("album.create",),
    )
    window.account.look()
    rig.edit("syncInterval = 15", "syncInterval = = 15")
    assert not "\n".join(faults(window, *data, "album.create", "socks5"))
    window.close_down()


def test_the_dialogs_of_the_settings(pseudo, qapp, tmp_path):
    rig = Rig(tmp_path, FakeDesk(shown=CERTIFICATE), change_account=lambda: None)
    window = rig.window
    window.show()
    (tmp_path / "Pictures").mkdir()
    editors = {row.spec.key: row.editor for row in window.rows}
    window.account._ask()
    editors["folders"].take([str(tmp_path / "Pictures"), str(tmp_path)])
    editors["extraHeaders"]._ask_name()
    editors["trustedCertificates"]._ask()
    editors["trustedCertificates"]._confirm(CERTIFICATE, "")
    editors["folders"]._ask()
    editors["authorityFile"]._ask()
    dialogs = window.findChildren(QDialog)
    assert {type(one) for one in dialogs} >= {QMessageBox, QInputDialog, QFileDialog}
    for dialog in dialogs:
        if isinstance(dialog, QFileDialog):
            said = " ".join([dialog.windowTitle(), *dialog.nameFilters()])
            assert untranslated(said, "(*)", "All Files", "(*.pem *.crt *.cer *.key)") == []
        else:
            found = faults(dialog, str(tmp_path), "photos.lan", "photos.example.org", "a7")
            assert found == [], dialog.windowTitle()
        dialog.close()
    window.close_down()


async def test_the_timeline(pseudo, both_loops, qapp, tmp_path):
    fill(tmp_path, 60)
    stage = Stage(tmp_path)
    try:
        page = stage.page
        page.show()
        await until(lambda: page.model.total and page.model.cell(0))
        page.grid.setCurrentIndex(page.model.index(0))
        await until(page.details.text)
        assert not "\n".join(faults(page, "IMG_", "DSC_", "jpg"))
        menu = TimelineMenu(page.model.cell(0), can_upload=True, parent=page)
        assert not "\n".join(faults(menu))
        page.grid.selectAll()
        assert not "\n".join(faults(page, "IMG_", "DSC_", "jpg"))
        for month in page.model.months():
            assert untranslated(month_title(month.month)) == []
        for show in Show:
            page.filter.show_box.setCurrentIndex(page.filter.show_box.findData(show))
            page.filter.text_box.setText("zzz")
            page.filter._tell()
            await until(page.message.text.text)
            assert not "\n".join(faults(page, "zzz", "IMG_", "DSC_", "jpg"))
        page.hide()
    finally:
        stage.close()


async def test_every_step_of_the_onboarding(pseudo, both_loops, qapp, keychain, tmp_path):
    computer = Computer(tmp_path)
    pictures = computer.put_pictures(3)
    with DemoServer(tmp_path / "demo") as server:
        session = await computer.start()
        said = session.window
        data = (
            str(tmp_path),
            "127.0.0.1",
            "Login with Authentik",
            "Home",
            "photos.lan",
            "ftp",
            "Invalid API key",
        )
        session.work.find("ftp://photos")
        await session.settled()
        assert not "\n".join(faults(said, *data))
        work = session.work
        work._show(replace(session.state, certificate=CERTIFICATE))
        work._show(replace(session.state, busy=phrase("Looking for the server …")))
        assert not "\n".join(faults(said, *data))
        work.find(server.url)
        await session.step(Step.SIGN_IN)
        work._show(replace(session.state, ways=WaysIn(True, True, "Login with Authentik")))
        for method, button in said.sign_in.buttons.items():
            button.click()
            assert not "\n".join(faults(said, *data))
            if method is not Method.OAUTH:
                said.sign_in.submit()  # with nothing typed
            assert not "\n".join(faults(said, *data))
        work.with_key("wrong")
        await session.settled()
        assert not "\n".join(faults(said, *data))
        work.with_password("demo@example.org", "demo")
        await session.step(Step.FOLDERS)
        said.folders.take([str(pictures), str(tmp_path / "none")])
        assert not "\n".join(faults(said, *data))
        work.choose((str(pictures),))
        await session.step(Step.WHEN)
        await session.until(lambda state: state.at_login and state.seen)
        assert not "\n".join(faults(said, *data))
        computer.machine.change(medium=Medium.CELLULAR, on_ac=False, battery_percent=12.0)
        await session.until(lambda state: state.seen.on_ac is False)
        assert not "\n".join(faults(said, *data))
        await session.leave()


def test_the_farewell(pseudo, qapp, tmp_path):
    class Job:
        def goes_on(self):
            return True

        def switch_off(self):
            return None

    farewell = Farewell(lambda: None, Job(), Memory(tmp_path / "window.ini"))
    farewell.ask()
    assert not "\n".join(faults(farewell.box))
    farewell.close()
