"""The command line as design section 4 writes it: exit statuses, JSON, secrets, rights."""

import csv
import stat
from pathlib import Path

import pytest

from tests.acceptance.client import Person
from tests.acceptance.photos import checks, created, holds_once, photo, photos, settled, uploads
from tray_app.demo.faults import ProxyTooLarge

BACKUP_KEYS = [
    "totalCount",
    "completedCount",
    "duplicateCount",
    "failedCount",
    "skippedCount",
    "bytesSent",
    "bytesHashed",
    "seconds",
    "failures",
]
STATUS_KEYS = ["running", "state", "reasons", "pending", "failed", "lastSuccess"]
STATUS_KEYS += ["lastSync", "syncing", "syncReasons", "backupFailedSince", "trashed", "missing"]

# What is asked here does not depend on the server's version.
pytestmark = pytest.mark.parametrize("shared_server", ["3.0.3"], indirect=True, scope="module")


def test_first_backup_sends_everything_once_and_second_reads_nothing(
    server, person, email, tmp_path
):
    folder = photos(tmp_path / "photos", 24, 500_000)
    (tmp_path / "nothing").mkdir()
    settled()
    idle = person.start_backup(tmp_path / "nothing").end_measured()
    first = person.start_backup(folder).end_measured()
    assert (first.status, first.err.count("Traceback")) == (0, 0)
    assert list(first.json) == BACKUP_KEYS
    assert first.json["completedCount"] == first.json["totalCount"] == 24
    assert first.json["bytesSent"] == first.json["bytesHashed"] == 24 * 500_000
    # Hashed once, sent once; modules compiled by the first of both weigh a little.
    assert first.read_bytes - idle.read_bytes >= 1.9 * 24 * 500_000, "the measure sees reading"
    holds_once(server, email, folder)

    server.log.clear()
    second = person.start_backup(folder).end_measured()
    assert second.status == 0
    assert second.json["bytesHashed"] == second.json["bytesSent"] == second.json["totalCount"] == 0
    assert (checks(server), uploads(server)) == (1, 0)
    assert second.read_bytes - idle.read_bytes < 500_000, "less than one photo"


def test_json_is_the_last_line_and_alone_on_stdout(person, tmp_path):
    done = person.backup(photos(tmp_path / "photos", 2))
    assert done.out.count("\n") == 1
    assert "uploaded and verified" in done.err


def test_words_instead_of_json(person, tmp_path):
    done = person.run("backup", photos(tmp_path / "photos", 2), "--once")
    assert done.status == 0
    assert "Everything is backed up." in done.out
    assert "2 files uploaded and verified" in done.out


def test_dry_run_sends_nothing(server, person, email, tmp_path):
    folder = photos(tmp_path / "photos", 3)
    settled()
    done = person.backup(folder, "--dry-run")
    assert done.status == 0
    assert list(done.json) == BACKUP_KEYS
    assert (done.json["totalCount"], done.json["completedCount"]) == (3, 0)
    assert "3 files would be uploaded" in done.err
    assert (uploads(server), server.assets(email)) == (0, [])
    assert person.backup(folder).json["completedCount"] == 3


def test_usage_errors_are_2(person, tmp_path):
    assert person.run("backup", tmp_path / "not there", "--once").status == 2
    assert person.run("backup", "--bogus").status == 2
    assert person.run("nonsense").status == 2
    assert person.run("backup", tmp_path, "--background", "--anyway").status == 2


@pytest.mark.parametrize(
    ("change", "word", "remedy"),
    [
        ({"key": "wrong"}, "sign-in", "Sign in again"),
        ({"url": "", "key": ""}, "not signed in", "immich-tray login"),
        ({"url": ""}, "IMMICH_INSTANCE_URL", ""),
    ],
)
def test_what_needs_the_person_is_3(person, tmp_path, change, word, remedy):
    folder = photos(tmp_path / "photos", 1)
    for name, value in change.items():
        setattr(person, name, value)
    done = person.backup(folder)
    assert done.status == 3
    assert list(done.json) == ["error", "remedy", *BACKUP_KEYS]
    assert word in done.json["error"]
    assert remedy in done.json["remedy"]
    assert word in done.err


def test_no_folder_chosen_is_3(person):
    done = person.run("backup", "--once", "--json")
    assert (done.status, done.json["error"]) == (3, "No folder is chosen to be backed up.")


def test_invalid_settings_name_key_value_and_what_is_allowed(person, tmp_path):
    person.settings(uploadConcurrency=-7)
    done = person.backup(photos(tmp_path / "photos", 1))
    assert done.status == 3
    assert "uploadConcurrency" in done.json["error"]
    assert "-7" in done.json["error"]


def test_status_and_failed(server, person, tmp_path):
    folder = photos(tmp_path / "photos", 2)
    photo(folder / "große Datei.jpg", "big", 90_000)
    assert person.run("status", "--json").json["lastSuccess"] is None
    server.faults.add(ProxyTooLarge(limit=50_000))
    settled()
    done = person.backup(folder)
    assert (done.status, done.json["failedCount"], done.json["completedCount"]) == (1, 1, 2)
    [failure] = done.json["failures"]
    assert set(failure) == {"path", "reason", "status"}

    status = person.run("status", "--json")
    assert (status.status, list(status.json)) == (0, STATUS_KEYS)
    assert (status.json["failed"], status.json["pending"]) == (1, 1)
    assert (status.json["running"], status.json["lastSuccess"]) == (False, None)
    assert status.json["backupFailedSince"]

    table = tmp_path / "failed.csv"
    assert person.run("failed", "--export", table).status == 0
    with table.open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    assert row["path"] == str(folder / "große Datei.jpg")
    assert (row["status"], row["attempts"]) == ("413", "1")
    assert "große Datei.jpg" in person.run("failed").out

    server.faults.clear()
    assert person.run("failed", "--retry-all").status == 0
    assert person.backup(folder).status == 0
    status = person.run("status", "--json").json
    assert (status["failed"], status["pending"], status["backupFailedSince"]) == (0, 0, None)
    assert status["lastSuccess"]
    assert created(server) == 3


def _tell(folder: Path, secret: str) -> None:
    """Fail where a secret is found in anything that was written or said."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    for path in files:
        assert secret.encode() not in path.read_bytes(), path


@pytest.mark.parametrize("detailed", [False, True])
def test_no_secret_anywhere_and_nobody_else_may_read(server, tmp_path, detailed):
    person = Person.of(tmp_path, server, f"secret-{detailed}")
    person.extra = {"IMMICH_TRAY_HOME": str(tmp_path / "deep" / "home")}
    if detailed:
        assert person.run("settings", "set", "advancedTroubleshooting", "true").status == 0
    folder = photos(tmp_path / "photos", 3)
    server.faults.add(ProxyTooLarge(limit=10, times=1))
    assert person.backup(folder).status == 1
    for command in (["status"], ["failed"], ["doctor"], ["logs"], ["settings"]):
        person.run(*command)
    _tell(tmp_path / "deep", person.key)
    _tell(tmp_path / "said", person.key)
    for path in [tmp_path / "deep", *(tmp_path / "deep").rglob("*")]:
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


def test_password_from_the_environment_leaves_neither_trace_nor_session(
    server, person, email, tmp_path
):
    person.key, secret = "", "kein Geheimnis? doch!"
    mail = f"pw-{email}"
    server.add_user(mail, secret)
    person.extra = {"IMMICH_EMAIL": mail, "IMMICH_PASSWORD": secret}
    folder = photos(tmp_path / "photos", 2)
    settled()
    assert person.backup(folder).status == 0
    holds_once(server, mail, folder)
    _tell(person.home, secret)
    _tell(person.place / "said", secret)
    assert server.log.count("POST", "/api/auth/logout") == 1
