"""A photo put into a watched folder knocks on the service; nothing costs nothing."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from tray_app.app.watching import opened_file_watch
from tray_app.core.setting_specs import Folder
from tray_app.core.settings import Settings

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="counts by Linux's /proc")


class Service:
    def __init__(self):
        self.knocks = asyncio.Queue()

    def files_changed(self, folders):
        self.knocks.put_nowait(folders)

    def look_again(self, folders):
        raise AssertionError("no half hour has passed")


def settings(folder, **changes):
    return Settings(folders=(Folder(path=os.fspath(folder)),), **changes)


def sleeps():
    """Count how often a thread of this process went to sleep."""
    return sum(
        int(line.split()[1])
        for task in Path("/proc/self/task").iterdir()
        for line in (task / "status").read_text().splitlines()
        if line.startswith("voluntary")
    )


async def test_a_new_photo_knocks_while_automatic_backup_is_on(tmp_path, both_loops):
    service = Service()
    async with asyncio.timeout(20), opened_file_watch(service, settings(tmp_path)) as files:
        await asyncio.sleep(0.2)
        (tmp_path / "unseen.jpg").touch()
        await files.settings_changed(settings(tmp_path, background_backup=True))
        assert await service.knocks.get() is None  # what came before
        (tmp_path / "a.jpg").touch()
        assert await service.knocks.get() == {str(tmp_path)}
        await files.settings_changed(settings(tmp_path))
        (tmp_path / "b.jpg").touch()
        await asyncio.sleep(1.5)
        assert service.knocks.empty()


async def test_idle_wakes_nothing(tmp_path):
    service = Service()
    async with opened_file_watch(service, settings(tmp_path, background_backup=True)):
        await service.knocks.get()
        await asyncio.sleep(0.5)
        before = sleeps()
        await asyncio.sleep(5)
        assert sleeps() - before <= 2  # our own two looks
