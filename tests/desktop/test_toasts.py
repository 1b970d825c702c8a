"""The program's toasts in a real dunst: counted, replaced in place, pressed (issue 3 point 5)."""

import asyncio
import json
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.acceptance.photos import photo, photos, settled
from tests.desktop.test_program import running_program
from tests.rig.bus import Monitor
from tests.rig.desktop import running_desktop
from tests.rig.processes import wait_until
from tray_app.core.snapshot import Phase, Snapshot, UploadState
from tray_app.core.toasts import Failing, Slot, Summary, progress_toast
from tray_app.demo.faults import SlowAnswer, WrongChecksum
from tray_app.demo.process import serve_in_process
from tray_app.desktop.linux.notifications import FreedesktopToasts
from tray_app.ui import toast_view

pytestmark = pytest.mark.desktop

EMAIL = "who@example.org"
BAR = 0x7F7FFF  # of dunst as it comes
TOTAL, DETAIL, ERROR = "Backup Progress", "Current file", "Backup has errors"


@pytest.fixture
def server(tmp_path):
    with serve_in_process(tmp_path / "server") as demo:
        demo.add_user(EMAIL)
        yield demo


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "photos"


@pytest.fixture
def home(desktop, desktop_session, server, tmp_path, folder):
    place = tmp_path / "home"
    write_settings(place, folder)
    desktop.bus.close_notifications()
    return desktop_session | {
        "IMMICH_TRAY_HOME": str(place),
        "IMMICH_INSTANCE_URL": server.url,
        "IMMICH_API_KEY": server.add_api_key(email=EMAIL),
    }


def write_settings(place, folder):
    settings = place / "config" / "settings.toml"
    settings.parent.mkdir(parents=True, mode=0o700)
    settings.write_text(
        "backgroundBackup = true\nbackupTriggerDelay = 0\nscheduledBackup = false\n"
        "backgroundBackupSingleProgress = true\n"
        "backupRequireWifi = false\nbackupMinBatteryPercent = 0\n"
        f"[[folders]]\npath = {json.dumps(str(folder))}\n"
    )


@pytest.fixture
def monitor(desktop):
    with Monitor(desktop.env["DBUS_SESSION_BUS_ADDRESS"]) as watching:
        yield watching


def contents(monitor, title):
    return [call.content for call in monitor.calls if call.title == title]


def test_a_thousand_files_are_three_toasts_replaced_in_place(
    server, home, folder, desktop, monitor, tmp_path, record
):
    photos(folder, 997)
    for number in range(3):
        photo(folder / f"bad_{number}.jpg", number)  # the newest goes first
    settled()
    server.faults.add(WrongChecksum(match="bad"))
    most = 0
    with running_program(home) as program:

        def summed_up():
            nonlocal most
            shown = desktop.bus.notifications_shown()
            if shown > most:
                most = shown
                desktop.screen.screenshot(tmp_path / f"toasts-{shown}.png")
            return contents(monitor, "Backup finished")

        wait_until("summary", summed_up, 55)
        wait_until("no progress any more", lambda: desktop.bus.notifications_shown() == 2)
        calls = list(monitor.calls)
        program.terminate()
        assert program.wait(10) == 0
    wait_until("an empty screen", lambda: desktop.bus.notifications_shown() == 0)

    assert most <= 3
    new = [call.title for call in calls if not call.replaces]
    assert sorted(new) == sorted({TOTAL, DETAIL, ERROR} & {call.title for call in calls})
    assert {TOTAL, DETAIL, ERROR} == {call.title for call in calls} - {"Backup finished"}
    assert contents(monitor, ERROR) == ["3 photos could not be backed up."]
    assert contents(monitor, "Backup finished") == [
        "997 photos backed up, 3 could not be backed up"
    ]
    for title in (TOTAL, DETAIL):
        moments = [call.at for call in calls if call.title == title]
        assert len(moments) <= 2 * (moments[-1] - moments[0]) + 2
        values = [call.hints["value"] for call in calls if call.title == title and call.content
                  and "value" in call.hints]  # fmt: skip
        assert all(0 <= value <= 100 for value in values)
        assert all(call.hints["suppress-sound"] for call in calls if call.title == title)
    record(files=1000, notify_calls=len(calls), new_ones=len(new), most_on_screen=most)


async def test_dunst_shows_three_with_their_share_and_replaces_them(desktop, monkeypatch):
    address = desktop.env["DBUS_SESSION_BUS_ADDRESS"]
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    desktop.bus.close_notifications()
    toasts = FreedesktopToasts(
        lambda _toast: False, app_name="Immich Tray", icon="", entry="immich-tray"
    )
    bars = []
    for done in (10, 60, 90):
        upload = UploadState(total_count=100, completed_count=done, current_progress=done,
                             current_file="/p/<b>a & b</b>.jpg")  # fmt: skip
        at_work = Snapshot(phase=Phase.UPLOADING, upload=upload)
        for slot in (Slot.TOTAL, Slot.DETAIL):
            toasts.show(progress_toast(toast_view.progress(slot, at_work, datetime.now(UTC))))
        toasts.show(toast_view.toast(Failing(3), datetime.now(UTC)))
        async with asyncio.timeout(10):
            while (
                toasts._due or desktop.bus.notifications_shown() != 3 or not _grown(bars, desktop)
            ):
                await asyncio.sleep(0.02)
    toasts.show(toast_view.toast(Summary(100), datetime.now(UTC)))
    toasts.withdraw(Slot.DETAIL)
    async with asyncio.timeout(10):
        while desktop.bus.notifications_shown() != 2 or _bar(desktop):
            await asyncio.sleep(0.02)
    await toasts.close()
    assert desktop.bus.notifications_shown() == 0


def _bar(desktop):
    """How much of the screen has the colour of dunst's progress bars."""
    picture = desktop.screen.image()
    xs, ys = range(900, 1280), range(400)
    return sum(picture.pixel(x, y) & 0xFFFFFF == BAR for x in xs for y in ys)


def _grown(bars, desktop):
    bar = _bar(desktop)
    if bar <= max(bars, default=0):
        return False
    bars.append(bar)
    return True


def test_a_click_on_the_toast_is_heard_and_progress_sent_away_stays_away(
    server, home, folder, desktop, monitor, tmp_path
):
    photos(folder, 40)
    settled()
    server.faults.add(SlowAnswer(seconds=0.4, match=".jpg"))
    logs = tmp_path / "home" / "logs"
    with running_program(home) as program:
        wait_until("toasts", lambda: {TOTAL, DETAIL} == {call.title for call in monitor.calls})
        subprocess.run(["dunstctl", "action", "0"], env=home, check=True)
        wait_until("click", lambda: "Pressed on a notification: show" in _texts(logs))
        desktop.bus.close_notifications()
        begin = len(server.assets(EMAIL))
        wait_until("more photos", lambda: len(server.assets(EMAIL)) > begin + 5)
        assert [call.title for call in monitor.calls if not call.replaces] == [TOTAL, DETAIL]
        wait_until("summary", lambda: contents(monitor, "Backup finished"), 40)
        program.terminate()
        assert program.wait(10) == 0


def _texts(folder):
    return "".join(file.read_text() for file in folder.glob("*.log*"))


def test_without_a_notification_service_the_tray_icon_tells(folder, tmp_path):
    photos(folder, 1)
    with (
        tempfile.TemporaryDirectory(prefix="desk-") as place,
        running_desktop(Path(place), notifications=False) as bare,
    ):
        home = bare.env | {"IMMICH_TRAY_HOME": str(tmp_path / "home")}  # where nobody signed in
        write_settings(tmp_path / "home", folder)
        with running_program(home) as program:
            wait_until("balloon", lambda: _balloons(bare.screen))
            program.terminate()
            assert program.wait(10) == 0
        assert "You are not signed in" in _texts(tmp_path / "home" / "logs")


def _balloons(screen):
    return [it for it in screen.windows("Immich Tray") if it.width > 100]
