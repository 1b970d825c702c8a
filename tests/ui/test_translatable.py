"""Every text of every window goes through the catalogue: a made-up language shows which do not."""

import asyncio
from datetime import UTC, timedelta

import pytest
from msgspec.structs import replace as replaced
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QMessageBox

from tests.ui import history_world, window_examples
from tests.ui.history_world import NOW
from tests.ui.pseudo import PseudoTranslator, faults, untranslated
from tests.ui.recorder import Recorder
from tests.ui.settings_rig import FakeDesk, Rig
from tests.ui.timeline_examples import Stage, fill
from tests.ui.waiting import until
from tray_app.core.account import AccountView, ShownCertificate
from tray_app.core.conditions import Medium
from tray_app.core.onboarding import Step
from tray_app.core.phrase import phrase
from tray_app.core.setting_specs import Folder, Group
from tray_app.core.snapshot import Phase, Snapshot, UploadState
from tray_app.core.sync_schedule import SyncState
from tray_app.core.timeline import Show
from tray_app.core.toasts import Failing, Gone, Needed, Offered, Slot, Stale, Summary
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
REASON = "Permission denied."
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
        assert faults(tray.menu, "IMG_1.jpg") == []
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
    for outcome in ("done", "stopped", "waiting", "trouble", "needs_user"):
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
        assert faults(shown.window, str(world.pictures)) == [], key
    for snapshot in snapshots():
        shown.window.show_view(window_view(snapshot, NOW, UTC))
        assert faults(shown.window.page("overview"), str(world.pictures)) == [], snapshot.phase


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
    assert faults(shown.window, str(tmp_path)) == []


def test_every_page_of_the_settings(pseudo, qapp, tmp_path):
    rig = Rig(tmp_path, FakeDesk(shown=CERTIFICATE), change_account=lambda: None)
    window, change = rig.window, rig.preferences.change
    (tmp_path / "Pictures").mkdir()
    change("folders", [{"path": str(tmp_path / "Pictures"), "exclude": ["x/"], "enabled": False}])
    change("trustedCertificates", ["photos.lan:443 " + "a7" * 32])
    change("extraHeaders", ["CF-Access-Client-Id"])
    window.show()
    data = (str(tmp_path), "English", "Deutsch", "CF-Access-Client-Id", "photos.lan")
    data += ("Maria Beispiel", "Pictures", "api-key", "x-", "gitignore", "KiB")
    for group in Group:
        window.show_page(group)
        assert faults(window, *data) == [], group
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
    assert faults(window, *data, "album.create", "socks5") == []
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
        await until(lambda: page.details.text())
        assert faults(page, "IMG_", "DSC_", "jpg") == []
        menu = TimelineMenu(page.model.cell(0), can_upload=True, parent=page)
        assert faults(menu) == []
        page.grid.selectAll()
        assert faults(page, "IMG_", "DSC_", "jpg") == []
        for month in page.model.months():
            assert untranslated(month_title(month.month)) == []
        for show in Show:
            page.filter.show_box.setCurrentIndex(page.filter.show_box.findData(show))
            page.filter.text_box.setText("zzz")
            page.filter._tell()
            await until(lambda: page.message.text.text())
            assert faults(page, "zzz", "IMG_", "DSC_", "jpg") == [], show
        page.hide()
    finally:
        stage.close()


def test_the_farewell(pseudo, qapp, tmp_path):
    class Job:
        def goes_on(self):
            return True

        def switch_off(self):
            return None

    farewell = Farewell(lambda: None, Job(), Memory(tmp_path / "window.ini"))
    farewell.ask()
    assert faults(farewell.box) == []
    farewell.close()
