"""A program: some work of ours on the Qt loop, and how long that loop stalled meanwhile.

on_qt.py scan|hash|upload|sync|nothing ARGUMENTS; prints milliseconds as JSON.
"""

import argparse
import asyncio
import contextlib
import io
import json
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from tests.bench.local_files import listed, rules
from tests.scale import client
from tests.sync import large_client
from tray_app.adapters.files.source import PhotoFiles
from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.index import Index
from tray_app.ui.loop import run_with_qt

TICK = 1  # ms


class Stalls:
    """A timer of Qt that should tick every millisecond; what it is late is a stall."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.late.append(1000 * (now - self._last) - TICK)
        self._last = now

    def read(self) -> dict[str, float]:
        """Stop; return milliseconds."""
        self._timer.stop()
        ordered = sorted(self.late) or [0.0]
        at = ordered[int((len(ordered) - 1) * 0.99)]
        return {"p99": at, "max": ordered[-1], "ticks": len(ordered)}


async def scan(photos: str, database: str) -> None:
    opened, source = Database(Path(database), "backup"), PhotoFiles()
    index = Index(opened)
    for _ in range(2):  # all new, then all known
        await index.begin_scope()
        async for batch in source.walk(photos, rules()):
            await index.reconcile(batch)
    source.close()
    opened.close()


async def hash_files(photos: str) -> None:
    source = PhotoFiles()
    files = listed(Path(photos))
    await asyncio.gather(*(source.hash([file], lambda _count: None) for file in files))
    source.close()


async def upload(address: str, key: str, home: str, folder: str) -> None:
    flags = {"concurrency": None, "limit": 0, "quiet": 0.0, "idle": 0.0}
    wanted = argparse.Namespace(address=address, key=key, home=home, folder=folder, **flags)
    found = await client.main(wanted)
    if found["failed_count"] or not found["completed_count"]:
        raise RuntimeError(str(found))


async def sync(url: str, path: str) -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        await large_client.main(url, path)


async def nothing(seconds: str) -> None:
    await asyncio.sleep(float(seconds))


KINDS: dict[str, Callable[..., Awaitable[Any]]] = {
    "scan": scan,
    "hash": hash_files,
    "upload": upload,
    "sync": sync,
    "nothing": nothing,
}


async def main(_app: QApplication, _quit: asyncio.Event) -> int:
    stalls = Stalls()
    await KINDS[sys.argv[1]](*sys.argv[2:])
    sys.stdout.write(json.dumps(stalls.read()) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(run_with_qt(main))
