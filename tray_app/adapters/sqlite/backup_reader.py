"""Long reads beside the one thread that writes: a connection of its own that cannot write.

SQLite's WAL lets it see a steady picture while a backup goes on writing.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from tray_app.adapters.sqlite.database import BUSY_SECONDS, disk_faults_in_words, identity

T = TypeVar("T")
_STEPS = 20_000  # of SQLite's machine, between looks whether anybody still waits


class BackupReader:
    """Opens the file at the first read; the `Database` of it must have been opened before."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite-reader")
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` in its own thread; cancelled, it ends within a moment.

        Raises NeedsUser when the file cannot be read.
        """
        unwanted = False

        def read() -> T:
            with disk_faults_in_words(self._path):
                connection = self._opened()
                connection.set_progress_handler(lambda: unwanted, _STEPS)
                return work(connection)

        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, read)
        except asyncio.CancelledError:
            unwanted = True
            raise

    def close(self) -> None:
        """Wait for what is being read and close the file."""
        if self._connection:
            self._thread.submit(self._connection.close).result()
        self._thread.shutdown()

    def _opened(self) -> sqlite3.Connection:
        now = identity(self._path)
        if self._connection and now != self._file:  # another file has taken its place
            self._connection.close()
            self._connection = None
        if self._connection is None:
            self._file = now
            connection = sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None)
            connection.execute("PRAGMA query_only = ON")
            connection.execute("PRAGMA cache_size = -8000")
            self._connection = connection
        return self._connection
