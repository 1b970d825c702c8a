import os
import stat

import pytest

from tray_app.adapters.settings_file import SettingsFile
from tray_app.core.errors import Need, NeedsUser
from tray_app.core.setting_specs import Folder
from tray_app.core.settings import SPECS, InvalidSettings, Settings

EDITED = """\
# mine
syncInterval = 20   # minutes
colour = "blue"
backgroundBackup = true

# pictures
[[folders]]
path = "/photos"   # all of them
"""


@pytest.fixture
def file(tmp_path):
    return SettingsFile(tmp_path / "config" / "settings.toml")


def test_no_file_means_defaults_and_writes_nothing(file):
    assert file.load() == (Settings(), ())
    assert not file.path.exists()


def test_the_first_file_explains_every_setting_and_is_ours_alone(file):
    file.create()
    text = file.path.read_text()
    for spec in SPECS:
        assert spec.sentence in text
        assert f"\n{spec.key} = " in text or spec.key == "folders"
    assert "(minutes); default 30." in text
    assert file.load() == (Settings(), ())
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600


def test_create_leaves_an_existing_file_alone(file):
    file.create()
    file.path.write_text(EDITED)
    file.create()
    assert file.path.read_text() == EDITED


def test_saving_keeps_comments_order_and_unknown_keys(file):
    file.create()
    file.path.write_text(EDITED)
    file.change("syncInterval", 25)
    assert file.path.read_text() == EDITED.replace("20   # minutes", "25   # minutes")
    settings = file.change("uploadConcurrency", 2)
    assert settings.folders == (Folder("/photos"),)
    assert file.load() == (settings, ("There is no setting 'colour'.",))
    assert 'path = "/photos"   # all of them' in file.path.read_text()


def test_folders_are_tables_that_can_be_added_and_removed(file):
    file.create()
    two = [{"path": "/a"}, {"path": "/b", "enabled": False, "exclude": ["*.tmp"]}]
    settings = file.change("folders", two)
    assert file.path.read_text().count("\n[[folders]]") == 2
    assert file.load().settings == settings
    assert file.change("folders", []).folders == ()
    assert file.load().settings == Settings()


def test_a_tilde_means_the_home_folder(file, monkeypatch):
    monkeypatch.setenv("HOME", "/home/me")
    file.create()
    file.path.write_text('[[folders]]\npath = "~/Pictures"\n')
    assert file.load().settings.folders == (Folder("/home/me/Pictures"),)
    file.change("syncInterval", 20)
    assert '"~/Pictures"' in file.path.read_text()


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"a = 1\nb = = 2\n", "line 2"), (b"a = 1\n\nb = '\xff'\n", "line 3"), (b"a=1\na=2", "a")],
)
def test_a_broken_file_names_the_line_and_is_never_overwritten(file, content, line):
    file.create()
    file.path.write_bytes(content)
    for act in (file.load, lambda: file.save(Settings()), lambda: file.change("syncInterval", 5)):
        with pytest.raises(NeedsUser, match=line) as caught:
            act()
        assert caught.value.need is Need.SETTINGS
        assert str(file.path) in caught.value.reason
    assert file.path.read_bytes() == content


def test_bad_values_name_the_file_and_stay(file):
    file.create()
    file.path.write_text("syncInterval = 0\nbackgroundBackup = 3\n")
    with pytest.raises(InvalidSettings, match=r"settings\.toml.*syncInterval.*backgroundBackup"):
        file.change("staleBackupDays", 3)
    assert file.path.read_text() == "syncInterval = 0\nbackgroundBackup = 3\n"


def test_a_byte_order_mark_is_no_fault(file):
    file.create()
    file.path.write_bytes(b"\xef\xbb\xbfsyncInterval = 20\r\n")
    assert file.load().settings.sync_interval == 20


def test_a_linked_file_stays_linked(file, tmp_path):
    real = tmp_path / "dotfiles" / "immich.toml"
    real.parent.mkdir()
    real.write_text("syncInterval = 20\n")
    file.path.parent.mkdir()
    file.path.symlink_to(real)
    file.change("syncInterval", 25)
    assert file.path.is_symlink()
    assert real.read_text() == "syncInterval = 25\n"


def test_a_failed_write_leaves_the_old_file_and_no_rubbish(file, monkeypatch):
    file.create()
    before = file.path.read_bytes()

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NeedsUser, match="No space left") as caught:
        file.change("syncInterval", 25)
    assert caught.value.need is Need.DISK
    assert file.path.read_bytes() == before
    assert [entry.name for entry in file.path.parent.iterdir()] == ["settings.toml"]
