"""Lists of the timeline: their months, which assets they show, and the assets themselves."""

import sqlite3
from collections.abc import Collection, Sequence
from datetime import datetime
from operator import itemgetter
from uuid import UUID

from tray_app.adapters.sqlite import mirror_sql as sql
from tray_app.adapters.sqlite.library_facts import me
from tray_app.core.sync.answers import Entry, FullAsset
from tray_app.core.sync.columns import milliseconds
from tray_app.core.sync.passes import Pass
from tray_app.core.sync.standing import Place


def set_months(
    conn: sqlite3.Connection, one: Pass, etag: str | None, months: Collection[str]
) -> None:
    """Let these be all months of a list; those that are new have to be read."""
    whose = UUID(one.whose).bytes
    for place in _months(conn, one):
        if place.month not in months:
            _fill(conn, [])
            _show(conn, place.id)
            conn.execute("DELETE FROM resource WHERE id = ?", (place.id,))
    rows = [(one.month(month), one.query, month, whose, one.of_album) for month in months]
    conn.executemany(sql.PUT_MONTH, rows)
    conn.execute(sql.PUT_LIST, (one.path, etag, whose, one.of_album))


def months(conn: sqlite3.Connection, one: Pass) -> list[Place]:
    """List the months of a list, the newest first."""
    return _months(conn, one)


def _months(conn: sqlite3.Connection, one: Pass) -> list[Place]:
    return [Place(*row) for row in conn.execute(sql.MONTHS, (one.query,))]


def _fill(conn: sqlite3.Connection, entries: Sequence[Entry]) -> None:
    conn.execute(sql.ENTRY_TABLE)
    conn.execute("DELETE FROM temp.entry")
    conn.executemany(sql.PUT_ENTRY, sorted(entries, key=itemgetter(0)))


def _show(conn: sqlite3.Connection, place: int) -> None:
    for statement in (sql.FELL_OUT, sql.UNLIST, sql.LIST):
        conn.execute(statement, (place,))


def differing(conn: sqlite3.Connection, entries: Sequence[Entry]) -> set[bytes]:
    """Return the ids that are unknown, or look different here."""
    _fill(conn, entries)
    return {row[0] for row in conn.execute(sql.DIFFERING)}


def put_assets(conn: sqlite3.Connection, assets: Sequence[FullAsset]) -> int:
    """Store assets with their details; return how many rows changed."""
    mine = me(conn)
    rows = sorted((asset.row() for asset in assets), key=itemgetter(0))
    if any(row[1] == mine and not _is_known(conn, row[0]) for row in rows):
        conn.execute(sql.STACKS_AGAIN)
    at = sql.TRASHED_COLUMN
    before = conn.total_changes
    conn.executemany(sql.PUT_ASSET, rows)
    conn.executemany(sql.PUT_TRASHED, [(row[at], row[0]) for row in rows])
    exifs = sorted((row for asset in assets if (row := asset.exif_row())), key=itemgetter(0))
    conn.executemany(sql.PUT_EXIF, exifs)
    changed = conn.total_changes - before
    conn.executemany("DELETE FROM removal WHERE asset_id = ?", [row[:1] for row in rows])
    return changed


def put_known(conn: sqlite3.Connection, assets: Sequence[FullAsset]) -> int:
    """Store the details of those that are known here; return how many rows changed."""
    return put_assets(conn, [asset for asset in assets if _is_known(conn, asset.id.bytes)])


def _is_known(conn: sqlite3.Connection, asset_id: bytes) -> bool:
    return bool(conn.execute("SELECT 1 FROM asset WHERE id = ?", (asset_id,)).fetchone())


def list_month(
    conn: sqlite3.Connection,
    place: Place,
    etag: str | None,
    entries: Sequence[Entry],
    refused: Collection[bytes],
    now: datetime,
) -> int:
    """Let a month show these; return how many links to an album are new."""
    _fill(conn, entries)
    _show(conn, place.id)
    for entry in entries:
        if entry.id in refused:
            seen = (entry.visibility, entry.trashed, milliseconds(now), entry.id)
            conn.execute(sql.AS_LISTED, seen)
    query = "SELECT of_album FROM resource WHERE id = ?"
    in_album = bool(conn.execute(query, (place.id,)).fetchone()[0])
    linked = conn.execute(sql.LINK, (place.id,)).rowcount if in_album else 0
    conn.execute("UPDATE resource SET etag = ? WHERE id = ?", (etag, place.id))
    return linked
