"""What fell out of every list: gone, or there and not shown to API keys."""

import sqlite3
from collections.abc import Sequence
from uuid import UUID

from tray_app.adapters.sqlite import mirror_sql as sql
from tray_app.adapters.sqlite.library import drop_foreign
from tray_app.adapters.sqlite.library_facts import UNTIDY, fact, forget, me
from tray_app.core.sync.removals import Removed


def missing(conn: sqlite3.Connection) -> list[Removed]:
    """List own assets that no list shows any more."""
    rows = conn.execute(sql.MISSING, (me(conn),))
    return [Removed(str(UUID(bytes=asset)), sha1) for asset, sha1 in rows]


def any_lost(conn: sqlite3.Connection) -> bool:
    """Tell whether own or partners' assets are in no list now."""
    return bool(conn.execute(sql.LOST, (me(conn),)).fetchone()[0])


def _keys(remote_ids: Sequence[str]) -> list[tuple[bytes]]:
    return [(UUID(remote).bytes,) for remote in remote_ids]


def hide(conn: sqlite3.Connection, remote_ids: Sequence[str]) -> int:
    """Note that these are locked; return how many were not."""
    query = "UPDATE asset SET visibility = 'locked' WHERE id = ? AND visibility <> 'locked'"
    hidden = conn.executemany(query, _keys(remote_ids)).rowcount if remote_ids else 0
    hold(conn, remote_ids)
    return hidden


def hold(conn: sqlite3.Connection, remote_ids: Sequence[str]) -> None:
    """Note that these are there."""
    conn.executemany("DELETE FROM adrift WHERE asset_id = ?", _keys(remote_ids))


def remove(conn: sqlite3.Connection, remote_ids: Sequence[str], told: bool) -> int:  # noqa: FBT001  a column's value
    """Take own assets away and note them in `removal`."""
    conn.executemany(sql.NOTE_GONE, [(told, key) for (key,) in _keys(remote_ids)])
    return _delete(conn, _keys(remote_ids))


def tidy(conn: sqlite3.Connection, partners: bool) -> int:  # noqa: FBT001  one call
    """Take away what nothing shows any more; return how many rows."""
    gone = 0
    if partners:
        gone = _delete(conn, conn.execute(sql.PARTNERS_GONE, (me(conn),)).fetchall())
    if fact(conn, UNTIDY):
        gone += drop_foreign(conn)
        forget(conn, UNTIDY)
    conn.execute(sql.SETTLED if partners else sql.SETTLED_WITHOUT_PARTNERS, (me(conn),))
    return gone


def own_assets(conn: sqlite3.Connection) -> int:
    """Count own assets."""
    query = "SELECT count(*) FROM asset WHERE owner_id = ?"
    return int(conn.execute(query, (me(conn),)).fetchone()[0])


def _delete(conn: sqlite3.Connection, keys: Sequence[tuple[bytes, ...]]) -> int:
    for statement in sql.OF_AN_ASSET:
        conn.executemany(statement, keys)
    return conn.executemany("DELETE FROM asset WHERE id = ?", keys).rowcount if keys else 0
