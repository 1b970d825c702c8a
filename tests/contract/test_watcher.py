"""Every way of noticing changes keeps the same promises, with real files."""

import asyncio
import errno
import os
import shutil
import subprocess
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tray_app.adapters.watch import inotify, polling, watcher
from tray_app.core.changes import Seen
from tray_app.core.exclusion import ExclusionRules
from tray_app.core.listing import WalkRules
from tray_app.engine.watching import Watching

A, B = frozenset({"/a"}), frozenset({"/b"})
RULES = WalkRules({}, ExclusionRules(["private/"]).excludes)
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")


class Heard:
    def __init__(self):
        self.all, self.problems, self._news = [], (), asyncio.Event()
        self.ever = set()

    def __call__(self, seen):
        self.all.append(seen.folders)
        self.problems = seen.problems
        self.late = seen.late
        self.ever.update(seen.problems)
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
async def watching(root, *, ready=True, **options):
    heard = Heard()
    following = watcher.FolderWatcher(**{"interval": 0.05, **options})
    task = asyncio.create_task(following.watch([(str(root), RULES)], heard))
    try:
        if ready:
            await heard.until(lambda all_: None in all_)
            heard.all.clear()
        yield heard
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture(params=["inotify", "polling", "elsewhere"])
def way(request, monkeypatch):
    """`elsewhere`: as on Windows and macOS, with this system's backend of watchfiles."""
    if request.param == "polling":
        monkeypatch.setattr(watcher, "_needs_polling", lambda _root: True)
    if request.param == "elsewhere":
        monkeypatch.setattr(watcher, "_LINUX", False)
    return request.param


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
    if way == "elsewhere":
        pytest.skip("on Linux watchfiles misses what comes into a folder while that is new")
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


async def test_a_queue_that_overflows_means_everywhere_and_is_told_for_a_while(tmp_path):
    async with watching(tmp_path, reconcile=1.0) as heard:
        for number in range(12_000):  # without a turn of the loop: two events each, 16,384 fit
            (tmp_path / f"{number}.jpg").touch()
        await heard.until(lambda all_: None in all_)
        assert "max_queued_events" in heard.problems[0].remedy
        heard.all.clear()
        (tmp_path / "after.jpg").touch()
        await heard.told(tmp_path)
        await heard.until(lambda _all: heard.problems == ())


@pytest.mark.parametrize(
    ("call", "error", "remedy"),
    [
        ("add_watch", errno.ENOSPC, "max_user_watches"),
        ("__init__", errno.EMFILE, "max_user_instances"),
    ],
)
async def test_no_room_is_said_bridged_and_over_when_there_is_some(
    tmp_path, monkeypatch, call, error, remedy
):
    """Beside `test_small_rooms`, which has the kernel refuse, for those who may not ask it to."""

    def full(*_args, **_options):
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(inotify.Inotify, call, full)
    async with watching(tmp_path) as heard:
        assert remedy in heard.problems[0].remedy
        (tmp_path / "a.jpg").touch()
        await heard.told(tmp_path)
        monkeypatch.undo()
        await heard.until(lambda _all: heard.problems == ())
        heard.all.clear()
        (tmp_path / "b.jpg").touch()
        await heard.told(tmp_path)


async def test_small_rooms(tmp_path):
    """The kernel's own refusal, in a user namespace whose limits concern nobody else."""
    script = Path(__file__).with_name("small_rooms.py")
    process = await asyncio.create_subprocess_exec(
        *("unshare", "--user", "--map-root-user", sys.executable, script, tmp_path),
        stderr=subprocess.PIPE,
    )
    _, complaints = await asyncio.wait_for(process.communicate(), 50)
    if b"unshare failed" in complaints or b"Read-only" in complaints:
        pytest.skip("this system allows no user namespace")
    assert process.returncode == 0, complaints.decode()


async def test_what_no_event_told_is_found_by_the_periodic_look(tmp_path, monkeypatch):
    monkeypatch.setattr(inotify.Tree, "take", lambda *_args: None)
    photo = tmp_path / "a" / "one.jpg"
    photo.parent.mkdir()
    photo.touch()
    async with watching(tmp_path, reconcile=0.2) as heard:
        await asyncio.sleep(0.5)
        assert heard.all == []
        photo.write_bytes(b"1")
        await heard.told(photo.parent)
        assert heard.late
        heard.all.clear()
        kept = photo.stat()
        photo.write_bytes(b"2")
        os.utime(photo, ns=(kept.st_atime_ns, kept.st_mtime_ns))  # exiftool -P
        await heard.told(photo.parent)
    assert watcher.RECONCILE == 30 * 60


async def test_a_burst_is_few_knocks(tmp_path):
    knocks = []
    service = Watching(watcher.FolderWatcher(), knocks.append, knocks.append)
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


class Teller:
    """A watcher whose news the test decides."""

    def __init__(self, *news):
        self._news = news

    async def watch(self, _roots, tell):
        for seen in self._news:
            tell(seen)


@pytest.mark.parametrize(
    ("news", "late"),
    [
        ([Seen(A, late=True)], True),
        ([Seen(A, late=True), Seen(B, late=True)], True),
        ([Seen(A, late=True), Seen(B)], False),
        ([Seen(A), Seen(B, late=True)], False),
    ],
)
async def test_what_only_the_periodic_look_found_is_no_fresh_news(news, late):
    knocks = asyncio.Queue()
    service = Watching(
        Teller(*news),
        lambda folders: knocks.put_nowait((folders, False)),
        lambda folders: knocks.put_nowait((folders, True)),
    )
    await service.follow([("/", RULES)])
    async with asyncio.timeout(20):
        assert await knocks.get() == (frozenset().union(*(seen.folders for seen in news)), late)
    assert knocks.empty()
    await service.close()


def test_differences_name_new_gone_and_changed():
    assert polling.differences({"a": 1, "b": 1, "c": 1}, {"a": 1, "b": 2, "d": 1}) == {
        "b",
        "c",
        "d",
    }
