"""SIGKILLs over backup, sync, migration, settings write and quit: the oracle holds (issue 6).

A block is had again by its seed.
"""

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from tests.acceptance.client import ROOT
from tests.faults.killing import Killer
from tests.faults.older import make_older, newest
from tests.faults.trial import trial
from tray_app.adapters.settings_file import SettingsFile
from tray_app.adapters.sqlite.database import Database

A_TRIAL, TRIALS = 10, 45  # 450 kills of the whole program, and those of single writes
MIGRATE = """
import sys
from pathlib import Path
from tray_app.adapters.sqlite.database import Database
print("ready", flush=True)
Database(Path(sys.argv[1]), sys.argv[2]).close()
print("done", flush=True)
"""
WRITE = """
import sys
from pathlib import Path
from tray_app.adapters.settings_file import SettingsFile
file = SettingsFile(Path(sys.argv[1]))
print("ready", flush=True)
for number in range(10_000):
    file.change("syncInterval", 15 + number % 100)
"""


def kill_and_judge(place, seed, files, record=None):
    with trial(place, seed, files=files, version=("2.7.5", "3.0.3")[seed % 2]) as it:
        killer = Killer(it, seed)
        for _ in range(A_TRIAL):
            killer.kill()
        before = it.looks()
        it.calm()
        it.verdict(before)
        SettingsFile(it.place / "home" / "config" / "settings.toml").load()
        return killer.hit


@pytest.mark.timeout(300)
def test_killed_wherever_it_is(tmp_path, record):
    hit = kill_and_judge(tmp_path / "t", 1, 40)
    record(kills=sum(hit.values()))


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("first", range(2, 2 + TRIALS, 5))
def test_killed_wherever_it_is_many_times(tmp_path, first, record):
    kills = 0
    for seed in range(first, first + 5):
        kills += sum(kill_and_judge(tmp_path / f"seed {seed}", seed, 200).values())
    record(kills=kills)


# One write, and a kill in the middle of it: the whole program is seldom just there.


def begun(script, *arguments):
    """Start a script of ours; return when it says that the next thing is the write."""
    process = subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout.readline() == "ready\n"
    return process


def killed(process):
    process.send_signal(signal.SIGKILL)
    said = process.stdout.read()
    process.stdout.close()
    process.wait()
    return said


def old_database(place, rows=20_000):
    path = place / "backup.db"
    Database(path, "backup").close()
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("INSERT INTO folder (id, path) VALUES (1, x'2f61')")
        conn.executemany(
            "INSERT INTO file (folder_id, name, stem, kind, pair_role, size, mtime_ns, ctime_ns,"
            " inode, sha1) VALUES (1, ?, ?, 'image', 0, 1, 1, 1, x'31', ?)",
            [(b"%d.jpg" % n, b"%d" % n, random.Random(n).randbytes(20)) for n in range(rows)],
        )
    make_older(path, "backup", 1)
    return path


def rows_of(path):
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return conn.execute("SELECT name, sha1 FROM file ORDER BY name").fetchall()


def migrations_killed(place, kills, seed):
    dice, first = random.Random(seed), old_database(place)
    expected, stopped, path = rows_of(first), set(), place / "tried" / "backup.db"
    path.parent.mkdir()
    for number in range(kills):
        shutil.copy(first, path)
        process = begun(MIGRATE, path, "backup")
        time.sleep(dice.random() ** 2 * 0.15)
        killed(process)
        with closing(sqlite3.connect(path)) as conn:
            stopped.add(conn.execute("PRAGMA user_version").fetchone()[0])
        assert rows_of(path) == expected, (seed, number)
        database = Database(path, "backup")
        database.close()
        assert database.set_aside is None, (seed, number)
        assert rows_of(path) == expected, (seed, number)
        for left in path.parent.iterdir():
            left.unlink()
    return stopped


def writes_killed(place, kills, seed):
    dice, path = random.Random(seed), place / "config" / "settings.toml"
    SettingsFile(path).create()
    for number in range(kills):
        process = begun(WRITE, path)
        time.sleep(dice.random() * 0.1)
        killed(process)
        loaded = SettingsFile(path).load()
        assert 15 <= loaded.settings.sync_interval < 115, (seed, number)
        assert path.stat().st_mode & 0o777 == 0o600
    assert len(list(path.parent.iterdir())) <= 1 + kills


def test_a_killed_migration_goes_on(tmp_path):
    migrations_killed(tmp_path, 4, 1)


def test_a_killed_write_of_the_settings_leaves_them_whole(tmp_path):
    writes_killed(tmp_path, 4, 1)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_many_killed_migrations_and_writes(tmp_path, record):
    stopped = migrations_killed(tmp_path, 60, 2)
    writes_killed(tmp_path, 40, 2)
    assert 1 in stopped or len(stopped) > 1, "no kill was in time"
    record(migrations=60, versions_at_the_kill=len(stopped), settings_writes=40)
    assert newest("backup") in stopped
