"""One SQLite file: one thread, one connection, one transaction a unit of work, migrations.

A file that another version made newer is refused, never overwritten; a corrupt one is set
aside with a timestamp and built anew (design section 4).
"""

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import TypeVar

from tray_app.core.errors import Need, NeedsUser

T = TypeVar("T")
log = logging.getLogger(__name__)

BUSY_SECONDS = 30.0


class Database:
    """A database file opened for this process.

    `name` chooses the migrations (`backup`, `library`). `set_aside` is where a corrupt
    predecessor went, None normally. Raises NeedsUser for a newer or unusable file.
    """

    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self.set_aside: Path | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"sqlite-{name}")
        try:
            self._connection = self._thread.submit(self._open, name).result()
        except BaseException:
            self._thread.shutdown()
            raise

    def _open(self, name: str) -> sqlite3.Connection:
        try:
            return _connect(self.path, name)
        except sqlite3.DatabaseError as exc:
            if not _is_corrupt(exc):
                raise _unusable(self.path, exc) from exc
            self.set_aside = _move_aside(self.path)
            log.error("%s was damaged; set aside as %s", self.path.name, self.set_aside.name)  # noqa: TRY400  the trace says nothing more
            return _connect(self.path, name)

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` in its own thread inside one transaction; any exception rolls it back.

        Raises NeedsUser when the disk is full or the file cannot be written.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._transaction, work)

    def run_now(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do the same from a thread that may wait: a command without a loop."""
        return self._thread.submit(self._transaction, work).result()

    def _transaction(self, work: Callable[[sqlite3.Connection], T]) -> T:
        connection = self._connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                result = work(connection)
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
        except sqlite3.OperationalError as exc:
            raise _unusable(self.path, exc) from exc
        return result

    def close(self) -> None:
        """Finish running work and close the file."""
        self._thread.submit(self._connection.close).result()
        self._thread.shutdown()


def _connect(path: Path, name: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        path.chmod(0o600)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -8000")
        connection.execute("PRAGMA temp_store = FILE")
        _check(connection)
        _migrate(connection, path, name)
    except BaseException:
        connection.close()
        raise
    return connection


def _check(connection: sqlite3.Connection) -> None:
    """Read the schema and the first pages; damage there shows at once."""
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()


def _migrate(connection: sqlite3.Connection, path: Path, name: str) -> None:
    scripts = _scripts(name)
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(scripts):
        raise NeedsUser(
            f"{path} was written by a newer Immich Tray.",
            need=Need.SETTINGS,
            remedy="Install the newer version again, or use another IMMICH_TRAY_HOME.",
        )
    for number, script in enumerate(scripts[version:], version + 1):
        connection.executescript(
            f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;"
        )


def _scripts(name: str) -> list[str]:
    folder = resources.files("tray_app.adapters.sqlite.migrations")
    files = sorted(
        (entry for entry in folder.iterdir() if entry.name.startswith(f"{name}_")),
        key=lambda entry: entry.name,
    )
    return [entry.read_text(encoding="utf-8") for entry in files]


def _is_corrupt(exc: sqlite3.DatabaseError) -> bool:
    return getattr(exc, "sqlite_errorcode", 0) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _move_aside(path: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    target = path.with_name(f"{path.name}.damaged-{stamp}")
    for suffix in ("", "-wal", "-shm"):
        source = path.with_name(path.name + suffix)
        if source.exists():
            source.rename(target.with_name(target.name + suffix))
    return target


def _unusable(path: Path, exc: sqlite3.DatabaseError) -> NeedsUser:
    return NeedsUser(
        f"The database {path} cannot be used: {exc}.",
        need=Need.DISK,
        remedy="Free disk space and check the folder's permissions; nothing was lost.",
    )
