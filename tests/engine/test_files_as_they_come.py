"""Issue 3 point 4 with real parts: many files at once, renamed, edited; a drive that comes back."""

import asyncio
import os
import subprocess
import sys
import time
from fcntl import LOCK_EX, flock
from pathlib import Path

import pytest

from tests.engine.watched import drive, watched
from tray_app.adapters.watch import inotify
from tray_app.demo.server import DemoServer

FOLDERS = 20
SIZES = [
    pytest.param(1_000, 100, id="1000"),
    pytest.param(10_000, 500, id="10000", marks=[pytest.mark.long, pytest.mark.timeout(900)]),
]


@pytest.fixture
def server(tmp_path):
    with DemoServer(tmp_path / "server") as demo:
        yield demo


def photos(folder, count, label):
    """Write files of different bytes into some folders."""
    for number in range(count):
        path = folder / f"{number % FOLDERS}" / f"{label}{number}.jpg"
        if number < FOLDERS:
            path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"{label} {number} ".encode() * 40)


def every(folder):
    return sorted(path for path in folder.rglob("*.jpg"))


def rename(paths, into):
    """Give half another name and move the other half elsewhere."""
    into.mkdir()
    for number, path in enumerate(paths):
        path.rename(path.with_stem(f"renamed{number}") if number % 2 else into / path.name)


def edit(paths):
    """Write half in place and save the other half as editors do: a new file over the old one."""
    for number, path in enumerate(paths):
        if number % 2:
            with path.open("r+b") as file:
                file.write(b"edited")
        else:
            beside = path.with_suffix(".tmp")
            beside.write_bytes(b"edited" + path.read_bytes())
            beside.replace(path)


@pytest.mark.parametrize(("count", "few"), SIZES)
async def test_copied_renamed_edited_and_a_drive_that_went(server, tmp_path, count, few, record):
    source, folder = tmp_path / "source", tmp_path / "photos"
    folder.mkdir()
    photos(source, count, "copied")
    with drive(tmp_path) as stick:
        photos(stick.point, few, "stick")
        async with watched(server, tmp_path / "home", folder, stick.point) as computer:
            await computer.rests_with(few)
            begin = time.monotonic()
            copying = subprocess.Popen(["cp", "-r", source, folder / "in one go"])
            await computer.rests_with(count + few, 600)
            assert copying.wait() == 0
            record(files=count, seconds=time.monotonic() - begin, runs=runs(computer))
            known = every(folder)
            assert len(known) == count
            rename(known[:few], folder / "moved")
            edit(known[few : 2 * few])
            await computer.rests_with(count + 2 * few, 120)
            await drive_goes_and_comes(computer, stick, few, count + 2 * few)
            assert computer.uploads == len(server.assets()) == count + 2 * few + 1
            assert computer.present(folder) == count
            assert computer.present(stick.point) == few + 1
            assert computer.failures() == []
            assert computer.store.snapshot.pending == 0
    assert server.log.count("DELETE", "/api/assets") == 0


async def drive_goes_and_comes(computer, stick, few, assets):
    """Unmount it, see that nothing is called deleted, and find what is new on it afterwards."""
    await asyncio.to_thread(stick.unmount)
    result = await computer.runs_once_more()
    assert (result["totalCount"], result["failedCount"]) == (0, 0)
    assert computer.present(stick.point) == few
    elsewhere = stick.point.with_name("elsewhere")
    elsewhere.mkdir()
    stick.mount(elsewhere)
    (elsewhere / "new.jpg").write_bytes(b"taken in the meantime")
    await asyncio.to_thread(stick.unmount, elsewhere)
    stick.mount()
    await computer.rests_with(assets + 1)


FLOODS = [
    pytest.param(5_000, id="5000"),
    pytest.param(200_000, id="200000", marks=[pytest.mark.long, pytest.mark.timeout(3600)]),
]
POUR = """
import pathlib, sys
for number in range(int(sys.argv[2])):
    folder = pathlib.Path(sys.argv[1], str(number // 1000))
    if number % 1000 == 0:
        folder.mkdir()
    (folder / f"{number}.jpg").write_bytes(f"photo {number % 100} ".encode() * 40)
"""


@pytest.fixture
def small_queue(monkeypatch):
    """Let the kernel keep 32 pieces of news, not 16,384, in the queues that are opened here."""
    limit = Path("/proc/sys/fs/inotify/max_queued_events")
    if not os.access(limit, os.W_OK):
        pytest.skip("the length of the kernel's queue is root's to set")
    real = inotify.open_inotify

    def with_a_small_queue(root):
        with limit.open("r+b", buffering=0) as file:
            flock(file, LOCK_EX)  # it is the whole machine's: another run would keep our 32
            before = file.read()
            limit.write_bytes(b"32")
            try:
                return real(root)
            finally:
                limit.write_bytes(before)

    monkeypatch.setattr(inotify, "open_inotify", with_a_small_queue)


@pytest.mark.parametrize("count", FLOODS)
async def test_a_flood_that_the_kernel_cannot_keep_loses_nothing(
    server, tmp_path, small_queue, count, record, caplog
):
    """The bytes repeat, so that the server is no part of the measurement; each file counts."""
    folder = tmp_path / "photos"
    folder.mkdir()
    async with watched(server, tmp_path / "home", folder) as computer:
        begin = time.monotonic()
        pouring = subprocess.Popen([sys.executable, "-c", POUR, folder, str(count)])
        await computer.until(lambda: "max_queued_events" in " ".join(computer.notes), 120)
        await asyncio.to_thread(pouring.wait)
        poured = time.monotonic() - begin
        await computer.until(
            lambda: computer.rests and computer.present() == count and not computer.pending, 3000
        )
        record(files=count, poured=poured, seconds=time.monotonic() - begin, runs=runs(computer))
        assert "sudo sysctl fs.inotify.max_queued_events=" in caplog.text
        assert (computer.uploads, len(server.assets())) == (100, 100)
        assert computer.failures() == []
        assert computer.store.snapshot.backed_up == count


def runs(computer):
    return computer.store.snapshot.run_number
