"""SQLite files: refused, set aside, full, read only, shared, damaged."""

import sqlite3
import stat
import threading
from contextlib import closing

import pytest

import tray_app.adapters.sqlite.database as database_module
from tray_app.adapters.sqlite.database import Database, erase_at_start
from tray_app.adapters.sqlite.ledger import open_account
from tray_app.core.errors import Need, NeedsUser


@pytest.fixture
def path(tmp_path):
    return tmp_path / "backup.db"


def opened(path):
    return Database(path, "backup")


def count(conn):
    return conn.execute("SELECT count(*) FROM folder").fetchone()[0]


def add(number):
    def work(conn):
        conn.execute("INSERT INTO folder (path) VALUES (?)", (b"x" * 3000 + b"%d" % number,))

    return work


def test_opening_twice_changes_nothing(path):
    first = opened(path)
    first.run_now(add(1))
    schema = first.run_now(lambda conn: conn.execute("SELECT sql FROM sqlite_schema").fetchall())
    first.close()
    second = opened(path)
    assert second.run_now(count) == 1
    assert schema == second.run_now(
        lambda conn: conn.execute("SELECT sql FROM sqlite_schema").fetchall()
    )
    assert second.set_aside is None
    second.close()


def test_only_its_owner_may_read_it(path):
    database = opened(path)
    database.run_now(add(1))
    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    database.close()


def test_a_newer_file_is_refused_and_untouched(path):
    with sqlite3.connect(path) as newer:
        newer.execute("CREATE TABLE later (x)")
        newer.execute("PRAGMA user_version = 99")
    newer.close()
    path.chmod(0o640)
    before = path.read_bytes()
    with pytest.raises(NeedsUser, match="newer"):
        opened(path)
    assert path.read_bytes() == before
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [file.name for file in path.parent.iterdir()] == ["backup.db"]


def test_what_is_no_database_is_set_aside(path):
    path.write_bytes(b"not a database at all" * 1000)
    database = opened(path)
    assert database.run_now(count) == 0
    assert database.set_aside is not None
    assert database.set_aside.read_bytes().startswith(b"not a database")
    database.close()


def test_damage_found_later_is_told_and_mended_at_the_next_start(path):
    database = opened(path)
    for number in range(200):
        database.run_now(add(number))
    database.close()
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 200_000] = b"\xff" * 200_000
    path.write_bytes(data)
    damaged = opened(path)
    with pytest.raises(NeedsUser) as caught:
        damaged.run_now(
            lambda conn: conn.execute("SELECT sum(length(path)) FROM folder").fetchall()
        )
    assert caught.value.need is Need.DISK
    assert "damaged" in caught.value.reason
    damaged.close()
    again = opened(path)
    assert again.set_aside is not None
    assert again.run_now(count) == 0
    again.close()
    last = opened(path)
    assert last.set_aside is None
    last.close()


def test_a_full_disk_asks_the_person_and_the_next_transaction_works(path):
    database = opened(path)
    pages = database.run_now(lambda conn: conn.execute("PRAGMA page_count").fetchone()[0])
    database.run_now(lambda conn: conn.execute(f"PRAGMA max_page_count = {pages + 5}").fetchone())

    def many(conn):
        for number in range(50):
            add(number)(conn)

    with pytest.raises(NeedsUser) as caught:
        database.run_now(many)
    assert caught.value.need is Need.DISK
    assert "full" in caught.value.reason
    assert database.run_now(count) == 0
    database.run_now(lambda conn: conn.execute("PRAGMA max_page_count = 100000").fetchone())
    database.run_now(many)
    assert database.run_now(count) == 50
    database.close()


def test_a_read_only_database_asks_the_person(path):
    database = opened(path)
    database.run_now(lambda conn: conn.execute("SELECT 1").fetchone())

    def forbid(conn):
        conn.execute("PRAGMA query_only = 1")

    database.run_now(forbid)
    with pytest.raises(NeedsUser) as caught:
        database.run_now(add(1))
    assert caught.value.need is Need.DISK
    database.close()


def test_a_mistake_in_sql_is_a_bug_and_stays_loud(path):
    database = opened(path)
    with pytest.raises(sqlite3.OperationalError):
        database.run_now(lambda conn: conn.execute("SELECT * FROM nowhere"))
    assert database.run_now(count) == 0
    database.close()


def test_any_error_rolls_back(path):
    database = opened(path)

    def half(conn):
        add(1)(conn)
        raise KeyError

    with pytest.raises(KeyError):
        database.run_now(half)
    assert database.run_now(count) == 0
    database.close()


def test_two_programs_may_start_at_once(path):
    found, errors = [], []
    barrier = threading.Barrier(4)

    def start():
        barrier.wait()
        try:
            found.append(opened(path))
        except NeedsUser as exc:
            errors.append(exc)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for database in found:
        assert database.set_aside is None
        database.close()
    assert errors == []


def test_a_power_cut_can_cost_the_last_commits_but_never_the_file(path):
    """WAL with NORMAL: SQLite fsyncs at each checkpoint, so the file is sound at any moment.

    A confirmation that is lost with the last commits is asked for again.
    """
    database = opened(path)
    wanted = {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1}
    for name, value in wanted.items():
        (found,) = database.run_now(lambda conn, n=name: conn.execute(f"PRAGMA {n}").fetchone())
        assert found == value, name
    database.close()


@pytest.mark.parametrize("harm", [b"", b"no database" * 999])
async def test_a_database_to_be_erased_is_not_taken_from_who_uses_it(tmp_path, harm):
    path = tmp_path / "library.db"
    with closing(Database(path, "library")) as used:
        await used.run(lambda conn: conn.execute("INSERT INTO meta VALUES ('a', 'b')"))
        erase_at_start(path)
        with closing(Database(path, "library")) as beside:
            assert await beside.run(facts) == [("a", "b")]
        assert await used.run(facts) == [("a", "b")]
    if harm:
        path.write_bytes(harm)
    with closing(Database(path, "library")) as again:
        assert await again.run(facts) == []
        assert again.set_aside is None


async def test_who_signs_in_again_keeps_the_records(path):
    with closing(opened(path)) as used:
        await open_account(used, "me", "https://a/api", "me@example.org")
        erase_at_start(path)
        await open_account(used, "me", "https://a/api", "me@example.org")
    with closing(opened(path)) as again:
        query = "SELECT user_id FROM account"
        assert await again.run(lambda conn: conn.execute(query).fetchall()) == [("me",)]


def facts(conn):
    return conn.execute("SELECT * FROM meta").fetchall()


def rows(database):
    return database.run_now(lambda conn: conn.execute("SELECT path FROM folder").fetchall())


def test_a_file_that_was_taken_away_is_told_once_and_put_back_whole(path):
    """What was written last is still in its log then, which must not go into the other file."""
    database = Database(path, "backup")
    database.run_now(lambda conn: conn.execute("INSERT INTO folder (path) VALUES (x'61')"))
    kept = path.rename(path.with_name("kept"))
    with pytest.raises(NeedsUser, match=r"backup.db was replaced or removed"):
        rows(database)
    assert rows(database) == []
    database.close()
    assert not path.with_name(path.name + "-wal").exists()
    kept.replace(path)
    again = Database(path, "backup")
    assert rows(again) == [(b"a",)]
    again.close()


def test_a_newer_file_in_its_place_stays_as_it_is(path, tmp_path):
    database = Database(path, "backup")
    database.run_now(lambda conn: conn.execute("INSERT INTO folder (path) VALUES (x'61')"))
    kept, other = tmp_path / "kept", tmp_path / "other"
    path.rename(kept)
    with closing(sqlite3.connect(other)) as conn, conn:
        conn.execute("PRAGMA user_version = 999")
        conn.execute("CREATE TABLE later (a)")
    content = other.read_bytes()
    other.rename(path)
    for words in ("replaced or removed", "newer Immich Tray", "newer Immich Tray"):
        with pytest.raises(NeedsUser, match=words):
            rows(database)
    assert path.read_bytes() == content
    kept.replace(path)
    assert rows(database) == [(b"a",)]
    database.close()


def test_files_without_a_lasting_identity_are_used_all_the_same(path, monkeypatch):
    database = Database(path, "backup")
    numbers = iter(range(1000))
    monkeypatch.setattr(database_module, "identity", lambda _path: (0, next(numbers)))
    told = 0
    for _ in range(20):
        try:
            rows(database)
        except NeedsUser:
            told += 1
    assert told == 5
    database.close()


def test_a_locked_file_is_waited_for_and_then_told(path, monkeypatch):
    monkeypatch.setattr(database_module, "BUSY_SECONDS", 0.2)
    database = Database(path, "backup")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(NeedsUser, match=r"backup.db cannot be used: database is locked"):
            rows(database)
        other.execute("ROLLBACK")
    assert rows(database) == []
    database.close()
