"""The statements of `library.db` that follow from the tables, and the few written for one."""

from functools import cache, lru_cache

from tray_app.core.sync import tables
from tray_app.core.sync.tables import Table

# Built after the first load, four times as fast as kept up while loading (design section 6).
INDEXES = {
    "asset_timeline": "asset (owner_id, local_date_time DESC, id DESC, stack_id)"
    " WHERE visibility = 'timeline' AND deleted_at IS NULL",
    "asset_checksum": "asset (owner_id, checksum, deleted_at)",
    "asset_trashed": "asset (owner_id, local_date_time DESC) WHERE deleted_at IS NOT NULL",
}

# The tables beside the mirrored ones, and the facts that go with what an API key has read.
BESIDE = ("stale", "removal", "meta", "listed", "adrift", "resource")
FACTS_OF_LISTS = ("lists version", "lists begun", "lists full", "details since", "details asked")

# The rows that depend on one that goes: table, and its column with the key that goes.
DEPENDENTS = {
    tables.ASSET: (("exif", "asset_id"), ("album_asset", "asset_id")),
    tables.ALBUM: (("album_user", "album_id"), ("album_asset", "album_id")),
}

# Of what goes with an account the server says no more than that the account went (its logs of
# deletions skip what another deletion took along).
_OWNED_ALBUMS = "(SELECT album_id FROM album_user WHERE user_id = ?1 AND role = 'owner')"
_OWNED_ASSETS = "(SELECT id FROM asset WHERE owner_id = ?1)"
WITH_THE_USER = (
    f"DELETE FROM album_asset WHERE album_id IN {_OWNED_ALBUMS}",
    f"DELETE FROM album WHERE id IN {_OWNED_ALBUMS}",
    f"DELETE FROM album_user WHERE user_id = ?1 OR album_id IN {_OWNED_ALBUMS}",
    f"DELETE FROM album_asset WHERE asset_id IN {_OWNED_ASSETS}",
    f"DELETE FROM exif WHERE asset_id IN {_OWNED_ASSETS}",
    "DELETE FROM asset WHERE owner_id = ?1",
    "DELETE FROM stack WHERE owner_id = ?1",
    "DELETE FROM partner WHERE ?1 IN (shared_by_id, shared_with_id)",
)

NOTE_REMOVED = """
INSERT OR REPLACE INTO removal
SELECT id, checksum, 1 FROM asset WHERE id = ? AND owner_id = ?
"""
# Deleted before we ever saw it: backup.db may know its checksum by the id.
NOTE_UNSEEN = """
INSERT OR IGNORE INTO removal
SELECT ?1, NULL, 1 WHERE NOT EXISTS (SELECT 1 FROM asset WHERE id = ?1)
"""
NOTE_MISSING = """
INSERT OR IGNORE INTO removal
SELECT id, checksum, 0 FROM asset
WHERE owner_id = ? AND rowid IN (SELECT row FROM stale WHERE of = 'asset')
"""

# Other people's assets are here because of a partner or an album (docs/decisions/0006).
# Two ranges instead of <>, so that the index on owner_id serves.
FOREIGN = """
CREATE TEMP TABLE foreign_asset AS
SELECT id FROM asset
WHERE (owner_id < :me OR owner_id > :me)
  AND owner_id NOT IN (SELECT shared_by_id FROM partner WHERE shared_with_id = :me)
  AND NOT EXISTS (SELECT 1 FROM album_asset l WHERE l.asset_id = asset.id)
"""
FOREIGN_STACKS = """
DELETE FROM stack
WHERE owner_id <> :me
  AND owner_id NOT IN (SELECT shared_by_id FROM partner WHERE shared_with_id = :me)
"""

COUNTS = """
SELECT (SELECT count(*) FROM asset WHERE owner_id = :me),
       (SELECT count(*) FROM album),
       (SELECT count(*) FROM user),
       (SELECT count(DISTINCT iif(shared_by_id = :me, shared_with_id, shared_by_id)) FROM partner)
"""


@lru_cache(256)
def upsert(
    table: Table, untold: tuple[str, ...] = (), *, null: tuple[str, ...] = (), rows: int = 1
) -> str:
    """Put rows; one that is there with the same content stays untouched and uncounted.

    `untold` columns of a row that is there stay as they are. `null` columns are not bound: they
    become NULL. `rows`: how many rows one execution takes.
    """
    told = [name for name in table.content if name not in untold]
    columns = [name for name in table.columns if name not in null]
    marks = ", ".join("?" * len(columns))
    values = ", ".join([f"({marks})"] * rows)
    if not told:
        action = "NOTHING"
    else:
        sets = ", ".join(f"{name} = excluded.{name}" for name in told)
        mine = ", ".join(told)
        theirs = ", ".join(f"excluded.{name}" for name in told)
        action = f"UPDATE SET {sets} WHERE ({mine}) IS NOT ({theirs})"
        if len(told) == 1:
            action = f"UPDATE SET {sets} WHERE {mine} IS NOT {theirs}"
    return (
        f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES {values}"
        f" ON CONFLICT ({', '.join(table.key)}) DO {action}"
    )


@cache
def insert_new(table: Table) -> str:
    """Put a row unless there is one of its key, whatever its content."""
    columns = ", ".join(table.columns)
    marks = ", ".join("?" * len(table.columns))
    return (
        f"INSERT INTO {table.name} ({columns}) VALUES ({marks})"
        f" ON CONFLICT ({', '.join(table.key)}) DO NOTHING"
    )


@cache
def delete(table: Table) -> str:
    """Take one row away by its key."""
    return f"DELETE FROM {table.name} WHERE {_by_key(table)}"


@cache
def arrived(table: Table) -> str:
    """Note that the server has sent a row again."""
    return (
        f"DELETE FROM stale WHERE of = '{table.name}'"
        f" AND row = (SELECT rowid FROM {table.name} WHERE {_by_key(table)})"
    )


def _by_key(table: Table) -> str:
    return " AND ".join(f"{name} = ?" for name in table.key)
