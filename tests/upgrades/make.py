"""Writes the dumps beside it: each state a released or merged version could leave behind.

`python -m tests.upgrades.make` adds the states that are missing; a dump that is there stays as it
is for ever, since it is what people have on their disks.
"""

import sqlite3
from importlib import resources
from pathlib import Path

HERE = Path(__file__).parent
SCRIPTS = resources.files("tray_app.adapters.sqlite.migrations")
NAMES = ("backup", "library", "pictures")


def migrations(name):
    found = (entry for entry in SCRIPTS.iterdir() if entry.name.startswith(f"{name}_"))
    return [entry.read_text() for entry in sorted(found, key=lambda entry: entry.name)]


def dump_of(name, number):
    return HERE / f"{name}_{number:04}.dump.sql"


def value_for(table, column, number):
    """A value by the column's declared type, different in each row and readable in a diff."""
    _, name, kind, not_null, _, key = column
    if kind == "TEXT":
        return f"2026-01-0{number}T08:00:00+00:00" if name.endswith("_at") else f"{name} {number}"
    if kind == "REAL":
        return number + 0.5
    if kind == "BLOB":
        long = name in ("sha1", "checksum")
        return bytes([16 * number + len(table) % 16]) * (20 if long else 16)
    return None if not (not_null or key) and number == 2 else number


def fill(db):
    tables = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")
    for (table,) in tables.fetchall():
        columns = db.execute(f"PRAGMA table_info({table})").fetchall()
        for number in (1, 2):
            row = [value_for(table, column, number) for column in columns]
            places = ", ".join("?" * len(row))
            db.execute(f"INSERT INTO {table} VALUES ({places})", row)  # noqa: S608  our own tables


def dumped(name, number):
    db = sqlite3.connect(":memory:")
    for script in migrations(name)[:number]:
        db.executescript(script)
    fill(db)
    lines = [*db.iterdump(), f"PRAGMA user_version = {number};", ""]
    db.close()
    return "\n".join(lines)


def states():
    return [(name, n + 1) for name in NAMES for n in range(len(migrations(name)))]


if __name__ == "__main__":
    for name, number in states():
        if not dump_of(name, number).exists():
            dump_of(name, number).write_text(dumped(name, number))
