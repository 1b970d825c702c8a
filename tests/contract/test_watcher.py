"""Every way of noticing changes keeps the same promises, with real files."""

import asyncio
import shutil
import sys
from contextlib import asynccontextmanager

import pytest

from tray_app.adapters.watch import inotify, polling, watcher
from tray_app.core.exclusion import ExclusionRules
from tray_app.core.listing import WalkRules
from tray_app.engine.watching import Watching

RULES = WalkRules({}, ExclusionRules(["private/"]).excludes)
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")


class Heard:
    def __init__(self):
        self.all, self.problems, self._news = [], (), asyncio.Event()

    def __call__(self, seen):
        self.all.append(seen.folders)
        self.problems = seen.problems
        self._news.set()

    async def until(self, done):
        async with asyncio.timeout(20):
            while not done(self.all):
                self._news.clear()
                await self._news.wait()

    async def told(self, folder):
        """Wait for the folder's name, or for everywhere, which covers it."""
        await self.until(lambda all_: any(f is None or str(folder) in f for f in all_))


@asynccontextmanager
async def watching(root, *, ready=True):
    heard = Heard()
    task = asyncio.create_task(watcher.FolderWatcher(0.05).watch([(str(root), RULES)], heard))
    try:
        if ready:
            await heard.until(lambda all_: None in all_)
            heard.all.clear()
        yield heard
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture(params=["inotify", "polling"])
def way(request, monkeypatch):
    if request.param == "polling":
        monkeypatch.setattr(watcher, "_needs_polling", lambda _root: True)


async def test_a_new_a_changed_and_a_deleted_file(tmp_path, way, both_loops):
    photo = tmp_path / "a" / "one.jpg"
    photo.parent.mkdir()
    async with watching(tmp_path) as heard:
        for change in (
            lambda: photo.write_bytes(b"1"),
            lambda: photo.write_bytes(b"12"),
            lambda: photo.rename(photo.with_name("two.jpg")),
            lambda: photo.with_name("two.jpg").unlink(),
        ):
            heard.all.clear()
            change()
            await heard.told(photo.parent)


async def test_what_is_in_a_new_or_renamed_folder(tmp_path, way):
    deep = tmp_path / "x" / "y" / "z"
    async with watching(tmp_path) as heard:
        deep.mkdir(parents=True)
        (deep / "at once.jpg").write_bytes(b"1")
        await heard.told(deep)
        (tmp_path / "x").rename(tmp_path / "w")
        await heard.told(tmp_path)
        await asyncio.sleep(0.3)  # until it is watched by its new name
        heard.all.clear()
        (tmp_path / "w" / "y" / "z" / "later.jpg").write_bytes(b"1")
        await heard.told(tmp_path / "w" / "y" / "z")


async def test_an_excluded_folder_is_not_watched(tmp_path, way):
    (tmp_path / "private").mkdir()
    async with watching(tmp_path) as heard:
        (tmp_path / "private" / "a.jpg").write_bytes(b"1")
        await asyncio.sleep(0.3)
        assert heard.all == []


async def test_a_drive_that_goes_and_comes_back(tmp_path, way):
    root, away = tmp_path / "drive", tmp_path / "away"
    root.mkdir()
    async with watching(root) as heard:
        root.rename(away)
        await asyncio.sleep(0.3)
        heard.all.clear()
        shutil.copytree(away, root)
        await heard.until(lambda all_: None in all_)
        heard.all.clear()
        (root / "new.jpg").write_bytes(b"1")
        await heard.told(root)


async def test_a_queue_that_overflows_means_everywhere(tmp_path):
    async with watching(tmp_path) as heard:
        for number in range(12_000):  # without a turn of the loop: two events each, 16,384 fit
            (tmp_path / f"{number}.jpg").touch()
        await heard.until(lambda all_: None in all_)
        heard.all.clear()
        (tmp_path / "after.jpg").touch()
        await heard.told(tmp_path)


async def test_no_room_for_watches_is_said_and_bridged(tmp_path, monkeypatch):
    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(inotify.Inotify, "add_watch", full)
    async with watching(tmp_path) as heard:
        assert "max_user_watches" in heard.problems[0].remedy
        (tmp_path / "a.jpg").touch()
        await heard.told(tmp_path)


async def test_a_burst_is_few_knocks(tmp_path):
    knocks = []
    service = Watching(watcher.FolderWatcher(), knocks.append)
    await service.follow([(str(tmp_path), RULES)])
    async with asyncio.timeout(10):
        while not knocks:
            await asyncio.sleep(0.05)
    for number in range(2000):
        (tmp_path / f"{number}.jpg").touch()
        if number % 50 == 0:
            await asyncio.sleep(0)
    async with asyncio.timeout(10):
        while len(knocks) < 2:
            await asyncio.sleep(0.05)
    await asyncio.sleep(1.2)
    assert knocks == [None, frozenset({str(tmp_path)})]
    await service.close()


def test_differences_name_new_gone_and_changed():
    assert polling.differences({"a": 1, "b": 1, "c": 1}, {"a": 1, "b": 2, "d": 1}) == {
        "b",
        "c",
        "d",
    }
