"""Looking into both databases at once, without ever waiting for what writes them."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from tray_app.adapters.sqlite.database import identity
from tray_app.core.errors import Need, NeedsUser
from tray_app.core.phrase import phrase

T = TypeVar("T")

_CACHE_KIB = 8000
_STEPS_BETWEEN_LOOKS = 500_000  # of SQLite's machine: some 20 ms
_BUSY_SECONDS = 5.0  # a write-ahead log is read without waiting, but for its recovery


class Reader:
    """A read-only connection on `library.db` with `backup.db` attached, on a thread of its own.

    Opened at the first query; both files must have been migrated by then.
    """

    def __init__(self, library: Path, backup: Path) -> None:
        self._files = (library, backup)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite-reader")
        self._connection: sqlite3.Connection | None = None
        self._closing = False
        self._identities: list[tuple[int, int] | None] = []

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` within one transaction, so that all of it sees the same moment of a file.

        Cancelling ends a long statement soon. Raises NeedsUser when a file cannot be read.
        """
        wanted = threading.Event()
        wanted.set()
        future = self._thread.submit(self._look, work, wanted)
        try:
            return await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            wanted.clear()
            raise

    def _look(self, work: Callable[[sqlite3.Connection], T], wanted: threading.Event) -> T:
        try:
            connection = self._opened()
            # An interrupt from outside might meet the statement of somebody else.
            connection.set_progress_handler(
                lambda: self._closing or not wanted.is_set(), _STEPS_BETWEEN_LOOKS
            )
            connection.execute("BEGIN")
            try:
                return work(connection)
            finally:
                connection.execute("ROLLBACK")
        except sqlite3.DatabaseError as exc:
            raise _unreadable(self._files[0].parent, exc) from exc

    def _opened(self) -> sqlite3.Connection:
        now = [identity(path) for path in self._files]
        if self._connection and now != self._identities:  # others have taken their places
            self._connection.close()
            self._connection = None
        if self._connection is None:
            self._connection, self._identities = _connect(*self._files), now
        return self._connection

    def close(self) -> None:
        """Stop what runs and close the connection."""
        self._closing = True
        if self._connection:
            self._thread.submit(self._connection.close).result()
        self._thread.shutdown(cancel_futures=True)


def _unreadable(folder: Path, exc: sqlite3.DatabaseError) -> NeedsUser:
    return NeedsUser(
        phrase("The timeline cannot be read from {folder}: {error}.", folder=folder, error=exc),
        need=Need.DISK,
        remedy=phrase("Try again; if it stays, restart Immich Tray."),
    )


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
