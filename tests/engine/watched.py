"""The tray without its window: the real service, watcher, database and files, and a server."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.rig.processes import wait_until
from tray_app.adapters.clock import SystemClock
from tray_app.adapters.locations import find_locations
from tray_app.app.backup import Request, back_up
from tray_app.app.overview import overview
from tray_app.app.watching import opened_file_watch
from tray_app.app.workshop import Workshop
from tray_app.core.setting_specs import Folder
from tray_app.core.settings import Settings
from tray_app.core.snapshot import Phase
from tray_app.demo.server import DemoServer
from tray_app.engine.notes import Notes
from tray_app.engine.store import Store
from tray_app.engine.supervisor import Supervisor

REST = (Phase.IDLE, Phase.NEEDS_USER, Phase.FAILED)


class Computer:
    """What can be seen of it from outside."""

    def __init__(self, server: DemoServer, store: Store, database: Path) -> None:
        self.server, self.store = server, store
        self._database = database
        self._news = asyncio.Event()
        store.subscribe(lambda _snapshot: self._news.set())

    async def until(self, done: Callable[[], bool], seconds: float = 60) -> None:
        """Wait for something that shows in the snapshot, or comes with it."""
        try:
            async with asyncio.timeout(seconds):
                while not done():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError(f"{len(self.server.assets())} {self.store.snapshot}") from None

    async def rests_with(self, count: int, seconds: float = 60) -> None:
        """Wait until the server has so many assets and the service has nothing to do."""
        await self.until(lambda: self.rests and len(self.server.assets()) == count, seconds)

    @property
    def rests(self) -> bool:
        return self.store.snapshot.phase in REST

    async def runs_once_more(self, seconds: float = 60) -> dict[str, object]:
        """Wait for the end of another run; returns what came of it."""
        before = self.store.snapshot.run_number
        await self.until(lambda: self.store.snapshot.run_number > before, seconds)
        return dict(self.store.snapshot.last_run or {})

    @property
    def uploads(self) -> int:
        return self.server.log.count("POST", "/api/assets")

    def present(self, below: Path | None = None) -> int:
        """How many files the index knows to be there."""
        sql = "SELECT count(*) FROM file f JOIN folder d ON d.id = f.folder_id WHERE f.present"
        start = os.fsencode(below) if below else b""
        return self._rows(f"{sql} AND substr(d.path, 1, {len(start)}) = ?", start)[0][0]

    @property
    def notes(self) -> tuple[str, ...]:
        return self.store.snapshot.notes

    @property
    def pending(self) -> int:
        return self.store.snapshot.pending

    def failures(self) -> list[tuple]:
        return self._rows("SELECT * FROM failure")

    def _rows(self, sql: str, *values: object) -> list[tuple]:
        connection = sqlite3.connect(self._database)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()


@asynccontextmanager
async def watched(
    server: DemoServer, home: Path, *folders: Path, **changes: object
) -> AsyncIterator[Computer]:
    """Back these folders up as they change, without any delay."""
    settings = replace(
        Settings(
            background_backup=True,
            backup_trigger_delay=0,
            folders=tuple(Folder(os.fspath(folder)) for folder in folders),
        ),
        **changes,
    )
    locations = find_locations({"IMMICH_TRAY_HOME": str(home)})
    environ = {"IMMICH_INSTANCE_URL": server.url, "IMMICH_API_KEY": server.add_api_key()}
    shop, store, ended = Workshop.open(locations), Store(), asyncio.Event()

    async def backup(hooks, order):
        request = Request(background=not order.asked, folders=order.folders)
        return await back_up(shop, settings, request, hooks, environ)

    async def look():
        return await overview(shop.backup_db, None, shop.clock.now())

    async def hold(_asked):
        return ()

    service = Supervisor(store, SystemClock(), backup, look, hold, print, ended)
    service.settings_changed(settings)
    computer = Computer(server, store, locations.backup_db)
    serving = asyncio.create_task(service.serve())
    try:
        async with opened_file_watch(service, settings, lambda s: Notes(store).say("w", s)):
            yield computer
    finally:
        ended.set()
        await asyncio.wait_for(serving, 20)
        shop.close()


class Drive:
    """An image of a file system that is mounted and unmounted; needs root and a loop device."""

    def __init__(self, image: Path, point: Path) -> None:
        self._image, self.point = image, point

    def mount(self, point: Path | None = None) -> None:
        run("mount", "-o", "loop", self._image, point or self.point)

    def unmount(self, point: Path | None = None) -> None:
        """Unmount as a person does: once more while a run still looks at it."""
        wait_until("idle drive", lambda: self._unmounts(point))

    def _unmounts(self, point: Path | None) -> bool:
        done = _run("umount", point or self.point)
        assert not done.returncode or "busy" in done.stderr, done.stderr
        return not done.returncode


def run(*command: object) -> None:
    done = _run(*command)
    assert done.returncode == 0, done.stderr


def _run(*command: object) -> subprocess.CompletedProcess[str]:
    words = [str(part) for part in command]
    environ = {**os.environ, "LC_ALL": "C"}
    return subprocess.run(words, capture_output=True, text=True, check=False, env=environ)


@contextmanager
def drive(folder: Path, megabytes: int = 32):
    """Make a drive and mount it once; skips where that is not possible."""
    if os.geteuid() != 0 or not shutil.which("mkfs.ext4"):
        pytest.skip("mounting a drive takes root, mkfs.ext4 and a loop device")
    image, point = folder / "drive.img", folder / "drive"
    point.mkdir()
    with image.open("wb") as file:
        file.truncate(megabytes << 20)
    run("mkfs.ext4", "-q", "-N", "4096", image)
    it = Drive(image, point)
    try:
        it.mount()
    except AssertionError as exc:
        pytest.skip(f"a drive cannot be mounted here: {exc}")
    try:
        yield it
    finally:
        subprocess.run(["umount", "--lazy", point], capture_output=True, check=False)
