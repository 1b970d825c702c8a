"""Settings as a person changes them: in force at once, refused with a reason, never lost."""

import os

import pytest

from tray_app.adapters.settings_file import SettingsFile
from tray_app.core.setting_specs import AlbumMode
from tray_app.core.settings import Settings, find_spec
from tray_app.engine.preferences import Preferences


@pytest.fixture
def file(tmp_path):
    it = SettingsFile(tmp_path / "settings.toml")
    it.create()
    return it


@pytest.fixture
def preferences(file):
    return Preferences(file)


def spec(key):
    return find_spec(key)


def test_a_change_is_in_the_file_at_once_and_everybody_hears_of_it(preferences, file):
    heard = []
    end = preferences.subscribe(lambda: heard.append(preferences.settings.sync_interval))
    preferences.change("syncInterval", 25)
    assert file.load().settings.sync_interval == 25
    assert heard == [25]
    end()
    preferences.change("syncInterval", 26)
    assert heard == [25]


def test_what_is_refused_stays_beside_its_reason_and_the_old_value_in_force(preferences, file):
    preferences.change("syncInterval", 0)
    assert preferences.value(spec("syncInterval")) == 0
    assert preferences.error(spec("syncInterval")) == "It takes 1 to 1440."
    assert preferences.settings == file.load().settings == Settings()
    preferences.change("syncInterval", 5)
    assert preferences.error(spec("syncInterval")) == ""
    assert file.load().settings.sync_interval == 5


def test_a_choice_that_needs_another_value_waits_for_it(preferences, file):
    preferences.change("albumMode", "single")
    assert preferences.value(spec("albumMode")) == "single"
    assert preferences.is_used(spec("albumName"))
    assert "needs a name" in preferences.error(spec("albumName"))
    preferences.change("proxy", "nonsense")
    assert "needs a name" in preferences.error(spec("albumName"))
    preferences.change("albumName", "Laptop")
    settings = file.load().settings
    assert (settings.album_mode, settings.album_name) == (AlbumMode.SINGLE, "Laptop")
    assert preferences.error(spec("albumName")) == ""
    assert preferences.error(spec("proxy"))


def test_going_back_to_the_default(preferences, file):
    preferences.change("uploadConcurrency", 3)
    assert not preferences.is_default(spec("uploadConcurrency"))
    preferences.reset("uploadConcurrency")
    assert preferences.is_default(spec("uploadConcurrency"))
    assert preferences.value(spec("uploadConcurrency")) == "auto"
    assert file.load().settings == Settings()
    preferences.change("syncInterval", 0)
    preferences.reset("syncInterval")  # takes the refused value away, too
    assert preferences.error(spec("syncInterval")) == ""


def test_a_broken_file_is_told_and_never_written_and_what_was_changed_comes_later(
    preferences, file
):
    preferences.change("syncInterval", 20)
    good = file.path.read_text()
    broken = good.replace("syncInterval = 20", "syncInterval = = 20")
    file.path.write_text(broken)
    preferences.reload()
    assert "line" in preferences.trouble
    assert preferences.settings.sync_interval == 20  # the last good settings stay
    preferences.change("staleBackupDays", 3)
    assert file.path.read_text() == broken
    assert preferences.error(spec("staleBackupDays")).startswith("Not saved")
    assert preferences.value(spec("staleBackupDays")) == 3
    file.path.write_text(good)
    preferences.reload()
    assert (preferences.trouble, preferences.error(spec("staleBackupDays"))) == ("", "")
    assert file.load().settings.stale_backup_days == 3


def test_a_bad_value_in_the_file_is_told_and_stays_for_the_person(preferences, file):
    text = file.path.read_text().replace("syncInterval = 15", "syncInterval = 0")
    file.path.write_text(text)
    preferences.reload()
    assert "syncInterval = 0 is not allowed" in preferences.trouble
    preferences.change("staleBackupDays", 3)
    assert file.path.read_text() == text
    assert preferences.error(spec("staleBackupDays"))


def test_unknown_keys_are_named(file):
    file.path.write_text("backupRequireWiFi = false\n")
    assert Preferences(file).warnings == (
        "There is no setting 'backupRequireWiFi'. Did you mean backupRequireWifi?",
    )


def test_a_full_disk_is_told_beside_the_setting(preferences, file, monkeypatch):
    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    preferences.change("syncInterval", 25)
    assert "No space left" in preferences.error(spec("syncInterval"))
    assert preferences.trouble == ""
    monkeypatch.undo()
    preferences.reload()
    assert file.load().settings.sync_interval == 25


def test_edits_by_hand_are_seen(preferences, file):
    text = file.path.read_text()
    file.path.write_text(text.replace("backupRequireWifi = true", "backupRequireWifi = false"))
    preferences.reload()
    assert preferences.value(spec("backupRequireWifi")) is False
    assert not preferences.is_default(spec("backupRequireWifi"))
