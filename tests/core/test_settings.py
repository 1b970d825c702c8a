from dataclasses import replace

import pytest

from tests.scripts import load
from tray_app.core.errors import Need, NeedsUser
from tray_app.core.setting_specs import AlbumMode, Folder, Group
from tray_app.core.settings import (
    AUTO,
    NEVER,
    SPECS,
    InvalidSettings,
    Settings,
    changed,
    find_spec,
    read_settings,
)

REQUIRED_DEFAULTS = {
    "backgroundBackup": False,
    "backupRequireWifi": True,
    "backupRequireCharging": False,
    "backupTriggerDelay": 30,
    "backgroundBackupTotalProgress": True,
    "backgroundBackupSingleProgress": False,
    "uploadErrorNotificationGracePeriod": 2,
    "backupMinBatteryPercent": 20,
    "uploadConcurrency": "auto",
    "syncInterval": 15,
    "realtimeInBackground": True,
    "scheduledBackup": True,
    "staleBackupDays": 7,
}


def test_names_and_defaults_are_those_of_the_requirement():
    plain = Settings().plain()
    assert {key: plain[key] for key in REQUIRED_DEFAULTS} == REQUIRED_DEFAULTS


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.key)
def test_every_setting_is_fully_described(spec):
    assert spec.group in Group
    assert spec.sentence.endswith(".")
    assert spec.title
    assert spec.allowed
    assert spec.check(spec.plain(spec.default)) == spec.default


def test_all_values_survive_being_written_and_read():
    settings = Settings(
        upload_concurrency=3,
        upload_error_notification_grace_period=NEVER,
        album_mode=AlbumMode.SINGLE,
        album_name="Laptop",
        quiet_hours="22:00-06:00",
        exclude_patterns=("*.tmp",),
        folders=(Folder("/a"), Folder("/b", enabled=False, exclude=("x/",))),
    )
    assert read_settings(settings.plain()) == (settings, ())


def test_words_stand_for_numbers():
    settings, _ = read_settings(
        {"uploadConcurrency": "auto", "uploadErrorNotificationGracePeriod": -1}
    )
    assert settings.upload_concurrency == AUTO
    assert settings.plain()["uploadErrorNotificationGracePeriod"] == "never"


BAD = {
    "backgroundBackup": "yes",
    "backupTriggerDelay": True,
    "backupMinBatteryPercent": 101,
    "uploadConcurrency": "many",
    "uploadBandwidthLimit": 1.5,
    "quietHours": "22:00-22:00",
    "albumMode": ["off"],
    "albumName": "two\nlines",
    "excludePatterns": ["fine", "!"],
    "folders": [{"path": "/a"}, {"path": "relative"}],
}


def test_every_problem_is_told_with_key_value_and_what_is_allowed():
    with pytest.raises(InvalidSettings) as caught:
        read_settings({**BAD, "syncInterval": 5})
    assert caught.value.need is Need.SETTINGS
    assert [problem.key for problem in caught.value.problems] == list(BAD)
    for problem in caught.value.problems:
        assert problem.value == BAD[problem.key]
        assert find_spec(problem.key).allowed in problem.words()
    assert "'relative' is not an absolute path" in caught.value.reason
    assert "'!' is not a gitignore pattern" in caught.value.reason


@pytest.mark.parametrize(
    "folder",
    [{}, {"path": 1}, {"path": "/a", "enabeld": True}, {"path": "/a", "exclude": "x"}, "/a"],
)
def test_a_folder_that_is_not_understood_is_a_problem(folder):
    with pytest.raises(InvalidSettings, match="folders = "):
        read_settings({"folders": [folder]})


def test_a_folder_listed_twice_is_a_problem():
    with pytest.raises(InvalidSettings, match="listed twice"):
        read_settings({"folders": [{"path": "/a"}, {"path": "/a/"}]})


def test_an_album_for_all_needs_a_name():
    with pytest.raises(InvalidSettings, match="albumName"):
        Settings(album_mode=AlbumMode.SINGLE)
    named = Settings(album_name="Laptop")
    assert changed(named, "albumMode", "single").album_mode is AlbumMode.SINGLE


def test_settings_built_in_code_are_checked_too():
    with pytest.raises(InvalidSettings, match="syncInterval = 0"):
        replace(Settings(), sync_interval=0)


def test_an_unknown_key_is_a_warning_with_the_nearest_name():
    settings, warnings = read_settings({"backupRequireWiFi": False, "zzz": 1})
    assert settings == Settings()
    assert warnings == (
        "There is no setting 'backupRequireWiFi'. Did you mean backupRequireWifi?",
        "There is no setting 'zzz'.",
    )


def test_find_spec_takes_either_spelling_and_names_the_nearest():
    assert find_spec("syncinterval") is find_spec("sync_interval")
    with pytest.raises(NeedsUser, match="Did you mean syncInterval"):
        find_spec("syncIntervall")


@pytest.mark.parametrize(
    ("key", "text", "raw"),
    [
        ("backgroundBackup", "yes", True),
        ("backgroundBackup", "Off", False),
        ("syncInterval", " 20 ", 20),
        ("uploadConcurrency", "auto", "auto"),
        ("albumMode", "folder", "folder"),
        ("excludePatterns", "*.tmp\nx/", ["*.tmp", "x/"]),
        ("folders", "/a", [{"path": "/a"}]),
        ("syncInterval", "soon", "soon"),
    ],
)
def test_typed_text_becomes_a_raw_value(key, text, raw):
    assert find_spec(key).from_text(text) == raw


def test_the_page_of_all_settings_is_that_of_the_table():
    module = load("settings_doc")
    assert module.PAGE.read_text() == module.page(), "write it: python packaging/settings_doc.py"


def test_each_setting_is_called_otherwise():
    assert len({spec.title for spec in SPECS}) == len(SPECS)
