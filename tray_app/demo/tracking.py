"""What the sync stream needs of the tables: an update id in every row, and logs of deletions.

Triggers keep both, so that no operation can forget them. The columns are added when a database is
opened: a folder of an older demo server stays usable.
"""

import sqlite3
from importlib import resources

# Columns of `asset` that are no ids of the stream; null where nothing is known.
PLAIN = {"stack_id": "TEXT", "width": "INTEGER", "height": "INTEGER"}
# Table, primary key, columns to add. Both ids are UUIDv7; `create_id` never changes.
TRACKED: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("user", ("id",), ("update_id",)),
    ("asset", ("id",), ("update_id", *PLAIN)),
    ("album", ("id",), ("update_id", "create_id")),
    ("album_asset", ("album_id", "asset_id"), ("update_id",)),
    ("album_user", ("album_id", "user_id"), ("update_id", "create_id")),
    ("partner", ("shared_by_id", "shared_with_id"), ("update_id", "create_id")),
    ("stack", ("id",), ("update_id",)),
    ("asset_exif", ("asset_id",), ("update_id",)),
    ("asset_metadata", ("asset_id", "key"), ("update_id",)),
    ("user_metadata", ("user_id", "key"), ("update_id",)),
)


def prepare(conn: sqlite3.Connection) -> None:
    """Add tables, columns and triggers that are missing; needs the function new_update_id()."""
    for table, _, columns in TRACKED:
        _add_columns(conn, table, columns)
    for table, key, columns in TRACKED:
        conn.executescript(_triggers(table, key, columns))
    conn.executescript(resources.files(__package__).joinpath("tracking.sql").read_text())


def _add_columns(conn: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> None:
    present = {row[1] for row in conn.execute(f"PRAGMA table_info({table})")}
    if present.issuperset(columns):
        return
    for column in (column for column in columns if column not in present):
        kind = PLAIN.get(column, "TEXT NOT NULL DEFAULT ''")
        conn.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")
        if column not in PLAIN:
            conn.execute(f"UPDATE {table} SET {column} = new_update_id()")  # noqa: S608 - constants
    if table == "asset":
        conn.execute("INSERT OR IGNORE INTO asset_exif (asset_id, told) SELECT id, '{}' FROM asset")


def _triggers(table: str, key: tuple[str, ...], columns: tuple[str, ...]) -> str:
    """Return the two triggers that give a table's rows their ids."""
    ids = [column for column in columns if column not in PLAIN]
    row = " AND ".join(f"{column} = NEW.{column}" for column in key)
    first = ", ".join(f"{column} = new_update_id()" for column in ids)
    return f"""
        CREATE TRIGGER IF NOT EXISTS {table}_created AFTER INSERT ON {table}
        WHEN NEW.update_id = '' BEGIN UPDATE {table} SET {first} WHERE {row}; END;
        CREATE TRIGGER IF NOT EXISTS {table}_changed AFTER UPDATE ON {table}
        WHEN NEW.update_id = OLD.update_id
        BEGIN UPDATE {table} SET update_id = new_update_id() WHERE {row}; END;
    """  # noqa: S608 - constants
