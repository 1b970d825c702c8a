"""Looking into both databases at once, without ever waiting for what writes them."""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

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
        self._closing = False

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` within one transaction, so that all of it sees the same moment of a file.

        Cancelling interrupts the statement that runs. Raises NeedsUser when a file cannot be read.
        """
        job = _Job(work)
        future = self._thread.submit(self._look, job)
        try:
            return await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            job.unwanted = True
            if future.running() and self._connection:
                self._connection.interrupt()
            raise

    def _look(self, job: "_Job[T]") -> T:
        while True:
            try:
                return self._transaction(job.work)
            except sqlite3.DatabaseError as exc:
                # The end of another one may have come a moment too late and met this one.
                if _is_interrupt(exc) and not job.unwanted and not self._closing:
                    continue
                raise _unreadable(self._files[0].parent, exc) from exc

    def _transaction(self, work: Callable[[sqlite3.Connection], T]) -> T:
        connection = self._connection = self._connection or _connect(*self._files)
        connection.execute("BEGIN")
        try:
            return work(connection)
        finally:
            connection.execute("ROLLBACK")

    def close(self) -> None:
        """Stop what runs and close the connection."""
        self._closing = True
        if self._connection:
            self._connection.interrupt()
            self._thread.submit(self._connection.close).result()
        self._thread.shutdown(cancel_futures=True)


@dataclass(slots=True)
class _Job(Generic[T]):
    """Something to look up; `unwanted`: nobody waits for it any more."""

    work: Callable[[sqlite3.Connection], T]
    unwanted: bool = False


def _is_interrupt(exc: sqlite3.DatabaseError) -> bool:
    return getattr(exc, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT


def _unreadable(folder: Path, exc: sqlite3.DatabaseError) -> NeedsUser:
    return NeedsUser(
        f"The timeline cannot be read from {folder}: {exc}.",
        need=Need.DISK,
        remedy="Try again; if it stays, restart Immich Tray.",
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
