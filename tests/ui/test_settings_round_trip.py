"""Each setting, from the dialog to the file to the engine, and back from a file edited by hand."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.settings_rig import Rig, shown_by, use
from tray_app.app.backup import folders_of
from tray_app.app.workshop import roots_of, run_options
from tray_app.app.world import rules_of
from tray_app.core.account import Identity, Method
from tray_app.core.realtime import Circumstances, wants_to_listen
from tray_app.core.setting_specs import AlbumMode, Folder, Language, Shape
from tray_app.core.settings import SPECS, find_spec
from tray_app.core.snapshot import Phase, Snapshot, UploadState
from tray_app.core.system_job import is_wanted
from tray_app.core.telling import Told, decide, progress_slots, remind
from tray_app.core.toasts import Slot
from tray_app.core.updates import Announcement, Checked, notice
from tray_app.core.way import way_of
from tray_app.engine.updates import address_of
from tray_app.ui.translators import picked

# The offscreen screen has no window manager.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)
HEX = "AB:" * 31 + "AB"
SERVER = "https://photos.example.org/api"
ME = Identity(SERVER, "u", "me@example.org", "Me", Method.PASSWORD)


@pytest.fixture
def rig(qtbot, tmp_path):
    it = Rig(tmp_path)
    qtbot.addWidget(it.window)
    it.window.show()
    it.window.activateWindow()
    yield it
    it.window.close_down()


def way(settings):
    return way_of(settings, lambda name: f"secret of {name}")


def failing_toast(settings, count):
    before = Snapshot(phase=Phase.IDLE)
    return bool(
        decide(
            before,
            Snapshot(phase=Phase.IDLE, failed=count, backup_failed_since=NOW),
            settings,
            Told(),
            NOW,
        )[0]
    )


def stale_toast(settings, days):
    snapshot = Snapshot(phase=Phase.WAITING, automatic=True)
    told = Told(waiting_since=NOW - timedelta(days=days))
    return remind(snapshot, settings, told, NOW)[0] is not None


UPLOADING = Snapshot(phase=Phase.UPLOADING, upload=UploadState(current_file="/a.jpg"))


def slots(settings):
    return progress_slots(UPLOADING, settings, active=False)


# Key, what a person chooses, what stands by hand in the file, and what the engine makes of both.
NEWS = Checked(found=Announcement("9.9.9"))


def _spoken(settings):
    return picked(settings.language, ["en-GB"])


ROUND_TRIPS = [
    (
        "updateCheck",
        True,
        False,
        lambda s: address_of(replace(s, update_check_url="https://a.org/v")) != "",
        True,
        False,
    ),
    (
        "updateCheckUrl",
        "https://example.org/v.json",
        "https://example.org/w.json",
        address_of,
        "https://example.org/v.json",
        "https://example.org/w.json",
    ),
    (
        "updateMuted",
        "9.9.9",
        "9.9",
        lambda s: notice(NEWS, "1.0", s.update_muted)[:13],
        "",
        "Version 9.9.9",
    ),
    ("lanUrl", "http://nas.lan:2283", "", lambda s: way(s).near, ("http://nas.lan:2283/api",), ()),
    ("proxy", "http://p.lan:3128", "none", lambda s: way(s).proxy, "http://p.lan:3128", "none"),
    (
        "trustedCertificates",
        [f"photos.lan:443 {HEX}"],
        [],
        lambda s: way(s).pin_for("https://photos.lan/api"),
        "ab" * 32,
        None,
    ),
    ("authorityFile", "/ca.pem", "/b.pem", lambda s: way(s).authority, "/ca.pem", "/b.pem"),
    ("clientCertificateFile", "/c.pem", "", lambda s: way(s).certificate, "/c.pem", ""),
    ("clientKeyFile", "/k.pem", "/l.pem", lambda s: way(s).key, "/k.pem", "/l.pem"),
    (
        "extraHeaders",
        ["X-Door"],
        ["X-A", "X-B"],
        lambda s: [name for name, _ in way(s).headers],
        ["X-Door"],
        ["X-A", "X-B"],
    ),
    ("backgroundBackup", True, False, lambda s: is_wanted(s, ME), True, False),
    (
        "scheduledBackup",
        False,
        True,
        lambda s: (s.background_backup, is_wanted(s, ME)),
        (True, False),
        (True, True),
    ),
    ("backupTriggerDelay", 5, 0, lambda s: run_options(s).quiet, 2.0, 0.3),
    (
        "quietHours",
        "21:30-05:15",
        "",
        lambda s: rules_of(s, SERVER, background=True).quiet_hours,
        (time(21, 30), time(5, 15)),
        None,
    ),
    (
        "backupRequireWifi",
        False,
        True,
        lambda s: rules_of(s, SERVER, background=True).require_wifi,
        False,
        True,
    ),
    (
        "backupRequireCharging",
        True,
        False,
        lambda s: rules_of(s, SERVER, background=True).require_charging,
        True,
        False,
    ),
    (
        "backupMinBatteryPercent",
        55,
        0,
        lambda s: rules_of(s, SERVER, background=True).min_battery_percent,
        55,
        0,
    ),
    ("uploadConcurrency", 3, "auto", lambda s: run_options(s).concurrency, 3, None),
    ("uploadBandwidthLimit", 512, 0, lambda s: run_options(s).bandwidth, 512 * 1024, 0),
    ("language", "de", "system", _spoken, Language.DE, Language.EN),
    (
        "albumMode",
        "folder",
        "off",
        lambda s: run_options(s).album_mode,
        AlbumMode.FOLDER,
        AlbumMode.OFF,
    ),
    ("albumName", "Laptop", "Desktop", lambda s: run_options(s).album_name, "Laptop", "Desktop"),
    (
        "backgroundBackupTotalProgress",
        False,
        True,
        lambda s: Slot.TOTAL in slots(s),
        False,
        True,
    ),
    (
        "backgroundBackupSingleProgress",
        True,
        False,
        lambda s: Slot.DETAIL in slots(s),
        True,
        False,
    ),
    (
        "uploadErrorNotificationGracePeriod",
        "never",
        4,
        lambda s: [failing_toast(s, count) for count in (4, 5)],
        [False, False],
        [False, True],
    ),
    (
        "staleBackupDays",
        3,
        0,
        lambda s: [stale_toast(s, days) for days in (2, 4)],
        [False, True],
        [False, False],
    ),
    ("syncInterval", 60, 15, lambda s: s.sync_interval, 60, 15),
    (
        "realtimeInBackground",
        False,
        True,
        lambda s: wants_to_listen(
            Circumstances(
                visible=False, in_background=s.realtime_in_background, on_ac=True, online=True
            )
        ),
        False,
        True,
    ),
    ("advancedTroubleshooting", True, False, lambda s: s.advanced_troubleshooting, True, False),
    (
        "excludePatterns",
        ["*.tmp", "Screenshots/"],
        [],
        lambda s: roots_of([Folder("/a")], s, {})[0][1].excludes("Screenshots", True),
        True,
        False,
    ),
    (
        "folders",
        [{"path": "/a", "enabled": True, "exclude": ["x/"]}, {"path": "/b", "enabled": False}],
        [{"path": "/c", "enabled": True, "exclude": []}],
        lambda s: [folder.path for folder in folders_of((), s)],
        ["/a"],
        ["/c"],
    ),
]


def test_every_setting_has_a_round_trip_and_a_place():
    shown = {spec.key for spec in SPECS if spec.shape is not Shape.SHOWN}
    assert {key for key, *_ in ROUND_TRIPS} == shown


@pytest.mark.parametrize(
    ("key", "value", "by_hand", "engine", "then", "after_hand"),
    ROUND_TRIPS,
    ids=[key for key, *_ in ROUND_TRIPS],
)
def test_a_setting_goes_round(rig, key, value, by_hand, engine, then, after_hand):
    spec, row = find_spec(key), rig.window.row(find_spec(key))
    if spec.needs:
        name, wanted = spec.needs
        needed = next(one for one in SPECS if one.name == name)
        if key == "albumName":
            rig.preferences.change(key, "old")
        rig.preferences.change(needed.key, needed.plain(wanted))
    use(rig, key, value)
    assert row.error.words == ""
    assert engine(rig.settings) == then  # dialog -> file -> engine
    if key != "folders":  # its missing parts get their defaults
        assert rig.settings.plain()[key] == value
    assert row.reset.isVisible()

    rig.file.change(key, by_hand)  # somebody else: file -> engine and dialog
    rig.preferences.reload()
    assert engine(rig.settings) == after_hand
    assert rig.preferences.value(spec) == rig.settings.plain()[key]
    assert shown_by(row.editor) == by_hand

    QTest.mouseClick(row.reset, Qt.MouseButton.LeftButton)
    if key == "albumName":
        assert "needs a name" in row.error.words
    else:
        assert rig.preferences.value(spec) == spec.plain(spec.default)
        assert rig.settings.plain()[key] == spec.plain(spec.default)
    assert not row.reset.isVisible()
