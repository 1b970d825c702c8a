"""The system job follows what is typed, also without a running app."""

import sqlite3
from contextlib import closing

import pytest

PASSWORD = ("--email", "me@example.org")


@pytest.fixture
def units(run, tmp_path):
    return tmp_path / ".config" / "systemd" / "user"


def written(units):
    return sorted(path.suffix for path in units.glob("immich-tray-backup-*.*"))


@pytest.fixture
def with_job(run, site, units):
    assert run("login", site.url, *PASSWORD, stdin="right horse\n").code == 0
    assert written(units) == []
    done = run("settings", "set", "backgroundBackup", "true")
    assert (done.code, done.out) == (0, "true\n")
    assert "While the app is closed: Every hour" in done.err
    assert written(units) == [".service", ".timer"]
    return run


@pytest.mark.parametrize("key", ["scheduledBackup", "backgroundBackup"])
def test_a_setting_removes_the_job_at_once(with_job, units, key):
    done = with_job("settings", "set", key, "false")
    assert (done.code, done.err) == (0, "")
    assert written(units) == []


def test_logout_removes_it_and_login_brings_it_back(with_job, units, site):
    assert with_job("logout").code == 0
    assert written(units) == []
    with_job("login", site.url, *PASSWORD, stdin="right horse\n")
    assert written(units) == [".service", ".timer"]


def test_logout_removes_it_also_without_a_keychain(with_job, units):
    assert with_job("logout", PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring").code == 3
    assert written(units) == []


def test_doctor_says_its_real_state(with_job, units):
    def said():
        checks = with_job("doctor", "--json").json["checks"]
        return next(check for check in checks if check["name"] == "Scheduled backup")

    assert (said()["state"], "Every hour" in said()["words"]) == ("ok", True)
    next(units.glob("*.service")).write_text("other")
    assert said()["state"] == "note"
    assert "another installation" in said()["words"]


def test_the_unit_names_this_home_and_never_a_secret(with_job, units):
    service = next(units.glob("*.service")).read_text()
    assert f'Environment="IMMICH_TRAY_HOME={with_job.home}"' in service
    assert '"-m" "tray_app" "backup" "--once" "--background"' in service
    assert "token" not in service


def test_what_the_job_starts_does_nothing_once_automatic_backup_is_off(with_job):
    with_job("settings", "set", "backgroundBackup", "false")
    done = with_job("backup", "--once", "--background")
    assert done.code == 4
    assert "Automatic backup is switched off (backgroundBackup)." in done.out


def test_it_never_asks_the_keychain_for_a_password(with_job, tmp_path):
    (tmp_path / "photos").mkdir()
    with_job("settings", "set", "folders", str(tmp_path / "photos"))
    done = with_job(
        "backup", "--once", "--background", PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring"
    )
    assert done.code == 3
    assert "IMMICH_API_KEY" in done.out


def test_quiet_hours_hold_it_with_status_4(with_job, tmp_path):
    (tmp_path / "photos").mkdir()
    with_job("settings", "set", "folders", str(tmp_path / "photos"))
    for hours in ("00:00-12:00", "12:00-00:00"):  # one of them is now
        with_job("settings", "set", "quietHours", hours)
        done = with_job("backup", "--once", "--background")
        if "quiet hours" in done.out:
            break
    assert done.code == 4
    assert "quiet hours" in done.out


def test_a_home_may_be_an_option(run, tmp_path):
    other = tmp_path / "other"
    done = run("--home", str(other), "status")
    assert done.code == 0
    with closing(sqlite3.connect(other / "data" / "backup.db")) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize(
    ("pause", "held"),
    [
        ('{"pause": {"until": null}}', True),
        ('{"pause": {"until": "2099-01-01T06:00:00Z"}}', True),
        ('{"pause": {"until": "2020-01-01T06:00:00Z"}}', False),
        ("no JSON", False),
        ('{"pause": {"until": "2020-01-01T06:00:00"}}', False),
    ],
)
def test_a_pause_holds_it(run, tmp_path, pause, held):
    photos = tmp_path / "photos"
    photos.mkdir()
    (run.home / "data").mkdir(parents=True)
    (run.home / "data" / "choices.json").write_text(pause)
    done = run("backup", "--once", "--background", str(photos))
    assert done.code == (4 if held else 3)  # 3: nobody is signed in
    assert ("You paused the backup" in done.out) is held
