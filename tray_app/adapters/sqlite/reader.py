"""Looking into both databases at once, without ever waiting for what writes them."""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from tray_app.core.errors import Need, NeedsUser

T = TypeVar("T")

_CACHE_KIB = 8000
_BUSY_SECONDS = 5.0  # a write-ahead log is read without waiting, but for its recovery


class Reader:
    """A read-only connection on `library.db` with `backup.db` attached, on a thread of its own.

    Opened at the first query; both files must have been migrated by then.
    """

    def __init__(self, library: Path, backup: Path) -> None:
        self._files = (library, backup)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite-reader")
        self._connection: sqlite3.Connection | None = None

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` within one transaction, so that all of it sees the same moment of a file.

        Cancelling interrupts the statement that runs. Raises NeedsUser when a file cannot be read.
        """
        future = self._thread.submit(self._look, work)
        try:
            return await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            if future.running() and self._connection:
                self._connection.interrupt()
            raise

    def _look(self, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            if self._connection is None:
                self._connection = _connect(*self._files)
            connection = self._connection
            connection.execute("BEGIN")
            try:
                return work(connection)
            finally:
                connection.execute("ROLLBACK")
        except sqlite3.DatabaseError as exc:
            raise NeedsUser(
                f"The timeline cannot be read from {self._files[0].parent}: {exc}.",
                need=Need.DISK,
                remedy="Try again; if it stays, restart Immich Tray.",
            ) from exc

    def close(self) -> None:
        """Stop what runs and close the connection."""
        if self._connection:
            self._connection.interrupt()
            self._thread.submit(self._connection.close).result()
        self._thread.shutdown(cancel_futures=True)


def _connect(library: Path, backup: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        _read_only(library), uri=True, timeout=_BUSY_SECONDS, isolation_level=None
    )
    try:
        connection.execute("ATTACH ? AS backup", (_read_only(backup),))
        for schema in ("main", "backup"):
            connection.execute(f"PRAGMA {schema}.cache_size = -{_CACHE_KIB}")
    except BaseException:
        connection.close()
        raise
    return connection


def _read_only(path: Path) -> str:
    return f"{path.absolute().as_uri()}?mode=ro"
