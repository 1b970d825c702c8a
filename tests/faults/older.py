"""A database as an older version of the program left it: its schema, and all rows that fit it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tray_app.adapters.sqlite.database import _scripts


def newest(name: str) -> int:
    return len(_scripts(name))


def make_older(path: Path, name: str, version: int) -> None:
    """Put the database at `path`, which nobody has open, back to the schema of `version`."""
    older = path.with_name(f"{path.name}.older")
    with closing(sqlite3.connect(older, isolation_level=None)) as conn:
        for script in _scripts(name)[:version]:
            conn.executescript(script)
        conn.execute("ATTACH ? AS new", (str(path),))
        conn.execute("BEGIN")
        for (table,) in conn.execute(
            "SELECT name FROM main.sqlite_schema WHERE type = 'table'"
            " AND name IN (SELECT name FROM new.sqlite_schema)"
        ).fetchall():
            _copy(conn, table)
        conn.execute("COMMIT")
        conn.execute("DETACH new")
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute(f"PRAGMA user_version = {version}")
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    older.replace(path)
    path.chmod(0o600)


def _copy(conn: sqlite3.Connection, table: str) -> None:
    here, there = (
        {row[1] for row in conn.execute(f"PRAGMA {schema}.table_info({table})")}
        for schema in ("main", "new")
    )
    columns = ", ".join(sorted(here & there))
    conn.execute(
        f"INSERT OR IGNORE INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}"  # noqa: S608  names of our own schema
    )
