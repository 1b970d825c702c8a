"""What older versions left opens in this one, whole; what newer ones left stays as it is."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine
from tests.fakes.file_keyring import FileKeyring
from tests.upgrades.make import HERE, dump_of, migrations, states
from tray_app import __version__
from tray_app.adapters.account_file import AccountFile
from tray_app.adapters.choices_file import ChoicesFile
from tray_app.adapters.keyring_secrets import KeyringSecrets
from tray_app.adapters.locations import find_locations
from tray_app.adapters.settings_file import SettingsFile
from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.told_file import ToldFile
from tray_app.app.way import load_way
from tray_app.core.errors import NeedsUser

RELEASED = HERE / "0.1.0"
ROOT = Path(__file__).parents[2]


def restored(dump, path):
    with closing(sqlite3.connect(path)) as db:
        db.executescript(dump)
    return path


def everything(db):
    """All rows by table, each as {column: value}: what an upgrade may add to, and not take from."""
    found = {}
    for (table,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        cursor = db.execute(f"SELECT * FROM {table}")  # noqa: S608  names of our own tables
        names = [column[0] for column in cursor.description]
        found[table] = [dict(zip(names, row, strict=True)) for row in cursor]
    return found


def lost(before, after):
    """Rows of before that are in no row of after."""
    return [
        (table, row)
        for table, rows in before.items()
        for row in rows
        if not any(row.items() <= new.items() for new in after.get(table, []))
    ]


@pytest.fixture
def run(tmp_path):
    return CommandLine(tmp_path)


@pytest.fixture
def home(run):
    """A home as version 0.1.0 left it."""
    for folder, names in {
        "config": ["settings.toml"],
        "data": ["account.json", "choices.json", "told.json"],
    }.items():
        (run.home / folder).mkdir(parents=True)
        for name in names:
            shutil.copy(RELEASED / name, run.home / folder)
    backup = run.home / "data" / "backup.db"
    with closing(sqlite3.connect(backup)) as db:
        for script in migrations("backup")[:5]:
            db.executescript(script)
        db.executescript((RELEASED / "backup.sql").read_text())
        db.execute("PRAGMA user_version = 5")
        db.commit()
    restored(dump_of("library", 4).read_text(), run.home / "data" / "library.db")
    return find_locations({"IMMICH_TRAY_HOME": str(run.home)})


@pytest.mark.parametrize(("name", "number"), states())
def test_every_state_of_a_database_opens_with_all_its_data(name, number, tmp_path):
    assert dump_of(name, number).exists(), "add it: python -m tests.upgrades.make"
    path = restored(dump_of(name, number).read_text(), tmp_path / f"{name}.db")
    with closing(sqlite3.connect(path)) as db:
        before = everything(db)
    assert before
    assert all(before.values())
    database = Database(path, name)
    try:
        after = database.run_now(everything)
        assert database.run_now(_version) == len(migrations(name))
        assert database.set_aside is None
    finally:
        database.close()
    assert not lost(before, after)


def _version(db):
    return db.execute("PRAGMA user_version").fetchone()[0]


def test_a_lost_row_would_be_noticed():
    before = {"t": [{"a": 1}, {"a": 2}]}
    assert lost(before, {"t": [{"a": 1, "b": None}]}) == [("t", {"a": 2})]


def test_the_files_of_0_1_0_are_understood(home):
    loaded = SettingsFile(home.settings_file).load()
    assert not loaded.warnings
    wanted = json.loads((RELEASED / "settings.json").read_text())
    assert wanted.items() <= loaded.settings.plain().items()
    assert AccountFile(home.account_file).load().secret_name.endswith("photos.example.org/api")
    choices = ChoicesFile(home.choices_file).load()
    assert (choices.networks, choices.cards) == ({"uuid-1": "Phone"}, {"card-1": "EOS"})
    assert choices.pause.until.isoformat() == "2026-11-30T06:00:00+00:00"
    told = ToldFile(home.told_file).load()
    assert (told.failing, told.missing) == (True, 3)


def test_the_entries_of_the_keychain_are_found(home, monkeypatch, tmp_path):
    shutil.copy(RELEASED / "keychain.json", tmp_path / "keys.json")
    monkeypatch.setenv("TEST_KEYRING", str(tmp_path / "keys.json"))
    usual = find_locations({})
    secrets = KeyringSecrets(usual.keychain_service, backend=FileKeyring())
    who = AccountFile(home.account_file).load()
    assert secrets.get(who.secret_name) == "token of 0.1.0"
    way = load_way(home, secrets)
    assert way.key_password == "password of the key"
    assert way.headers == (("CF-Access-Client-Id", "value of the header"),)
    assert "password%20of%20the%20proxy" in way.proxy


def test_the_program_says_what_it_said_before(home, run):
    status = run("status", "--json").json
    assert status["lastSuccess"] == "2026-11-05T08:00:00+00:00"
    assert status["backupFailedSince"] == "2026-11-07T08:00:00+00:00"
    assert (status["failed"], status["missing"], status["trashed"]) == (1, 1, 1)
    named = run("failed", "--json").json["failures"]
    assert [(one["path"], one["attempts"]) for one in named] == [("/home/me/Pictures/e.jpg", 3)]
    kept = run("upload-again", "--json").json["files"]
    assert {(one["path"][-5:], one["why"]) for one in kept} >= {
        ("b.jpg", "missing"),
        ("c.jpg", "trashed"),
        ("d.jpg", "deleted"),
    }


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("backup", ("status",)),
        ("backup", ("backup", "--once")),
        ("backup", ("failed",)),
        ("library", ("backup", "--once")),
        ("library", ("sync",)),
    ],
)
def test_a_newer_database_is_refused_by_name_and_left_alone(home, run, name, command):
    file = home.data / f"{name}.db"
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA user_version = 99")
    before = file.read_bytes()
    done = run(*command)
    assert done.code == 3
    assert f"{file} was written by a newer Immich Tray." in done.out + done.err
    assert "Install the newer version again" in done.out + done.err
    assert file.read_bytes() == before
    assert not list(home.data.glob("*damaged*"))


def test_newer_pictures_are_refused_and_left_alone(tmp_path):
    path = restored(dump_of("pictures", 1).read_text(), tmp_path / "pictures.db")
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(NeedsUser, match="newer"):
        Database(path, "pictures")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "command",
    [("settings",), ("settings", "set", "syncInterval", "30"), ("backup", "--once"), ("start",)],
    ids=" ".join,
)
def test_settings_of_a_newer_format_are_refused_by_name_and_left_alone(home, run, command):
    newer = "format = 2\n" + home.settings_file.read_text()
    home.settings_file.write_text(newer)
    done = run(*command)
    assert done.code == 3
    assert f"{home.settings_file} was written by a newer Immich Tray." in done.out + done.err
    assert "Install the newer version again" in done.out + done.err
    assert home.settings_file.read_text() == newer


def test_a_setting_of_a_newer_version_stays_and_is_named(home, run):
    home.settings_file.write_text("colour = 'blue'\n" + home.settings_file.read_text())
    done = run("settings", "set", "syncInterval", "30")
    assert done.code == 0
    assert "colour = 'blue'" in home.settings_file.read_text()
    assert "There is no setting 'colour'" in run("settings").err


def test_this_version_has_a_name_a_section_and_a_fixture(run):
    assert run("--version").out.strip() == f"immich-tray, version {__version__}"
    assert f"\n## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text()
    assert (HERE / __version__).is_dir(), "a released version leaves a home here"
