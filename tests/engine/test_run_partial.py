"""A run that was told which folders have changed looks at those, and forgets nothing else."""

import os
import shutil

import pytest

from tests.engine.rig import counts
from tray_app.adapters.files import walk as walking
from tray_app.core.run import Outcome
from tray_app.core.setting_specs import Folder


@pytest.fixture
def listed(monkeypatch):
    """The folders that were opened, in order."""
    found = []
    real = os.scandir

    def scandir(path):
        found.append(os.fspath(path))
        return real(path)

    monkeypatch.setattr(walking.os, "scandir", scandir)
    return found


async def told(bench, *names, roots=()):
    """Do a run that was told of these folders below the photos."""
    folders = frozenset(str(bench.photos / name) if name else str(bench.photos) for name in names)
    return await bench.backup(*roots, folders=folders)


async def test_only_what_was_told_is_looked_at(bench, listed):
    for name in ("a/1.jpg", "a/deep/2.jpg", "b/3.jpg"):
        bench.put(name, name)
    assert counts(await bench.backup()) == (3, 3, 0, 0)
    bench.put("a/4.jpg", "new")
    bench.put("b/5.jpg", "not told, so not seen")
    listed.clear()
    result = await told(bench, "a")
    assert counts(result) == (1, 1, 0, 0)
    assert str(bench.photos / "a") in listed
    assert not {str(bench.photos / "b"), str(bench.photos / "a/deep")} & set(listed)
    assert bench.names() == ["1.jpg", "2.jpg", "3.jpg", "4.jpg"]
    assert counts(await bench.backup()) == (1, 1, 0, 0)


async def test_told_of_nothing_sends_what_was_left(bench, listed):
    bench.put("a/1.jpg", "one")
    await bench.backup()
    bench.rows("DELETE FROM confirmation")
    listed.clear()
    assert counts(await told(bench)) == (1, 0, 1, 0)
    assert str(bench.photos / "a") not in listed


async def test_a_new_folder_is_looked_at_with_all_below(bench):
    bench.put("1.jpg", "one")
    await bench.backup()
    bench.put("x/y/z/2.jpg", "two")
    bench.put("x/3.jpg", "three")
    assert counts(await told(bench, "")) == (2, 2, 0, 0)


async def test_a_gone_folder_takes_its_files_with_it_and_no_other(bench):
    for name in ("a/1.jpg", "a/deep/2.jpg", "ab/3.jpg", "4.jpg"):
        bench.put(name, name)
    await bench.backup()
    shutil.rmtree(bench.photos / "a")
    result = await told(bench, "")
    assert result.outcome is Outcome.DONE
    assert present(bench) == [b"3.jpg", b"4.jpg"]
    assert len(bench.assets()) == 4


@pytest.mark.parametrize("told_of", [("a",), ("a/deep",), ("a", "a/deep"), ("",)])
async def test_a_gone_folder_however_it_is_told(bench, told_of):
    bench.put("a/deep/1.jpg", "one")
    bench.put("2.jpg", "two")
    await bench.backup()
    shutil.rmtree(bench.photos / "a")
    await told(bench, *told_of)
    assert present(bench) == [b"2.jpg"]


async def test_moved_renamed_and_edited(bench):
    for name in ("a/1.jpg", "a/2.jpg", "b/3.jpg"):
        bench.put(name, name)
    await bench.backup()
    (bench.photos / "a/1.jpg").rename(bench.photos / "b/1.jpg")
    (bench.photos / "a/2.jpg").rename(bench.photos / "a/zwei.jpg")
    bench.put("b/3.jpg", "edited")
    bench.server.log.clear()
    assert counts(await told(bench, "a", "b")) == (1, 1, 0, 0)
    assert bench.uploads() == 1


async def test_an_excluded_folder_stays_out_even_when_told(bench):
    bench.put("1.jpg", "one")
    root = Folder(path=str(bench.photos), exclude=("private/",))
    await bench.backup(root)
    bench.put("private/deep/2.jpg", "two")
    result = await told(bench, "private/deep", "private", "", roots=[root])
    assert counts(result) == (0, 0, 0, 0)


async def test_a_link_is_not_followed_even_when_told(bench, tmp_path):
    bench.put("1.jpg", "one")
    await bench.backup()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "2.jpg").write_bytes(b"two")
    (bench.photos / "link").symlink_to(elsewhere)
    assert counts(await told(bench, "link", "")) == (0, 0, 0, 0)


@pytest.mark.parametrize("how", ["gone", "empty"])
async def test_a_drive_that_went_deletes_nothing(bench, how):
    bench.put("a/1.jpg", "one")
    await bench.backup()
    away = bench.photos.with_name("away")
    bench.photos.rename(away)
    if how == "empty":
        bench.photos.mkdir()
    result = await told(bench, "", "a")
    assert result.outcome is Outcome.DONE
    assert result.unavailable == 1
    assert present(bench) == [b"1.jpg"]
    if how == "empty":
        bench.photos.rmdir()
    away.rename(bench.photos)
    assert counts(await told(bench, "a")) == (0, 0, 0, 0)


async def test_a_drive_nobody_asked_about_is_no_news_and_no_success(bench, tmp_path):
    bench.put("1.jpg", "one")
    drive = tmp_path / "drive"
    drive.mkdir()
    (drive / "2.jpg").write_bytes(b"two")
    await bench.backup(bench.photos, drive)
    before = bench.rows("SELECT value FROM fact WHERE key = 'lastSuccess'")
    drive.rename(tmp_path / "away")
    bench.put("3.jpg", "three")
    result = await told(bench, "", roots=[bench.photos, drive])
    assert (counts(result), result.unavailable) == ((1, 1, 0, 0), 0)
    assert bench.rows("SELECT value FROM fact WHERE key = 'lastSuccess'") == before


async def test_two_roots_one_in_the_other(bench):
    inner = bench.photos / "inner"
    bench.put("inner/1.jpg", "one")
    outer = Folder(path=str(bench.photos), exclude=("inner/",))
    await bench.backup(outer, inner)
    bench.put("2.jpg", "two")
    bench.put("inner/3.jpg", "three")
    result = await told(bench, "", "inner", roots=[outer, inner])
    assert counts(result) == (2, 2, 0, 0)
    assert len(present(bench)) == 3


async def test_a_folder_that_cannot_be_read_is_told_again_and_kept(bench, monkeypatch):
    bench.put("a/1.jpg", "one")
    await bench.backup()
    real = os.scandir

    def scandir(path):
        if str(path).endswith("/a"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(walking.os, "scandir", scandir)
    first = await told(bench, "a")
    other = await told(bench)
    assert (first.upload.failed_count, other.upload.failed_count) == (1, 1)
    assert present(bench) == [b"1.jpg"]
    monkeypatch.undo()
    assert counts(await told(bench, "a")) == (0, 0, 0, 0)


async def test_a_partial_run_counts_like_a_whole_one(bench):
    for number in range(5):
        bench.put(f"a/{number}.jpg", str(number))
    bench.put("a/notes.txt", "no photo")
    await bench.backup()
    whole, part = await bench.backup(), await told(bench, "a")
    assert (part.upload, part.found, part.checked) == (whole.upload, whole.found, whole.checked)
    assert (part.skipped_count, part.kinds) == (whole.skipped_count, whole.kinds)


def present(bench):
    return [row[0] for row in bench.rows("SELECT name FROM file WHERE present ORDER BY name")]
