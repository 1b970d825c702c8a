import stat

import pytest

from tray_app.adapters.locations import find_locations
from tray_app.core.errors import Need, NeedsUser


def test_one_variable_moves_everything(tmp_path):
    found = find_locations({"IMMICH_TRAY_HOME": str(tmp_path / "home")})
    found.create()
    for folder in (found.config, found.data, found.cache, found.logs):
        assert folder.is_relative_to(tmp_path / "home")
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_each_home_has_its_own_keychain_name(tmp_path):
    names = {
        find_locations({"IMMICH_TRAY_HOME": str(tmp_path / name)}).keychain_service
        for name in ("a", "b")
    }
    assert len(names | {"immich-tray"}) == 3


def test_without_the_variable_the_system_decides(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    found = find_locations({"IMMICH_TRAY_HOME": " "})
    assert found.settings_file == tmp_path / "xdg" / "immich-tray" / "settings.toml"
    assert found.keychain_service == "immich-tray"


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(NeedsUser, match=str(tmp_path / "file")) as caught:
        find_locations({"IMMICH_TRAY_HOME": str(tmp_path / "file")}).create()
    assert caught.value.need is Need.DISK
