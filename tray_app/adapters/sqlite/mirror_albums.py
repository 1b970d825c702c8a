"""Albums as an API key reads them: the list with its members, and what each holds.

How the list shows an album is its mark: contents are read again only when that changes. The
counts in it leave out the trash and hidden assets, so lists of these are read where they hold
something.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from uuid import UUID

from tray_app.adapters.sqlite import mirror_sql as sql
from tray_app.adapters.sqlite.library_facts import UNTIDY, remember
from tray_app.adapters.sqlite.library_sql import upsert
from tray_app.core.sync import tables
from tray_app.core.sync.answers import Album
from tray_app.core.sync.passes import album_passes


def put_albums(
    conn: sqlite3.Connection,
    etags: Mapping[str, str | None],
    albums: Sequence[tuple[Album, str]],
) -> tuple[int, int]:
    """Let these be all albums; return how many rows changed and how many are gone."""
    before = conn.total_changes
    members = {row[:2]: row for album, _ in albums for row in album.members()}
    conn.executemany(upsert(tables.ALBUM), [album.row() for album, _ in albums])
    conn.executemany(upsert(tables.ALBUM_USER), members.values())
    changed = conn.total_changes - before
    gone = _take_missing(conn, {album.id.bytes for album, _ in albums})
    known = conn.execute("SELECT album_id, user_id FROM album_user").fetchall()
    left = set(known) - members.keys()
    conn.executemany("DELETE FROM album_user WHERE album_id = ? AND user_id = ?", left)
    marks = [(f"/albums/{album.id}", mark, album.id.bytes) for album, mark in albums]
    conn.executemany(sql.PUT_ALBUM_MARK, marks)
    conn.executemany(sql.KEEP, [(path, etag, None) for path, etag in etags.items()])
    return changed, gone + len(left)


def _take_missing(conn: sqlite3.Connection, shown: set[bytes]) -> int:
    gone = {row[0] for row in conn.execute("SELECT id FROM album")} - shown
    keys = [(one,) for one in gone]
    for table, column in (("album_user", "album_id"), ("album_asset", "album_id"), ("album", "id")):
        conn.executemany(f"DELETE FROM {table} WHERE {column} = ?", keys)
    for statement in sql.DROP_WHOSE:
        conn.executemany(statement, [(one, 1) for one in gone])
    if gone:
        remember(conn, UNTIDY, "1")
    return len(gone)


def to_read(conn: sqlite3.Connection) -> list[tuple[str, str, bool]]:
    """List album, mark, and whether all of it is to be read, or what it does not count."""
    found = []
    for whose, mark, changed in conn.execute(sql.ALBUM_MARKS).fetchall():
        if changed or _holds_uncounted(conn, whose):
            found.append((str(UUID(bytes=whose)), mark, bool(changed)))
    return found


def _holds_uncounted(conn: sqlite3.Connection, whose: bytes) -> bool:
    passes = [one.query for one in album_passes(str(UUID(bytes=whose))) if one.uncounted]
    return any(conn.execute(sql.HOLDS, (query,)).fetchone()[0] for query in passes)


def album_read(conn: sqlite3.Connection, album_id: str, mark: str) -> int:
    """Note that the contents were read; links that no list of the album shows are gone."""
    gone = conn.execute(sql.UNLINK, (UUID(album_id).bytes,)).rowcount
    if gone:
        remember(conn, UNTIDY, "1")
    query = "UPDATE resource SET etag = ?1 WHERE path = ?2 AND etag IS NOT ?1"
    conn.execute(query, (mark, f"/albums/{album_id}"))
    return gone
