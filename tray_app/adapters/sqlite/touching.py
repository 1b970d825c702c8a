"""What a unit of work changes of the timeline, found out cheaply, or given up as everything."""

import sqlite3
from collections.abc import Iterable
from uuid import UUID

from tray_app.adapters.sqlite.local_time import month_of_ns
from tray_app.core.sync import tables
from tray_app.core.sync.batch import Batch
from tray_app.core.sync.columns import Row
from tray_app.core.timeline import month_of
from tray_app.core.timeline_changes import EVERYTHING, MOST, NOTHING, Touched, joined

_TAKEN = tables.ASSET.columns.index("local_date_time")
_SHA1 = tables.ASSET.columns.index("checksum")
_OLD = "SELECT local_date_time, checksum FROM asset WHERE id = ?"
# Each of them may show or hide any number of assets.
_WIDE = (tables.PARTNER, tables.STACK)

FileChange = tuple[int, bytes | None]
"""Modification time in ns and checksum of a file that came, changed or went."""


def by_files(changes: Iterable[FileChange]) -> Touched:
    """Name months and contents of files."""
    seen = set(changes)
    if len(seen) > MOST:
        return EVERYTHING
    return Touched(
        frozenset(month_of_ns(time) for time, _ in seen),
        contents=frozenset(sha1 for _, sha1 in seen if sha1),
    )


def by_contents(checksums: Iterable[bytes]) -> Touched:
    """Name contents; too many are everything."""
    return joined(NOTHING, Touched(contents=frozenset(checksums)))


def by_batch(conn: sqlite3.Connection, batch: Batch) -> Touched:
    """Name what a stretch of the stream is about to change; to be asked before it is applied.

    A long one is not looked into: a first load must not be slowed down.
    """
    assets = [change for change in batch.changes if change.table is tables.ASSET]
    if sum(len(change.rows) for change in assets) > MOST or any(
        change.table in _WIDE or (change.table is tables.USER and change.deletes)
        for change in batch.changes
    ):
        return EVERYTHING
    old = [
        found
        for change in assets
        for row in change.rows
        for found in conn.execute(_OLD, row[:1]).fetchall()
    ]
    gone = (UUID(bytes=row[0]) for change in assets if change.deletes for row in change.rows)
    new = by_assets(row for change in assets if not change.deletes for row in change.rows)
    before = Touched(
        frozenset(month_of(taken) for taken, _ in old),
        frozenset(map(str, gone)),
        frozenset(sha1 for _, sha1 in old),
    )
    return joined(before, new)


def by_assets(rows: Iterable[Row]) -> Touched:
    """Name assets that are there now.

    Their contents, too: a file of this computer with these bytes may have stood in another month.
    """
    seen = tuple(rows)
    return Touched(
        frozenset(month_of(row[_TAKEN]) for row in seen),
        frozenset(str(UUID(bytes=row[0])) for row in seen),
        frozenset(row[_SHA1] for row in seen),
    )
