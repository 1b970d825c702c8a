"""SQLite for the demo server: one connection for all threads; WAL, so processes may share it."""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

from tray_app.demo import tracking
from tray_app.demo.update_ids import UpdateIds

Params = Iterable[Any]


class Database:
    """Runs written SQL; every call is atomic, `transaction()` groups several."""

    def __init__(self, path: Path) -> None:
        self.update_ids = UpdateIds()
        self._lock = threading.RLock()
        self._conn = sqlite3.connect(
            path, check_same_thread=False, isolation_level=None, timeout=10
        )
        self._conn.execute("PRAGMA journal_mode = WAL")
        # A demo survives SIGKILL with OFF; only a power cut could hurt it.
        self._conn.execute("PRAGMA synchronous = OFF")
        self._conn.execute("PRAGMA foreign_keys = ON")
        self._conn.executescript(resources.files(__package__).joinpath("schema.sql").read_text())
        self._conn.create_function("new_update_id", 0, self.update_ids.next)
        tracking.prepare(self._conn)

    def rows(self, sql: str, params: Params = ()) -> list[tuple[Any, ...]]:
        """Return every row of a query."""
        with self._lock:
            return self._conn.execute(sql, tuple(params)).fetchall()

    def named(self, sql: str, params: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Return every row of a query with named parameters; ones it does not name are ignored."""
        with self._lock:
            return self._conn.execute(sql, params).fetchall()

    def row(self, sql: str, params: Params = ()) -> tuple[Any, ...] | None:
        """Return the first row of a query, or None."""
        with self._lock:
            found: tuple[Any, ...] | None = self._conn.execute(sql, tuple(params)).fetchone()
            return found

    def run(self, sql: str, params: Params | Mapping[str, Any] = ()) -> int:
        """Run one statement and return the number of rows it changed."""
        values = params if isinstance(params, Mapping) else tuple(params)
        with self._lock:
            return self._conn.execute(sql, values).rowcount

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside happens, or nothing; other threads wait."""
        with self._lock:
            self._conn.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._conn.execute("ROLLBACK")
                raise
            self._conn.execute("COMMIT")

    def close(self) -> None:
        """Close the connection; the file stays for the next start."""
        with self._lock:
            self._conn.close()
