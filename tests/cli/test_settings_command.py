from tray_app.core.settings import SPECS


def test_the_list_has_every_setting_with_value_default_and_sentence(run):
    done = run("settings")
    assert done.code == 0
    for spec in SPECS:
        assert f"{spec.key} = " in done.out
        assert spec.sentence in done.out
    assert "default 30" in done.out
    assert not run.settings.exists()


def test_a_setting_can_be_set_and_read(run):
    assert run("settings", "set", "backupTriggerDelay", "5").out == "5\n"
    assert run("settings", "get", "backuptriggerdelay").out == "5\n"
    assert run("settings", "get", "backupTriggerDelay", "--json").json == {"backupTriggerDelay": 5}
    assert "# Time of quiet" in run.settings.read_text()


def test_negative_numbers_words_and_lists_can_be_set(run):
    key = "uploadErrorNotificationGracePeriod"
    assert run("settings", "set", key, "-1").out == "never\n"
    run("settings", "set", "folders", "/a", "/b c")
    run("settings", "set", "excludePatterns", "*.tmp", "x/")
    found = run("settings", "--json").json
    assert [folder["path"] for folder in found["folders"]] == ["/a", "/b c"]
    assert found["excludePatterns"] == ["*.tmp", "x/"]
    run("settings", "set", "folders", "")
    assert run("settings", "get", "folders").out == "[]\n"


def test_what_was_typed_wrong_is_usage_and_changes_nothing(run):
    for args in (
        ["get", "syncIntervall"],
        ["set", "syncInterval", "0"],
        ["set", "syncInterval", "1", "2"],
        ["set", "folders", b"/\xff"],
    ):
        done = run("settings", *args)
        assert done.code == 2, args
        assert "yncInterval" in done.err or "UTF-8" in done.err
    assert "syncInterval = 15" in run.settings.read_text()


def test_a_broken_file_needs_the_person_and_names_every_problem(run):
    run("settings", "set", "syncInterval", "20")
    run.settings.write_text("syncInterval = 0\nalbumMode = 3\n")
    done = run("settings", "--json")
    assert done.code == 3
    assert "syncInterval = 0" in done.err
    assert "albumMode = 3" in done.err
    assert done.json["need"] == "settings"
    assert run("settings", "set", "staleBackupDays", "3").code == 3
    assert run.settings.read_text() == "syncInterval = 0\nalbumMode = 3\n"


def test_an_unknown_key_in_the_file_is_told(run):
    run("settings", "set", "syncInterval", "20")
    run.settings.write_text("syncIntervall = 3\n")
    done = run("settings")
    assert done.code == 0
    assert "Did you mean syncInterval" in done.err


def test_folders_may_be_typed_as_in_a_shell(run, tmp_path):
    typed = run("settings", "set", "folders", "~/Pictures", "near", "--json")
    paths = [folder["path"] for folder in typed.json["folders"]]
    assert paths[0] == str(tmp_path / "Pictures")
    assert paths[1].startswith("/")
    assert paths[1].endswith("/near")
    assert run("settings", "set", "folders", "", "--json").json["folders"] == []
