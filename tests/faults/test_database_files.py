"""A database file replaced, cut, newer or locked: told, nothing lost, well again (issue 6)."""

import os
import sqlite3
from contextlib import closing

import pytest

from tests.faults.trial import trial
from tests.rig.processes import wait_until


def replaced(path):
    """Another file takes its place, as a sync tool or a restored backup does it."""
    other = path.with_name("other")
    with closing(sqlite3.connect(other)) as conn, conn:
        conn.execute("CREATE TABLE other (a)")
    other.replace(path)


def garbage(path):
    other = path.with_name("other")
    other.write_bytes(b"no database " * 1000)
    other.replace(path)


def truncated(path):
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    wal = path.with_name(path.name + "-wal")
    if wal.exists():
        with wal.open("r+b") as file:
            file.truncate(0)


def removed(path):
    path.unlink()


def newer(path):
    other = path.with_name("other")
    with closing(sqlite3.connect(other)) as conn, conn:
        conn.execute("PRAGMA user_version = 999")
        conn.execute("CREATE TABLE later (a)")
    other.replace(path)


WHILE_RUNNING = (
    ("backup.db", replaced),
    pytest.param("library.db", removed, marks=pytest.mark.long),
    pytest.param("backup.db", truncated, marks=pytest.mark.long),
    pytest.param("backup.db", garbage, marks=pytest.mark.long),
    pytest.param("backup.db", removed, marks=pytest.mark.long),
    pytest.param("library.db", replaced, marks=pytest.mark.long),
    pytest.param("library.db", garbage, marks=pytest.mark.long),
    pytest.param("library.db", truncated, marks=pytest.mark.long),
)


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("name", "trouble"), WHILE_RUNNING)
def test_while_the_program_runs(tmp_path, name, trouble):
    """It lives, says which file it is, and what is there afterwards is used; nothing is lost."""
    with trial(tmp_path / "t", "db", files=20) as it:
        wait_until("running program", it.running, 30)
        assert it.command("backup", "--once").returncode == 0
        trouble(it.place / "home" / "data" / name)
        it.on_add(8)
        it.command("backup", "--once")
        it.command("sync", "--once")
        assert it.app.poll() is None
        if trouble is not truncated:  # what SQLite has in memory is whole: the next start sees it
            assert f"{name} was replaced or removed" in it.said()
        before = it.looks()
        it.calm()
        assert it.end() == 0
        it.start()
        it.calm()
        it.verdict(before)
        if trouble is truncated:
            assert f"{name} was damaged; set aside as {name}.damaged-" in it.said()
            assert list((it.place / "home" / "data").glob(f"{name}.damaged-*"))


@pytest.mark.long
@pytest.mark.timeout(300)
def test_a_newer_file_while_the_program_runs(tmp_path):
    """Refused and left as it is, until the old one is back: then all goes on."""
    with trial(tmp_path / "t", "newer", files=20) as it:
        wait_until("running program", it.running, 30)
        assert it.command("backup", "--once").returncode == 0
        path = it.place / "home" / "data" / "backup.db"
        kept = path.with_name("kept")
        os.link(path, kept)
        newer(path)
        told, before = path.read_bytes(), it.looks()
        for _ in range(2):
            it.command("backup", "--once")
        assert it.app.poll() is None
        assert "was written by a newer Immich Tray" in it.said()
        assert path.read_bytes() == told
        kept.replace(path)
        it.calm()
        it.verdict(before)
