"""Files that do not hold still, cannot be read, or are no files; folders that are not there."""

import asyncio
import os
import shutil
import time
from contextlib import nullcontext

import pytest

from tests.engine.rig import counts, sha1
from tests.fakes.clock import ShiftedClock
from tests.fakes.privileges import unprivileged
from tray_app.adapters.files import walk as walking
from tray_app.app.overview import read_failures, read_unreadable
from tray_app.core.run import Outcome
from tray_app.demo.faults import SlowRead

APPEND_SECONDS = 0.1


async def grow(path, seconds: float) -> bytes:
    """Append every 100 ms, as a slow copy does; returns the final bytes."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with path.open("ab") as file:
            file.write(b"more")
        await asyncio.sleep(APPEND_SECONDS)
    return path.read_bytes()


async def test_a_growing_file_arrives_once_with_its_final_bytes(each_bench):
    bench = each_bench
    path = bench.put("growing.jpg", "begin")
    result, final = await asyncio.gather(bench.backup(quiet=0.3), grow(path, 1.5))
    assert counts(result) == (1, 1, 0, 0), result.failures
    assert bench.stored() == [final]


async def test_a_file_that_never_stops_growing_delays_nobody(bench):
    path = bench.put("growing.jpg", "begin")
    growing = asyncio.create_task(grow(path, 60))
    for number in range(3):
        bench.put(f"{number}.jpg", f"{number}", mtime=1000 + number)
        os.utime(bench.photos / f"{number}.jpg", (1000, 1000))
    try:
        result = await bench.backup(quiet=0.3)
    finally:
        growing.cancel()
    assert counts(result) == (4, 3, 0, 1)
    assert "still being written" in result.failures[0].reason
    assert len(bench.assets()) == 3


async def test_a_file_that_changes_during_its_upload_arrives_with_the_new_bytes(each_bench):
    bench = each_bench
    path = bench.put("a.jpg", os.urandom(3 << 20))
    bench.server.faults.add(SlowRead(bytes_per_second=4 << 20, times=1))
    new = os.urandom(3 << 20)
    written = []

    def rewrite(state):
        if state.bytes_sent and not written:
            written.append(path.write_bytes(new))

    bench.on_publish = rewrite
    result = await bench.backup(quiet=0.1)
    assert written
    assert counts(result) == (1, 1, 0, 0)
    assert [asset.checksum for asset in bench.assets()] == [sha1(new)]


async def test_a_half_of_a_live_photo_that_still_grows_is_waited_for(bench):
    bench.put("IMG_1.JPG", "still", mtime=1_700_000_000)
    path = bench.put("IMG_1.MOV", "begin")
    result, final = await asyncio.gather(bench.backup(quiet=0.3), grow(path, 0.8))
    assert counts(result) == (2, 2, 0, 0), result.failures
    assert final in bench.stored()


async def test_a_vanished_file_is_named(bench):
    bench.put("a.jpg", "a")
    path = bench.put("b.jpg", "b")
    bench.on_publish = lambda state: state.total_count and path.unlink(missing_ok=True)
    result = await bench.backup()
    assert counts(result) == (2, 1, 0, 1)
    assert "b.jpg disappeared" in result.failures[0].reason
    bench.on_publish = lambda _state: None
    assert counts(await bench.backup()) == (0, 0, 0, 0)


@pytest.mark.parametrize("date", [2**31 * 1.9, 4_000_000_000])
async def test_a_time_in_the_future_does_not_wait_for_ever(bench, date):
    bench.put("future.jpg", "x", mtime=date)
    result = await asyncio.wait_for(bench.backup(quiet=0.2), 10)
    assert counts(result) == (1, 1, 0, 0)


async def test_a_clock_set_back_does_not_wait_for_ever(bench):
    """Then even the change time lies in the future."""
    bench.put("a.jpg", "x")
    yesterday = ShiftedClock(time.time() - 86_400)
    result = await asyncio.wait_for(bench.backup(quiet=0.2, clock=yesterday), 10)
    assert counts(result) == (1, 1, 0, 0)


async def test_what_is_no_photo_is_named_and_left(each_bench):
    bench = each_bench
    bench.put("good.jpg", "good")
    bench.put("empty.jpg", "")
    os.mkfifo(bench.photos / "pipe.jpg")
    (bench.photos / "nowhere.jpg").symlink_to("/does/not/exist")
    (bench.photos / "loop.jpg").symlink_to("loop.jpg")
    (bench.photos / "loop").symlink_to(bench.photos)
    bench.put("notes.txt", "no photo")
    result = await asyncio.wait_for(bench.backup(), 10)
    assert counts(result) == (1, 1, 0, 0)
    reasons = {os.path.basename(skip.path): skip.reason for skip in result.skipped}
    assert reasons == {
        "empty.jpg": "empty (0 bytes)",
        "pipe.jpg": "not a regular file (pipe, socket or device)",
        "loop": "a link to a folder, not followed",
        "nowhere.jpg": "a link that leads nowhere",
        "loop.jpg": "a link that leads nowhere",
    }
    assert result.skipped_count == 6


async def test_a_file_and_a_folder_that_cannot_be_read_fail_alone(bench):
    """As another user: root can read everything, so the run has to be somebody else."""
    bench.put("good.jpg", "good")
    bench.put("bad.jpg", "bad").chmod(0)
    bench.put("closed/c.jpg", "c")
    await bench.backup()  # everything is known before the doors close
    bench.rows("DELETE FROM confirmation")
    bench.rows("UPDATE file SET sha1 = NULL")
    (bench.photos / "closed").chmod(0)
    with unprivileged():
        result = await bench.backup()
    (bench.photos / "closed").chmod(0o700)
    assert counts(result) == (3, 0, 1, 2), result
    reasons = {os.path.basename(failed.path): failed.reason for failed in result.failures}
    assert reasons == {
        "bad.jpg": "bad.jpg may not be read by this user.",
        "closed": "The folder could not be read: Permission denied.",
    }
    assert bench.rows("SELECT count(*) FROM file WHERE present") == [(3,)]


async def test_a_root_that_was_never_there_is_told(bench):
    bench.put("a.jpg", "a")
    result = await bench.backup(bench.photos, bench.photos / "typo")
    assert counts(result) == (1, 1, 0, 0)
    assert any("typo" in note and "not available" in note for note in result.notes)


async def test_a_missing_or_emptied_root_deletes_nothing(each_bench):
    bench = each_bench
    bench.put("drive/a.jpg", "a")
    bench.put("drive/sub/b.jpg", "b")
    drive = bench.photos / "drive"
    await bench.backup(drive)
    drive.rename(bench.photos / "elsewhere")
    gone = await bench.backup(drive)
    assert any("not available" in note for note in gone.notes)
    drive.mkdir()
    empty = await bench.backup(drive)
    assert any("not available" in note for note in empty.notes)
    assert bench.rows("SELECT count(*) FROM file WHERE present") == [(2,)]
    drive.rmdir()
    (bench.photos / "elsewhere").rename(drive)
    back = await bench.backup(drive)
    assert back.upload.bytes_hashed == 0
    assert back.notes == ()


async def test_an_unreadable_folder_stays_listed_until_it_can_be_read_or_is_gone(bench):
    for name in ("one", "two"):
        bench.put(f"{name}/a.jpg", name)
        (bench.photos / name).chmod(0)
    with unprivileged():
        await bench.backup()
    closed = [f"{bench.photos}/one", f"{bench.photos}/two"]
    assert [found.path for found in await read_unreadable(bench.locations)] == closed
    found = await read_failures(bench.locations)
    assert {failure.path for failure in found} >= set(closed)
    (bench.photos / "one").chmod(0o700)
    with unprivileged():
        await bench.backup()
    assert [found.path for found in await read_unreadable(bench.locations)] == closed[1:]
    shutil.rmtree(bench.photos / "two")
    await bench.backup()
    assert await read_failures(bench.locations) == []


@pytest.mark.parametrize("how", ["gone", "empty"])
async def test_a_drive_pulled_out_while_its_photos_are_sent_fails_none_of_them(each_bench, how):
    bench, names = each_bench, [f"{number}.jpg" for number in range(30)]
    stick, away = bench.photos / "stick", bench.photos / "away"
    for name in names:
        bench.put(f"stick/{name}", f"photo {name}" * 100)

    def pull_out(state):
        if state.bytes_sent and stick.exists() and not away.exists():
            stick.rename(away)
            if how == "empty":
                stick.mkdir()

    bench.on_publish = pull_out
    first = await bench.backup(stick, concurrency=1)
    assert first.outcome is Outcome.DONE
    assert first.unavailable == 1
    assert first.upload.failed_count == 0
    assert 0 < first.upload.completed_count < len(names)
    assert bench.rows("SELECT count(*) FROM file WHERE present") == [(len(names),)]
    assert bench.rows("SELECT * FROM fact WHERE key = 'backupFailedSince'") == []
    if how == "empty":
        stick.rmdir()
    away.rename(stick)
    bench.on_publish = lambda _state: None
    second = await bench.backup(stick)
    assert first.upload.completed_count + second.upload.completed_count == len(names)
    assert bench.names() == sorted(names)


async def test_a_drive_pulled_out_while_it_is_looked_at_fails_nothing(bench, monkeypatch):
    for name in ("a/1.jpg", "b/2.jpg"):
        bench.put(f"stick/{name}", name)
    stick, real = bench.photos / "stick", os.scandir
    await bench.backup(stick)

    def scandir(path):
        found = real(path)
        if os.fspath(path) == str(stick) and stick.exists():
            found = list(found)
            stick.rename(bench.photos / "away")
            return nullcontext(found)
        return found

    monkeypatch.setattr(walking.os, "scandir", scandir)
    result = await bench.backup(stick)
    assert (counts(result), result.unavailable) == ((0, 0, 0, 0), 1)
    assert bench.rows("SELECT count(*) FROM file WHERE present") == [(2,)]
