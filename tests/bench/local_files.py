"""Looking at files and hashing them: with the parts of the program, and bare."""

import asyncio
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from tests.bench.kernel import Used
from tray_app.adapters.files.source import HASH_THREADS, PhotoFiles
from tray_app.adapters.files.walk import walk
from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.index import Index
from tray_app.core.asset import Kind, LocalFile
from tray_app.core.exclusion import ExclusionRules
from tray_app.core.listing import WalkRules


def rules() -> WalkRules:
    exclusion = ExclusionRules()
    return WalkRules({".jpg": Kind.IMAGE}, exclusion.excludes, exclusion.spares)


def timed(work: Callable[[], object]) -> Used:
    """Wall and CPU of some work of this process, all threads."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Used(time.perf_counter() - wall, time.process_time() - cpu)


@contextmanager
def scanner(photos: Path, database: Path) -> Iterator[Callable[[], int]]:
    """Give what scans a tree against an index; it returns how many files were new or changed."""
    opened, source = Database(database, "backup"), PhotoFiles()
    index = Index(opened)

    async def scan() -> int:
        changed = 0
        await index.begin_scope()
        async for batch in source.walk(str(photos), rules()):
            changed += await index.reconcile(batch)
        return changed

    try:
        yield lambda: asyncio.run(scan())
    finally:
        source.close()
        opened.close()


def look(root: Path) -> None:
    """The least a scan must do: scandir and stat."""
    waiting = [str(root)]
    while waiting:
        with os.scandir(waiting.pop()) as found:
            for entry in found:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    entry.stat()


def listed(photos: Path) -> list[LocalFile]:
    """Every file below, as a scan hands it over for hashing."""
    return [
        LocalFile(0, f"{folder.path}/{entry.name}", Kind.IMAGE, entry.stamp)
        for path in sorted(photos.iterdir())
        for folder in walk(str(path), rules())
        for entry in folder.entries
    ]


def hashed(files: list[LocalFile]) -> None:
    """Hash with the program's own threads."""
    source = PhotoFiles()

    async def work() -> None:
        await asyncio.gather(*(source.hash([file], lambda _count: None) for file in files))

    try:
        asyncio.run(work())
    finally:
        source.close()


def _plain_digest(path: str) -> bytes:
    with Path(path).open("rb", buffering=0) as file:
        return hashlib.file_digest(file, "sha1").digest()


def plainly_hashed(files: list[LocalFile]) -> None:
    """The least: hashlib, on as many threads."""
    with ThreadPoolExecutor(HASH_THREADS) as threads:
        list(threads.map(_plain_digest, [file.path for file in files]))
