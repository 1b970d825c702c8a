"""The main scenarios of a backup, end to end, on both loops and both generations."""

import os

import pytest

from tests.engine.rig import counts, sha1
from tray_app.core.run import Outcome
from tray_app.core.setting_specs import Folder
from tray_app.demo.samples import write_samples


async def test_a_fresh_run_and_a_second_one(each_bench, both_loops):
    bench = each_bench
    samples = write_samples(bench.photos, 20)
    first = await bench.backup()
    assert first.outcome is Outcome.DONE, first
    assert counts(first) == (20, 19, 1, 0)
    assert sorted(asset.checksum for asset in bench.assets()) == sorted(
        sha1(path.read_bytes()) for path in samples.assets
    )
    assert first.upload.bytes_sent == sum(path.stat().st_size for path in samples.assets)
    hidden = [asset for asset in bench.assets() if asset.visibility == "hidden"]
    assert [asset.file_name for asset in hidden] == [samples.live_video.name]
    assert bench.asset(samples.live_still.name).live_photo_video_id == hidden[0].id

    bench.server.log.clear()
    second = await bench.backup()
    assert second.outcome is Outcome.DONE
    assert counts(second) == (0, 0, 0, 0)
    assert second.upload.bytes_hashed == second.upload.bytes_sent == 0
    assert (bench.checks(), bench.uploads()) == (1, 0)
    assert second.checked == 19


async def test_a_moved_and_a_renamed_file_are_not_sent_again(each_bench):
    bench = each_bench
    one, two = bench.put("a/1.jpg", "one"), bench.put("a/2.jpg", "two")
    await bench.backup()
    (bench.photos / "b").mkdir()
    one.rename(bench.photos / "b/1.jpg")
    two.rename(bench.photos / "a/zwei.jpg")
    bench.server.log.clear()
    again = await bench.backup()
    assert counts(again) == (0, 0, 0, 0)
    assert bench.uploads() == 0
    assert len(bench.assets()) == 2


async def test_equal_bytes_are_sent_once(each_bench):
    bench = each_bench
    for number in range(5):
        bench.put(f"{number}/x{number}.jpg", "same")
    result = await bench.backup()
    assert counts(result) == (5, 1, 4, 0)
    assert bench.uploads() == 1
    assert result.upload.bytes_sent == 4


async def test_a_file_the_server_has_is_a_duplicate(each_bench):
    bench = each_bench
    bench.put("a.jpg", "known")
    bench.upload_elsewhere("other.jpg", b"known")
    bench.server.log.clear()
    result = await bench.backup()
    assert counts(result) == (1, 0, 1, 0)
    assert bench.uploads() == 0
    assert bench.states() == {sha1(b"known"): "duplicate"}


async def test_a_file_in_the_servers_trash_stays_there(each_bench):
    bench = each_bench
    bench.put("a.jpg", "thrown away")
    bench.delete_elsewhere(bench.upload_elsewhere("a.jpg", b"thrown away"))
    bench.server.log.clear()
    result = await bench.backup()
    assert counts(result) == (1, 0, 1, 0)
    assert result.trashed == 1
    assert bench.uploads() == 0
    assert bench.states() == {sha1(b"thrown away"): "trashed"}


async def test_what_was_deleted_on_the_server_is_missing_and_not_sent_again(each_bench):
    bench = each_bench
    bench.put("a.jpg", "a")
    bench.put("b.jpg", "b")
    await bench.backup()
    bench.delete_elsewhere(bench.asset("a.jpg").id, force=True)
    bench.delete_elsewhere(bench.asset("b.jpg").id)
    bench.server.log.clear()
    result = await bench.backup()
    assert (result.missing, result.trashed) == (1, 1)
    assert bench.states() == {sha1(b"a"): "missing", sha1(b"b"): "trashed"}
    await bench.backup()
    assert bench.uploads() == 0
    # A copy of it made later is the same photo: the answer is still the person's.
    bench.put("copy of a.jpg", "a")
    result = await bench.backup()
    assert bench.uploads() == 0
    assert counts(result) == (0, 0, 0, 0)


async def test_an_edited_file_is_a_new_asset(each_bench):
    bench = each_bench
    bench.put("a.jpg", "before")
    await bench.backup()
    bench.put("a.jpg", "after!")
    result = await bench.backup()
    assert counts(result) == (1, 1, 0, 0)
    assert bench.stored() == [b"after!", b"before"]


async def test_a_new_time_costs_a_hash_and_nothing_else(each_bench):
    bench = each_bench
    path = bench.put("a.jpg", "still the same")
    await bench.backup()
    os.utime(path, (1, 1))
    bench.server.log.clear()
    result = await bench.backup()
    assert result.upload.bytes_hashed == len("still the same")
    assert counts(result) == (0, 0, 0, 0)
    assert bench.uploads() == 0


async def test_equal_size_and_time_do_not_hide_other_bytes(bench):
    path = bench.put("a.jpg", "before", mtime=1000)
    await bench.backup()
    bench.put("a.jpg", "after!", mtime=1000)
    assert path.stat().st_mtime == 1000
    result = await bench.backup()
    assert counts(result) == (1, 1, 0, 0)


async def test_a_dry_run_sends_nothing(each_bench):
    bench = each_bench
    bench.put("new.jpg", "new")
    bench.put("copy/new.jpg", "new")
    bench.put("known.jpg", "known")
    bench.upload_elsewhere("known.jpg", b"known")
    bench.server.log.clear()
    result = await bench.backup(dry_run=True)
    assert counts(result) == (3, 0, 1, 0)
    assert result.upload.remaining == 2
    assert bench.uploads() == 0
    assert sha1(b"new") not in bench.states()
    assert bench.rows("SELECT count(*) FROM run") == [(0,)]
    real = await bench.backup()
    assert counts(real) == (2, 1, 1, 0)


async def test_another_user_has_confirmations_of_their_own(each_bench):
    bench = each_bench
    bench.put("a.jpg", "a")
    await bench.backup()
    bench.server.add_user("other@example.org")
    key = bench.server.add_api_key(email="other@example.org")
    result = await bench.backup(key=key)
    assert counts(result) == (1, 1, 0, 0)
    assert result.upload.bytes_hashed == 0  # the hash cache is for all
    assert len(bench.server.assets("other@example.org")) == 1


async def test_single_files_may_be_asked_for(bench):
    bench.put("a.jpg", "a")
    wanted = bench.put("b.jpg", "b")
    assert counts(await bench.backup(wanted)) == (1, 1, 0, 0)
    assert bench.names() == ["b.jpg"]
    assert counts(await bench.backup()) == (1, 1, 0, 0)


@pytest.mark.parametrize("order", [1, -1])
async def test_a_folder_that_one_root_excludes_is_taken_by_the_other(bench, order):
    bench.put("a.jpg", "a")
    bench.put("inner/b.jpg", "b")
    outer = Folder(path=str(bench.photos), exclude=("inner/",))
    inner = Folder(path=str(bench.photos / "inner"))
    await bench.backup(*[outer, inner][::order])
    assert bench.names() == ["a.jpg", "b.jpg"]
