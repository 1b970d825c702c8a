"""The lists of the window over a real database, page by page."""

import asyncio
from contextlib import closing, suppress
from datetime import timedelta

import pytest

from tests.ui.history_world import NOW, World
from tray_app.adapters.sqlite.backup_reader import BackupReader
from tray_app.adapters.sqlite.history import _FILES
from tray_app.core.errors import NeedsUser
from tray_app.core.history import Span
from tray_app.core.ledger import Held
from tray_app.core.setting_specs import Folder


@pytest.fixture
def world(tmp_path):
    with closing(World(tmp_path)) as it:
        yield it


async def all_pages(fetch, size):
    rows, after = [], None
    while page := await fetch(after, size):
        assert len(page) <= size
        rows += page
        after = page[-1].cursor
    return rows


async def test_files_come_newest_first_and_each_once(world):
    world.files(25)
    world.sql("UPDATE confirmation SET confirmed_at = (SELECT max(confirmed_at) FROM confirmation)")
    rows = await all_pages(lambda after, size: world.history.files("", None, after, size), 7)
    assert len({row.path for row in rows}) == len(rows) == 25
    world.sql("DELETE FROM confirmation")
    world.sql("DELETE FROM file")
    world.files(9, "/elsewhere")
    rows = await all_pages(lambda after, size: world.history.files("", None, after, size), 4)
    assert [row.path for row in rows] == [f"/elsewhere/IMG_{n:07}.jpg" for n in range(1, 10)]
    assert [row.at for row in rows] == sorted((row.at for row in rows), reverse=True)
    assert {row.held for row in rows} == {Held.UPLOADED, Held.DUPLICATE}


async def test_files_are_found_by_any_part_of_their_path_and_by_the_time_of_a_run(world):
    world.files(30, "/p/Größe 100%_x")
    files = world.history.files
    assert len(await files("img_000001", None, None, 99)) == 10
    assert len(await files("Größe", None, None, 99)) == 30
    assert len(await files("100%_x", None, None, 99)) == 30
    assert await files("100_x", None, None, 99) == []
    assert await files("%%", None, None, 99) == []
    span = Span(NOW - timedelta(seconds=25), NOW)
    inside = await files("", span, None, 99)
    assert inside
    assert all(span.start <= row.at <= span.end for row in inside)
    assert len(inside) < 30


async def test_what_is_gone_or_was_deleted_on_the_server_is_not_listed(world):
    world.files(3)
    world.sql("UPDATE file SET present = 0 WHERE name = :n", n=b"IMG_0000001.jpg")
    world.sql("UPDATE confirmation SET state = 'trashed' WHERE remote_id = 'r2'")
    (left,) = await world.history.files("", None, None, 9)
    assert left.path.endswith("IMG_0000003.jpg")


async def test_a_page_of_files_follows_an_index(world):
    steps = await world.reader.run(
        lambda conn: conn.execute(
            f"EXPLAIN QUERY PLAN {_FILES}",
            dict.fromkeys(("account", "start", "end", "first", "a", "b", "c", "like", "limit"), 1),
        ).fetchall()
    )
    words = [step[3] for step in steps]
    assert any("USING INDEX confirmation_confirmed" in step for step in words), words
    assert not any(step.startswith("SCAN") for step in words), words


async def test_runs_tell_their_counts_and_why_they_ended_early(world):
    for number in range(5):
        world.run(NOW + timedelta(hours=number), completedCount=number, duplicateCount=1)
    world.run(NOW, "trouble", failedCount=2, bytesSent=9, error="No answer.", remedy="Wait.")
    rows = await all_pages(world.history.runs, 2)
    assert [row.completed for row in rows] == [0, 4, 3, 2, 1, 0]
    assert (rows[0].outcome, rows[0].failed, rows[0].bytes_sent) == ("trouble", 2, 9)
    assert rows[0].reason == "No answer. Wait."
    assert rows[1].duplicates == 1


async def test_failures_and_ignored_ones_are_two_lists(world):
    folder = world.folder("/p")
    first = world.fail(b"a.jpg", folder)
    for number in range(5):
        world.fail(b"b%d\xff.jpg" % number, folder, NOW - timedelta(minutes=number))

    def failures(after, size):
        return world.history.failures("", after, size, ignored=False)

    assert len(await all_pages(failures, 2)) == 6
    await world.ledger.ignore([first], NOW)
    rows = await all_pages(failures, 2)
    assert [row.path for row in rows] == [f"/p/b{n}\udcff.jpg" for n in range(5)]
    assert await world.history.ignored_count() == 1
    (ignored,) = await world.history.failures("", None, 9, ignored=True)
    assert ignored.file_id == first
    assert (await world.ledger.counts()).failed == 5
    assert (await world.ledger.counts()).pending == 5
    assert len(await world.ledger.failures()) == 5
    await world.ledger.ignore([first], None)
    assert len(await all_pages(failures, 2)) == 6
    (found,) = await world.history.failures("A.JPG", None, 9, ignored=False)
    assert found.reason.startswith("A proxy before the server refuses")


async def test_a_folder_nobody_can_read_is_a_failure_that_cannot_be_ignored(world):
    world.sql("INSERT INTO unreadable VALUES (:p, 'Permission denied', :at)", p=b"/p/x", at="2026")
    world.sql("UPDATE unreadable SET since = :at", at=NOW.isoformat())
    (row,) = await world.history.failures("", None, 9, ignored=False)
    assert row.file_id is None
    assert (row.path, row.reason) == ("/p/x", "The folder could not be read: Permission denied.")
    assert await world.history.failures("", row.cursor, 9, ignored=False) == []


async def test_folders_say_how_they_stand(world):
    number = world.files(10)
    world.fail(b"bad.jpg", number)
    await world.ledger.ignore([world.fail(b"ugly.jpg", number)], NOW)
    world.sql(
        "INSERT INTO file (folder_id, name, stem, kind, pair_role, size, mtime_ns, ctime_ns, inode)"
        " VALUES (:folder, 'new.jpg', '', 'image', 0, 1, 1, 1, 1)",
        folder=number,
    )
    empty = world.base / "empty"
    empty.mkdir()
    world.folders += [
        Folder("/gone"),
        Folder(str(empty)),
        Folder("/gone/too", enabled=False),
    ]
    here, gone, bare, off = await world.history.folders()
    assert (here.backed_up, here.pending, here.failed, here.unavailable) == (10, 2, 1, "")
    assert gone.unavailable.startswith("Not there")
    assert bare.unavailable.startswith("Empty")
    assert not off.enabled
    assert off.unavailable == ""


async def test_a_question_that_nobody_waits_for_ends(world):
    world.files(10)
    endless = (
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    )
    begun, loop = asyncio.Event(), asyncio.get_running_loop()

    def work(conn):
        loop.call_soon_threadsafe(begun.set)
        return conn.execute(endless).fetchone()

    question = asyncio.create_task(world.reader.run(work))
    await begun.wait()
    question.cancel()
    with suppress(asyncio.CancelledError):
        await question
    assert len(await world.history.files("", None, None, 99)) == 10


async def test_reading_goes_on_while_something_is_written(world):
    world.files(10)
    entered, leave = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(conn):
        conn.execute("DELETE FROM confirmation")
        loop.call_soon_threadsafe(entered.set)
        asyncio.run_coroutine_threadsafe(leave.wait(), loop).result()

    writing = asyncio.create_task(world.database.run(slow))
    await entered.wait()
    assert len(await world.history.files("", None, None, 99)) == 10
    leave.set()
    await writing
    assert await world.history.files("", None, None, 99) == []


async def test_a_file_that_is_no_database_is_named(tmp_path):
    file = tmp_path / "backup.db"
    file.write_bytes(b"garbage" * 1000)
    with closing(BackupReader(file)) as reader, pytest.raises(NeedsUser, match="damaged"):
        await reader.run(lambda conn: conn.execute("SELECT 1 FROM run").fetchall())
