"""The mirror of the server's library: every batch one transaction, every upsert idempotent.

When everything is sent anew, rows are not wiped but marked: what has not come again when the
stream is complete is gone. So the library is never empty in between, and what did not change is
not counted as changed.
"""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from itertools import chain, compress
from operator import itemgetter
from uuid import UUID

from tray_app.adapters.sqlite import library_sql as sql
from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.library_facts import (
    SINCE,
    UNTIDY,
    USER,
    fact,
    forget,
    me,
    own,
    owner,
    remember,
)
from tray_app.adapters.sqlite.touching import by_assets, by_batch
from tray_app.core.dates import is_recent
from tray_app.core.sync import tables
from tray_app.core.sync.batch import Batch, Change
from tray_app.core.sync.ready import NewAsset
from tray_app.core.sync.standing import MAX_ABSENCE, Applied, LibraryCounts, Owner
from tray_app.core.sync.tables import TABLES
from tray_app.core.timeline_changes import EVERYTHING, Touched

_AT_ONCE = 40
_GIVES_REASONS = (tables.USER, tables.PARTNER, tables.ALBUM, tables.ALBUM_ASSET)


class Library:
    """Port `Library` over `library.db`."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def owner(self, now: datetime) -> Owner | None:
        """Return whose rows these are.

        None: nothing was ever stored, or no stream has begun or come to its end for so long that
        the server may have forgotten deletions.
        """
        return await self._db.run(lambda conn: _current(conn, now))

    async def apply(self, batch: Batch, now: datetime, *, begin: Owner | None = None) -> Applied:
        """Store a stretch of the stream in one transaction.

        `begin`: the stream sends everything, for this owner; another user's rows go first.
        """

        def work(conn: sqlite3.Connection) -> tuple[Applied, Touched]:
            sweeps = begin or (batch.complete and fact(conn, UNTIDY))
            touched = EVERYTHING if sweeps else by_batch(conn, batch)
            done = _apply(conn, batch, begin)
            if begin or batch.complete:
                remember(conn, SINCE, now.isoformat())
            return done, touched

        done, touched = await self._db.run(work)
        self._db.tell(touched)
        return done

    async def add(self, new: Sequence[NewAsset], owner: str, now: datetime) -> bool:
        """Put assets that the server has just told of, in one transaction; True: all are there.

        None is put into a library that is not this user's, or that is too old to be gone on with:
        a sync fills it. What is known already stays: the stream's rows are as new or newer.
        """

        def work(conn: sqlite3.Connection) -> bool:
            known = _current(conn, now)
            mine = UUID(owner).bytes
            if known is None or known.user_id != owner or any(it.owner != mine for it in new):
                return False
            conn.executemany(sql.insert_new(tables.ASSET), [it.asset for it in new])
            conn.executemany(sql.insert_new(tables.EXIF), [it.exif for it in new])
            _set_adrift(conn, new)
            return True

        done = await self._db.run(work)
        if done:
            self._db.tell(by_assets(it.asset for it in new))
        return done

    async def complete(self, user_id: str) -> bool:
        """Tell whether this user's library was read to its end and is not being read anew."""

        def work(conn: sqlite3.Connection) -> bool:
            found = "SELECT 1 FROM sqlite_schema WHERE name = 'asset_checksum'"
            whole = conn.execute(found).fetchone() is not None
            return whole and fact(conn, USER) == user_id and not fact(conn, UNTIDY)

        return await self._db.run(work)

    async def counts(self) -> LibraryCounts:
        """Count what a person asks about."""

        def work(conn: sqlite3.Connection) -> LibraryCounts:
            return LibraryCounts(*conn.execute(sql.COUNTS, {"me": me(conn)}).fetchone())

        return await self._db.run(work)


def _current(conn: sqlite3.Connection, now: datetime) -> Owner | None:
    since = fact(conn, SINCE)
    recent = since and is_recent(datetime.fromisoformat(since), now, MAX_ABSENCE)
    return owner(conn) if recent else None


def _apply(conn: sqlite3.Connection, batch: Batch, begin: Owner | None) -> Applied:
    if begin:
        _begin(conn, begin)
    if batch.reset:
        _mark_stale(conn)
        return Applied()
    resending = conn.execute("SELECT EXISTS (SELECT 1 FROM stale)").fetchone()[0]
    upserted = deleted = 0
    for change in batch.changes:
        if change.deletes:
            deleted += _take(conn, change)
        else:
            upserted += _put(conn, change)
            if resending:
                _note_arrived(conn, change)
    if batch.complete:
        deleted += _complete(conn)
    return Applied(upserted, deleted)


def _begin(conn: sqlite3.Connection, begin: Owner) -> None:
    known = owner(conn)
    forget_lists(conn)
    if known and known.user_id != begin.user_id:
        clear(conn)
    else:
        _mark_stale(conn)
    own(conn, begin)


def forget_lists(conn: sqlite3.Connection) -> None:
    """Forget what an API key has read: its tags say nothing of rows that others change."""
    for name in ("listed", "adrift"):
        conn.execute(f"DELETE FROM {name}")
    conn.execute("DELETE FROM resource WHERE body IS NULL OR of_album")
    forget(conn, *sql.FACTS_OF_LISTS)


def clear(conn: sqlite3.Connection) -> None:
    """Empty the library, for another account."""
    for index in sql.INDEXES:
        conn.execute(f"DROP INDEX IF EXISTS {index}")
    for name in (*(table.name for table in TABLES), *sql.BESIDE):
        conn.execute(f"DELETE FROM {name}")


def _mark_stale(conn: sqlite3.Connection) -> None:
    for table in TABLES:
        conn.execute(f"INSERT OR IGNORE INTO stale SELECT '{table.name}', rowid FROM {table.name}")
    remember(conn, UNTIDY, "1")


def _put(conn: sqlite3.Connection, change: Change) -> int:
    table, columns = change.table, change.rows.columns
    # A bound NULL costs as much as a value, and whole columns are NULL in most libraries.
    empty = [column.count(None) == len(column) for column in columns]
    null = tuple(compress(table.columns, empty))
    told = zip(
        *(column for column, none in zip(columns, empty, strict=True) if not none), strict=True
    )
    # In the order of the key's index, which is otherwise touched all over; equal keys stay in
    # the order of arrival.
    rows = sorted(told, key=itemgetter(0))
    before = conn.total_changes
    # For each execution SQLite's lock and Python's change hands: many rows go in one.
    many = len(rows) // _AT_ONCE * _AT_ONCE
    if many:
        values = [chain.from_iterable(rows[:many])] * (len(rows[0]) * _AT_ONCE)
        conn.executemany(sql.upsert(table, null=null, rows=_AT_ONCE), zip(*values, strict=True))
    conn.executemany(sql.upsert(table, null=null), rows[many:])
    return conn.total_changes - before


def _set_adrift(conn: sqlite3.Connection, new: Sequence[NewAsset]) -> None:
    """Let the lists of an API key account for assets that an event told."""
    if fact(conn, sql.FACTS_OF_LISTS[0]):
        rows = [it.asset[:1] for it in new]
        conn.executemany("INSERT OR IGNORE INTO adrift VALUES (?)", rows)


def _note_arrived(conn: sqlite3.Connection, change: Change) -> None:
    size = len(change.table.key)
    conn.executemany(sql.arrived(change.table), (row[:size] for row in change.rows))


def _take(conn: sqlite3.Connection, change: Change) -> int:
    if change.table is tables.ASSET:
        mine = me(conn)
        conn.executemany(sql.NOTE_REMOVED, ((row[0], mine) for row in change.rows))
        conn.executemany(sql.NOTE_UNSEEN, (row[:1] for row in change.rows))
    for name, column in sql.DEPENDENTS.get(change.table, ()):
        keys = (row[:1] for row in change.rows)
        conn.executemany(f"DELETE FROM {name} WHERE {column} = ?", keys)
    if change.table is tables.USER:
        mine = me(conn)
        others = [row for row in change.rows if row[0] != mine]
        for statement in sql.WITH_THE_USER:
            conn.executemany(statement, others)
    if change.table in _GIVES_REASONS:
        remember(conn, UNTIDY, "1")
    before = conn.total_changes
    conn.executemany(sql.delete(change.table), change.rows)
    return conn.total_changes - before


def _complete(conn: sqlite3.Connection) -> int:
    """Tidy up what events do not tell, and build the indexes after a first load."""
    build_indexes(conn)
    if not fact(conn, UNTIDY):
        return 0
    forget(conn, UNTIDY)
    return _sweep(conn) + drop_foreign(conn)


def build_indexes(conn: sqlite3.Connection) -> None:
    """Build what a first load goes without; writes nothing where they are there."""
    for name, what in sql.INDEXES.items():
        conn.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {what}")


def _sweep(conn: sqlite3.Connection) -> int:
    conn.execute(sql.NOTE_MISSING, (me(conn),))
    before = conn.total_changes
    for table in TABLES:
        conn.execute(
            f"DELETE FROM {table.name}"
            f" WHERE rowid IN (SELECT row FROM stale WHERE of = '{table.name}')"
        )
    deleted = conn.total_changes - before
    conn.execute("DELETE FROM stale")
    return deleted


def drop_foreign(conn: sqlite3.Connection) -> int:
    """Take away other people's assets that nothing shows any more; return how many rows."""
    mine = {"me": me(conn)}
    conn.execute("DROP TABLE IF EXISTS temp.foreign_asset")
    conn.execute(sql.FOREIGN, mine)
    conn.execute("DELETE FROM exif WHERE asset_id IN (SELECT id FROM foreign_asset)")
    gone = conn.execute("DELETE FROM asset WHERE id IN (SELECT id FROM foreign_asset)").rowcount
    conn.execute("DROP TABLE temp.foreign_asset")
    return gone + conn.execute(sql.FOREIGN_STACKS, mine).rowcount
