"""A database file replaced, cut, newer or locked: told, nothing lost, well again (issue 6)."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress

import pytest

from tests.fakes.clock import FakeClock
from tests.faults.disk import small_disk
from tests.faults.trial import trial
from tests.rig.processes import wait_until
from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.pictures import PictureStore
from tray_app.core.errors import TrayError


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


@pytest.mark.parametrize("trouble", [replaced, garbage, truncated, removed, newer])
async def test_the_file_of_pictures(tmp_path, trouble):
    """In words at most; afterwards pictures are kept again, or a newer file is left as it is."""
    path = tmp_path / "pictures.db"
    database = Database(path, "pictures")
    store = PictureStore(database, FakeClock())
    for number in range(50):
        await store.put(str(number), bytes([number]) * 10_000)
    trouble(path)
    kept = path.read_bytes() if trouble is newer else b""
    for number in range(50):
        with suppress(TrayError):  # anything else is a bug
            assert await store.get(str(number)) in (None, bytes([number]) * 10_000)
        with suppress(TrayError):
            await store.put(f"new {number}", b"x" * 10_000)
    database.close()
    if trouble is newer:
        with pytest.raises(TrayError, match="newer Immich Tray"):
            Database(path, "pictures")
        assert path.read_bytes() == kept
        return
    again = Database(path, "pictures")
    store = PictureStore(again, FakeClock())
    await store.put("a", b"1")
    assert await store.get("a") == b"1"
    again.close()


async def fill_up(store):
    for number in range(20):
        await store.put(str(number), bytes(50_000))


async def test_no_room_for_pictures(tmp_path):
    with small_disk(tmp_path / "cache", size="1m") as disk:
        database = Database(disk.point / "pictures.db", "pictures")
        store = PictureStore(database, FakeClock())
        await store.put("a", b"1")
        disk.fill()
        with pytest.raises(TrayError, match=r"disk|space"):
            await fill_up(store)
        assert await store.get("a") == b"1"
        disk.free()
        await store.put("b", b"2")
        assert await store.get("b") == b"2"
        database.close()


@pytest.mark.parametrize("inodes", [1, 2, 3])
async def test_no_inode_for_pictures(tmp_path, inodes):
    """Without one for the file, or for those that SQLite wants beside it."""
    with small_disk(tmp_path / "cache", inodes=inodes) as disk:
        with pytest.raises(TrayError, match=r"pictures\.db"):
            Database(disk.point / "pictures.db", "pictures")
        assert not list(disk.point.glob("*.damaged-*"))


HOLD = """
import sqlite3, sys
conn = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)
conn.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
conn.execute("ROLLBACK")
"""


@pytest.mark.long
@pytest.mark.timeout(400)
@pytest.mark.parametrize("name", ["backup.db", "library.db"])
def test_another_process_holds_the_file_for_a_minute(tmp_path, name):
    """A copying program, or one that looks into it: told, nothing lost, well afterwards."""
    with trial(tmp_path / "t", "held", files=20) as it:
        wait_until("running program", it.running, 30)
        assert it.command("backup", "--once").returncode == 0
        path = it.place / "home" / "data" / name
        holder = subprocess.Popen(
            [sys.executable, "-c", HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        try:
            assert holder.stdout.readline() == b"held\n"
            it.on_add(8)
            asked = [it.command(*words, seconds=180) for words in (("backup", "--once"),) * 2]
            asked.append(it.command("sync", "--once", seconds=180))
            said = "".join(done.stdout + done.stderr for done in asked) + it.said()
            assert "Traceback" not in said
            assert f"{name} cannot be used: database is locked" in said
            assert it.app.poll() is None
        finally:
            holder.communicate(timeout=30)
        before = it.looks()
        it.calm()
        it.verdict(before)
