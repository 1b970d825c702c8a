from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tray_app.core.pauses import minutes_until_tomorrow
from tray_app.core.snapshot import Phase, Snapshot, UploadState
from tray_app.core.sync_schedule import SyncState
from tray_app.ui.view import MENU_LIMIT, NAME_LIMIT, Icon, tray_view

NOW = datetime(2026, 3, 12, 14, 30, tzinfo=UTC)  # a Thursday
TODAY = NOW.replace(minute=2)
DNS = "The name photos.example.org could not be found."


def view(phase: Phase, **fields):
    return tray_view(Snapshot(phase=phase, **fields), NOW, UTC)


def run(**fields):
    return UploadState(**fields)


CASES = [
    (Phase.STOPPED, {}, Icon.IDLE, "Not running"),
    (Phase.IDLE, {}, Icon.IDLE, "Nothing is backed up yet"),
    (Phase.IDLE, {"last_success": TODAY}, Icon.IDLE, "All photos are backed up"),
    (
        Phase.IDLE,
        {"last_success": TODAY, "backed_up": 1204},
        Icon.IDLE,
        "All 1,204 photos are backed up",
    ),
    (Phase.IDLE, {"last_success": TODAY, "backed_up": 1}, Icon.IDLE, "Your 1 photo is backed up"),
    (Phase.IDLE, {"set_up": False}, Icon.NEEDS_USER, "Needs you: it is not set up yet"),
    (Phase.IDLE, {"pending": 1}, Icon.IDLE, "1 photo waits for the next backup"),
    (Phase.IDLE, {"pending": 1300}, Icon.IDLE, "1,300 photos wait for the next backup"),
    (Phase.IDLE, {"failed": 1}, Icon.NEEDS_USER, "1 photo could not be backed up"),
    (Phase.IDLE, {"failed": 2, "backed_up": 9}, Icon.NEEDS_USER, "2 photos could not be backed up"),
    (Phase.DELAYED, {}, Icon.IDLE, "New photos are backed up"),
    (
        Phase.DELAYED,
        {"resume_at": NOW + timedelta(minutes=30)},
        Icon.IDLE,
        "New photos are backed up at 15:00",
    ),
    (Phase.DELAYED, {"failed": 1}, Icon.NEEDS_USER, "New photos are backed up"),
    (Phase.CONNECTING, {}, Icon.WORKING, "Connecting to the server"),
    (Phase.SCANNING, {}, Icon.WORKING, "Looking for new photos"),
    (Phase.HASHING, {}, Icon.WORKING, "Reading photos"),
    (
        Phase.HASHING,
        {"upload": run(hashed_count=1203, to_hash_count=2000)},
        Icon.WORKING,
        "Reading photo 1,204 of 2,000",
    ),
    (
        Phase.UPLOADING,
        {"upload": run(total_count=100, completed_count=2, duplicate_count=1, failed_count=1)},
        Icon.WORKING,
        "Uploading photo 5 of 100",
    ),
    (
        Phase.UPLOADING,
        {"upload": run(total_count=3, completed_count=3)},
        Icon.WORKING,
        "Uploading photo 3 of 3",
    ),
    (Phase.VERIFYING, {}, Icon.WORKING, "Checking that everything arrived"),
    (Phase.PAUSED, {}, Icon.PAUSED, "Paused"),
    (
        Phase.PAUSED,
        {"resume_at": NOW + timedelta(minutes=30)},
        Icon.PAUSED,
        "Paused until 15:00",
    ),
    (
        Phase.PAUSED,
        {"resume_at": NOW + timedelta(hours=15, minutes=30)},
        Icon.PAUSED,
        "Paused until tomorrow 06:00",
    ),
    (
        Phase.WAITING,
        {"reasons": ("The battery is at 12 %.",)},
        Icon.WAITING,
        "Waiting: the battery is at 12 %.",
    ),
    (
        Phase.COOLING_DOWN,
        {"reasons": (DNS,), "resume_at": NOW + timedelta(minutes=2)},
        Icon.WAITING,
        "Waiting: the name photos.example.org could not be found. Next try at 14:32",
    ),
    (
        Phase.COOLING_DOWN,
        {"resume_at": NOW + timedelta(minutes=2)},
        Icon.WAITING,
        "Waiting. Next try at 14:32",
    ),
    (
        Phase.NEEDS_USER,
        {"reasons": ("Immich no longer accepts our sign-in.",)},
        Icon.NEEDS_USER,
        "Needs you: Immich no longer accepts our sign-in.",
    ),
    (
        Phase.FAILED,
        {"reasons": ("An unexpected error.",)},
        Icon.FAILED,
        "Backup failed: an unexpected error.",
    ),
]


@pytest.mark.parametrize(("phase", "fields", "icon", "status"), CASES)
def test_each_phase_has_its_picture_and_words(phase, fields, icon, status):
    seen = view(phase, **fields)
    assert seen.icon is icon
    assert seen.tooltip.splitlines()[:2] == ["Immich Tray", status]
    assert f"{seen.status} {seen.detail}".startswith(status)
    assert max(len(seen.status), len(seen.detail)) <= MENU_LIMIT


def test_the_table_has_every_phase():
    assert {case[0] for case in CASES} == set(Phase)


@pytest.mark.parametrize(
    ("phase", "back_up", "pause"),
    [
        (phase, phase in IDLE_ONES, phase is not Phase.STOPPED)
        for IDLE_ONES in [
            {
                Phase.IDLE,
                Phase.DELAYED,
                Phase.PAUSED,
                Phase.WAITING,
                Phase.COOLING_DOWN,
                Phase.NEEDS_USER,
                Phase.FAILED,
            }
        ]
        for phase in Phase
    ],
)
def test_what_may_be_asked(phase, back_up, pause):
    seen = view(phase)
    assert (seen.can_back_up, seen.can_pause) == (back_up, pause)
    assert seen.paused is (phase is Phase.PAUSED)


@pytest.mark.parametrize(
    ("address", "can"),
    [("", False), ("https://a.b", True), ("http://a", True), ("file:///etc/passwd", False)],
)
def test_immich_opens_only_where_there_is_a_page(address, can):
    assert view(Phase.IDLE, server_url=address).can_open_immich is can


@pytest.mark.parametrize(
    ("upload", "percent"),
    [
        (run(), None),
        (run(total_count=200), 0),
        (run(total_count=4, completed_count=1, current_progress=50), 37),
        (run(total_count=200, completed_count=199, current_progress=99), 99),
        (run(total_count=3, completed_count=3, current_progress=70), 100),
    ],
)
def test_the_ring_measures_the_run(upload, percent):
    assert view(Phase.UPLOADING, upload=upload).percent == percent


def test_the_progress_line_names_the_file_the_share_and_the_failures():
    upload = run(total_count=4, completed_count=1, failed_count=1, current_file="/p/a & b.jpg")
    assert view(Phase.UPLOADING, upload=upload).detail == "a & b.jpg, 50 % done, 1 failed"
    assert view(Phase.IDLE, upload=upload).detail == ""
    assert view(Phase.IDLE, last_success=TODAY).detail == "Last backup today 14:02"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\nb\tc.jpg", "a b c.jpg"),
        ("a\udcff.jpg", "a\\xff.jpg"),
        ("a\x1b[31m.jpg", "a\\x1b[31m.jpg"),
        ("gpj.\u202efdp.jpg", "gpj.\\u202efdp.jpg"),
        ("<b>x</b>.jpg", "b>.jpg"),
        ("<b>x.jpg", "\u2039b>x.jpg"),
        ("👨‍👩‍👧.jpg", "👨‍👩‍👧.jpg"),
    ],
)
def test_foreign_names_stay_one_harmless_line(name, shown):
    line = view(Phase.UPLOADING, upload=run(total_count=1, current_file=f"/p/{name}")).detail
    assert line == f"{shown}, 0 % done"
    line.encode()


def test_a_long_name_keeps_its_ending():
    name = "x" * 300 + "-final.jpeg"
    line = view(Phase.UPLOADING, upload=run(total_count=1, current_file=name)).detail
    assert line.startswith("xxx")
    assert "…" in line
    assert line.endswith("-final.jpeg, 0 % done")
    assert len(line.removesuffix(", 0 % done")) == NAME_LIMIT


def test_a_long_reason_takes_both_menu_lines_and_more_of_the_tooltip():
    seen = view(Phase.WAITING, reasons=("word " * 100,), last_success=TODAY)
    assert seen.status.startswith("Waiting: word")
    assert seen.detail.endswith("word…")
    assert len(seen.status + seen.detail) < len(seen.tooltip.splitlines()[1])


def test_a_note_is_the_last_line_of_the_tooltip():
    seen = view(Phase.IDLE, last_success=TODAY, notes=("/photos: that is <used> up.", "more"))
    assert seen.tooltip.splitlines()[-1].startswith("Note: /photos: that is ")
    assert "<" not in seen.tooltip


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(minutes=28), "today 14:02"),
        (timedelta(days=1), "yesterday 14:30"),
        (timedelta(days=2), "Tuesday 14:30"),
        (timedelta(days=6), "Friday 14:30"),
        (timedelta(days=7), "5 March 14:30"),
        (timedelta(days=365), "12 March 2025 14:30"),
    ],
)
def test_times_are_told_as_people_do(ago, words):
    snapshot = Snapshot(phase=Phase.IDLE, last_success=NOW - ago)
    assert tray_view(snapshot, NOW, UTC).tooltip.splitlines()[-1] == f"Last backup {words}"
    failing = replace(snapshot, backup_failed_since=NOW - ago)
    assert f"Backup failing since {words}" in tray_view(failing, NOW, UTC).tooltip


def test_times_are_those_of_the_zone():
    snapshot = Snapshot(phase=Phase.IDLE, last_success=TODAY)
    assert tray_view(snapshot, NOW, ZoneInfo("Asia/Tokyo")).tooltip.endswith("today 23:02")


@pytest.mark.parametrize(
    ("now", "zone", "minutes"),
    [
        (datetime(2026, 3, 12, 22, 0, tzinfo=UTC), UTC, 8 * 60),
        (datetime(2026, 3, 12, 22, 0, 30, tzinfo=UTC), UTC, 8 * 60),
        (datetime(2026, 3, 12, 2, 59, tzinfo=UTC), UTC, 181),
        (datetime(2026, 3, 12, 5, 50, tzinfo=UTC), UTC, 24 * 60 + 10),
        # Clocks go forward at 02:00 on 29 March: 22:00 to 06:00 is seven hours.
        (datetime(2026, 3, 28, 21, 0, tzinfo=UTC), ZoneInfo("Europe/Berlin"), 7 * 60),
    ],
)
def test_tomorrow_begins_at_six(now, zone, minutes):
    assert minutes_until_tomorrow(now, zone) == minutes


def test_syncing_shows_where_there_is_nothing_else_to_show():
    def icon(phase, **fields):
        return tray_view(
            Snapshot(phase=phase, sync=SyncState(running=True), **fields), NOW, UTC
        ).icon

    assert icon(Phase.IDLE) is Icon.SYNCING
    assert icon(Phase.DELAYED) is Icon.SYNCING
    assert icon(Phase.IDLE, failed=1) is Icon.NEEDS_USER
    assert icon(Phase.UPLOADING) is Icon.WORKING
    assert icon(Phase.PAUSED) is Icon.PAUSED
    assert view(Phase.IDLE).icon is Icon.IDLE


def test_failed_files_of_the_present_run_are_counted():
    assert view(Phase.UPLOADING, upload=run(total_count=5, failed_count=3), failed=1).failed == 3
    assert view(Phase.IDLE, failed=2).failed == 2
