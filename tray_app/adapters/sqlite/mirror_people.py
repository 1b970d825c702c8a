"""Users, partners and own stacks as an API key reads them."""

import sqlite3
from collections.abc import Sequence
from uuid import UUID

from tray_app.adapters.sqlite import mirror_sql as sql
from tray_app.adapters.sqlite.library_facts import UNTIDY, me, remember
from tray_app.adapters.sqlite.library_sql import upsert
from tray_app.core.sync import tables
from tray_app.core.sync.answers import Partner, Person, Stack

_DIRECTIONS = {True: ("shared_by_id", "shared_with_id"), False: ("shared_with_id", "shared_by_id")}


def put_people(
    conn: sqlite3.Connection, path: str, etag: str | None, people: Sequence[Person]
) -> int:
    """Let these be all users; what they own is decided elsewhere."""
    rows = [person.row() for person in people]
    before = conn.total_changes
    conn.executemany(sql.PUT_USER, rows)
    known = {row[0] for row in conn.execute("SELECT id FROM user")}
    gone = [(one,) for one in known - {row[0] for row in rows}]
    conn.executemany("DELETE FROM user WHERE id = ?", gone)
    changed = conn.total_changes - before
    conn.execute(sql.KEEP, (path, etag, None))
    return changed


def put_partners(
    conn: sqlite3.Connection,
    path: str,
    etag: str | None,
    partners: Sequence[Partner],
    sharing: bool,  # noqa: FBT001  a column's value
) -> int:
    """Let these be all partners of one direction."""
    mine, (theirs, ours) = me(conn), _DIRECTIONS[sharing]
    ends = [(item.id.bytes, mine) if sharing else (mine, item.id.bytes) for item in partners]
    shown = [item.in_timeline for item in partners]
    before = conn.total_changes
    rows = [(*end, seen) for end, seen in zip(ends, shown, strict=True)]
    conn.executemany(upsert(tables.PARTNER), rows)
    known = conn.execute(f"SELECT {theirs} FROM partner WHERE {ours} = ?", (mine,))
    gone = {row[0] for row in known} - {item.id.bytes for item in partners}
    query = f"DELETE FROM partner WHERE {theirs} = ? AND {ours} = ?"
    conn.executemany(query, [(one, mine) for one in gone])
    changed = conn.total_changes - before
    if gone and sharing:
        remember(conn, UNTIDY, "1")
        for statement in sql.DROP_WHOSE:
            conn.executemany(statement, [(one, 0) for one in gone])
    conn.execute(sql.KEEP, (path, etag, None))
    return changed


def partners(conn: sqlite3.Connection) -> list[str]:
    """List who shows us everything."""
    query = "SELECT shared_by_id FROM partner WHERE shared_with_id = ? ORDER BY 1"
    return [str(UUID(bytes=row[0])) for row in conn.execute(query, (me(conn),))]


def put_stacks(
    conn: sqlite3.Connection, path: str, etag: str | None, stacks: Sequence[Stack]
) -> int:
    """Let these be all own stacks; when they were made is not told."""
    mine = me(conn)
    wanted = {asset.id.bytes: stack.id.bytes for stack in stacks for asset in stack.assets}
    query = "SELECT id, stack_id FROM asset WHERE owner_id = ? AND stack_id IS NOT NULL"
    known = dict(conn.execute(query, (mine,)).fetchall())
    before = conn.total_changes
    rows = [(item.id.bytes, mine, item.primary_asset_id.bytes, 0, 0) for item in stacks]
    conn.executemany(sql.PUT_STACK, rows)
    stored = {row[0] for row in conn.execute("SELECT id FROM stack WHERE owner_id = ?", (mine,))}
    gone = stored - {row[0] for row in rows}
    conn.executemany("DELETE FROM stack WHERE id = ?", [(one,) for one in gone])
    moved: list[tuple[bytes | None, bytes]] = [(None, one) for one in known.keys() - wanted.keys()]
    moved += [(stack, one) for one, stack in wanted.items() if known.get(one) != stack]
    conn.executemany("UPDATE asset SET stack_id = ? WHERE id = ?", moved)
    changed = conn.total_changes - before
    conn.execute(sql.KEEP, (path, etag, None))
    return changed
