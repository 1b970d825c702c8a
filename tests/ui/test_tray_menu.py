from datetime import UTC, datetime

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QSystemTrayIcon

from tests.ui.contrast import contrast
from tests.ui.recorder import Recorder
from tray_app.core.history import FileRow
from tray_app.core.ledger import Held
from tray_app.core.pauses import minutes_until_tomorrow
from tray_app.core.snapshot import Phase, Snapshot, UploadState
from tray_app.ui.icons import Panel
from tray_app.ui.tray import Tray
from tray_app.ui.view import tray_view

NOW = datetime(2026, 3, 12, 14, 30, tzinfo=UTC)


@pytest.fixture
def commands():
    return Recorder()


@pytest.fixture
def tray(qapp, commands):
    it = Tray(commands, lambda: NOW, Panel.UNKNOWN, has_settings=True)
    yield it
    it.close()


def show(tray, phase, **fields):
    tray.show_view(tray_view(Snapshot(phase=phase, **fields), NOW, UTC))


def seen(tray):
    return [a.text() for a in tray.menu.actions() if a.isVisible() and not a.isSeparator()]


def test_a_resting_menu(tray):
    show(tray, Phase.IDLE, server_url="https://photos.example.org")
    assert seen(tray) == [
        "Nothing is backed up yet",
        "Back up now",
        "Pause for",
        "Open window",
        "Open Immich",
        "Settings\u2026",
        "Quit",
    ]
    offered = [action.text() for action in tray.menu.actions() if action.isEnabled()]
    assert [text for text in offered if text] == seen(tray)[1:]
    assert not tray.menu.status.isEnabled()


def test_a_working_menu_tells_progress_and_does_not_offer_a_second_run(tray):
    upload = UploadState(total_count=2, current_file="Tom & Jerry.jpg")
    show(tray, Phase.UPLOADING, upload=upload)
    assert seen(tray)[:2] == ["Uploading photo 1 of 2", "Tom && Jerry.jpg, 0 % done"]
    assert not tray.menu.back_up_now.isEnabled()
    assert not tray.menu.open_immich.isEnabled()


def test_resume_stands_in_the_place_of_pause(tray):
    show(tray, Phase.PAUSED)
    assert "Resume" in seen(tray)
    assert "Pause for" not in seen(tray)
    show(tray, Phase.IDLE)
    assert "Resume" not in seen(tray)
    assert "Pause for" in seen(tray)


def test_a_network_that_costs_may_be_used_anyway(tray):
    show(tray, Phase.WAITING, costly=True)
    assert seen(tray)[1:3] == ["Back up now", "Upload anyway on this network"]
    show(tray, Phase.IDLE)
    assert "Upload anyway on this network" not in seen(tray)


def test_failed_files_are_counted_and_lead_to_their_page(tray):
    show(tray, Phase.IDLE)
    assert not tray.menu.failed.isVisible()
    show(tray, Phase.IDLE, failed=1204)
    assert "Failed (1,204)" in seen(tray)
    wanted = []
    tray.menu.window_wanted.connect(wanted.append)
    tray.menu.failed.trigger()
    tray.menu.open_window.trigger()
    assert wanted == ["failed", ""]


def row(name):
    path = f"/p/{name}"
    return FileRow(cursor=(), path=path, size=1, at=NOW, held=Held.UPLOADED)


def test_the_newest_files_are_listed_and_shown_on_a_click(tray):
    recent = tray.menu.recent
    assert not recent.menuAction().isVisible()
    wanted = []
    recent.wanted.connect(wanted.append)
    names = ["Tom & Jerry.jpg", "caf\udce9.jpg", "<b>\n.jpg", "x" * 200 + ".jpg", "4", "5", "6"]
    before = recent.actions()
    recent.show_files([row(name) for name in names])
    shown = [entry.text() for entry in recent.actions() if entry.isVisible()]
    assert shown[:3] == ["Tom && Jerry.jpg", "caf\\xe9.jpg", "<b>\\n.jpg"]
    assert len(shown) == 5
    assert len(shown[3]) <= 40
    assert shown[3].endswith(".jpg")
    recent.actions()[1].trigger()
    assert wanted == ["/p/caf\udce9.jpg"]
    recent.show_files([row("one.jpg")])
    assert [entry.text() for entry in recent.actions() if entry.isVisible()] == ["one.jpg"]
    assert all(a is b for a, b in zip(before, recent.actions(), strict=True))


def test_settings_are_offered_where_there_is_a_dialog(qapp, tray, commands):
    wanted = []
    tray.menu.settings_wanted.connect(lambda: wanted.append("settings"))
    tray.menu.settings.trigger()
    assert wanted == ["settings"]
    bare = Tray(commands, lambda: NOW, Panel.UNKNOWN)
    assert not bare.menu.settings.isVisible()
    bare.close()


def test_entries_change_in_place(tray):
    show(tray, Phase.IDLE)
    before = tray.menu.actions()
    for phase in Phase:
        show(tray, phase)
        assert all(a is b for a, b in zip(before, tray.menu.actions(), strict=True))


def test_every_entry_asks_for_its_command(tray, commands):
    show(tray, Phase.IDLE, server_url="http://localhost")
    menu = tray.menu
    for action in (
        menu.back_up_now,
        menu.upload_anyway,
        *menu.pause.actions(),
        menu.resume,
        menu.open_immich,
    ):
        action.trigger()
    menu.quit_wanted.connect(commands.quit)
    menu.quit.trigger()
    tomorrow = minutes_until_tomorrow(NOW)
    assert commands.asked == [
        "back up now",
        "upload anyway",
        "pause 30",
        "pause 60",
        f"pause {tomorrow}",
        "pause None",
        "resume",
        "open immich",
        "quit",
    ]


# The offscreen screen has no keyboard to grab; the desktop test clicks on a real one.
@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_left_click_opens_the_menu(tray, qtbot):
    show(tray, Phase.IDLE)
    with qtbot.waitSignal(tray.menu.aboutToShow):
        tray._icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    tray.menu.close()


def test_the_icon_is_drawn_again_only_when_it_differs(tray):
    show(tray, Phase.UPLOADING, upload=UploadState(total_count=1000))
    first = tray._icon.icon().cacheKey()
    show(tray, Phase.UPLOADING, upload=UploadState(total_count=1000, completed_count=10))
    assert tray._icon.icon().cacheKey() == first
    show(tray, Phase.PAUSED)
    assert tray._icon.icon().cacheKey() != first
    tray.set_panel(Panel.DARK)
    assert "Paused" in tray._icon.toolTip()


def test_what_a_screen_reader_says(tray):
    assert tray.menu.accessibleName() == "Immich Tray menu"
    assert tray.menu.pause.accessibleName() == "Pause for"


def test_the_reason_is_readable_though_it_cannot_be_clicked(tray):
    tray.menu.aboutToShow.emit()
    palette, off = tray.menu.palette(), QPalette.ColorGroup.Disabled
    text = palette.color(off, QPalette.ColorRole.Text)
    assert contrast(text, palette.color(QPalette.ColorRole.Base)) >= 4.5


def test_who_is_not_set_up_is_offered_it_first(tray):
    wanted = []
    tray.menu.set_up_wanted.connect(lambda: wanted.append(True))
    show(tray, Phase.IDLE, set_up=False)
    assert seen(tray)[:2] == ["Needs you: it is not set up yet", "Set up\u2026"]
    tray.menu.set_up.trigger()
    assert wanted == [True]
    show(tray, Phase.IDLE)
    assert not tray.menu.set_up.isVisible()
