"""A file that a person wants ignored: no candidate, not failed, not pending, until it changes."""

from contextlib import closing

from tests.engine.rig import counts
from tray_app.adapters.clock import SystemClock
from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.ledger import Ledger
from tray_app.demo.faults import ProxyTooLarge


async def with_ledger(bench, act):
    with closing(Database(bench.locations.backup_db, "backup")) as database:
        return await act(Ledger(database, 1))


async def ignore(bench, *, on=True):
    ids = [row[0] for row in bench.rows("SELECT file_id FROM failure")]
    at = SystemClock().now() if on else None
    await with_ledger(bench, lambda ledger: ledger.ignore(ids, at))


async def failing(bench):
    bench.put("good.jpg", "good")
    bench.put("bad.jpg", "bad" * 100)
    bench.server.faults.add(ProxyTooLarge(match="bad.jpg"))
    assert counts(await bench.backup()) == (2, 1, 0, 1)
    bench.server.log.clear()


async def test_it_is_left_out_and_the_run_is_a_success(bench):
    await failing(bench)
    await ignore(bench)
    for asked in (True, False):
        result = await bench.backup(retry_parked=asked)
        assert counts(result) == (0, 0, 0, 0)
        assert result.failures == ()
    assert bench.uploads() == 0
    known = await with_ledger(bench, lambda ledger: ledger.counts())
    assert (known.failed, known.pending, known.backed_up) == (0, 0, 1)
    assert bench.rows("SELECT key FROM fact WHERE key = 'backupFailedSince'") == []
    now = SystemClock().now()
    assert await with_ledger(bench, lambda ledger: ledger.next_attempt(now)) is None
    assert await with_ledger(bench, lambda ledger: ledger.retry_all(now)) == 0


async def test_taken_back_it_is_a_failed_file_and_a_candidate_again(bench):
    await failing(bench)
    await ignore(bench)
    await ignore(bench, on=False)
    known = await with_ledger(bench, lambda ledger: ledger.counts())
    assert (known.failed, known.pending) == (1, 1)
    await with_ledger(bench, lambda ledger: ledger.retry_all(SystemClock().now()))
    bench.server.faults.clear()
    assert counts(await bench.backup()) == (1, 1, 0, 0)
    assert bench.names() == ["bad.jpg", "good.jpg"]


async def test_a_file_whose_bytes_change_is_no_longer_ignored(bench):
    await failing(bench)
    await ignore(bench)
    bench.server.faults.clear()
    bench.put("bad.jpg", "mended by the person")
    assert counts(await bench.backup()) == (1, 1, 0, 0)
    assert b"mended by the person" in bench.stored()


async def test_just_these_are_due_again(bench):
    await failing(bench)
    bench.put("worse.jpg", "worse" * 200)
    bench.server.faults.add(ProxyTooLarge(match="worse.jpg"))
    await bench.backup()
    (number,) = bench.rows(
        "SELECT x.file_id FROM failure x JOIN file f ON f.id = x.file_id WHERE f.name = ?",
        b"bad.jpg",
    )
    now = SystemClock().now()
    await with_ledger(bench, lambda ledger: ledger.retry(number, now))
    bench.server.faults.clear()
    result = await bench.backup(retry_parked=False)
    assert (result.upload.completed_count, result.upload.failed_count) == (1, 1)
    assert bench.names() == ["bad.jpg", "good.jpg"]
