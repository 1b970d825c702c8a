"""Own assets that left the server: told by `library.db`, remembered by `backup.db`."""

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.touching import by_contents
from tray_app.core.sync.removals import Burial, Gone, Memory, Removed

_BURY = "INSERT OR IGNORE INTO tombstone VALUES (?, ?, ?, ?)"
_LIFT = "DELETE FROM tombstone WHERE account_id = ? AND sha1 = ?"
_GRANTED = "DELETE FROM wanted WHERE account_id = ? AND sha1 = ?"
# Bytes that were never confirmed from here are noted, too: a file with them may turn up.
_MISS = """
INSERT INTO confirmation (account_id, sha1, remote_id, state, confirmed_at, checked_at)
VALUES (?, ?, ?, 'missing', ?, ?)
ON CONFLICT (account_id, sha1) DO UPDATE SET state = 'missing', checked_at = excluded.checked_at
"""
_LOST = " AND state IN ('trashed', 'missing')"
_FREE = f"DELETE FROM confirmation WHERE account_id = ? AND sha1 = ?{_LOST}"
_FOUND = f"""
UPDATE confirmation SET state = 'duplicate', checked_at = ? WHERE account_id = ? AND sha1 = ?{_LOST}
"""


class Removals:
    """Port `Removals` over `library.db`."""

    def __init__(self, database: Database, user_id: str) -> None:
        self._db = database
        self._me = UUID(user_id).bytes

    async def gone(self) -> Gone:
        """Return what left the server, until `forget`, and own assets in its trash.

        Among the deleted are some that nobody knows here: ids without a checksum.
        """

        def work(conn: sqlite3.Connection) -> Gone:
            trashed = "SELECT id, checksum FROM asset WHERE owner_id = ? AND deleted_at IS NOT NULL"
            removed = "SELECT asset_id, checksum FROM removal WHERE told = ?"
            return Gone(
                deleted=_removed(conn.execute(removed, (1,))),
                trashed=_removed(conn.execute(trashed, (self._me,))),
                vanished=_removed(conn.execute(removed, (0,))),
            )

        return await self._db.run(work)

    async def live(self, checksums: Collection[bytes]) -> set[bytes]:
        """Return those that an own asset has which is not in the trash."""

        def work(conn: sqlite3.Connection) -> set[bytes]:
            query = (
                "SELECT EXISTS (SELECT 1 FROM asset WHERE owner_id = ? AND checksum = ?"
                " AND deleted_at IS NULL)"
            )
            return {
                sha1 for sha1 in checksums if conn.execute(query, (self._me, sha1)).fetchone()[0]
            }

        return await self._db.run(work)

    async def forget(self, remote_ids: Sequence[str]) -> None:
        """Drop deletions that the backup knows of now."""
        keys = [(UUID(remote).bytes,) for remote in remote_ids]

        def work(conn: sqlite3.Connection) -> None:
            conn.executemany("DELETE FROM removal WHERE asset_id = ?", keys)

        if keys:
            await self._db.run(work)


def _removed(rows: Iterable[tuple[bytes, bytes | None]]) -> tuple[Removed, ...]:
    return tuple(Removed(str(UUID(bytes=asset)), sha1) for asset, sha1 in rows)


class Tombstones:
    """Port `Tombstones` over `backup.db`, for one account."""

    def __init__(self, database: Database, account_id: int) -> None:
        self._db = database
        self._account = account_id

    async def memory(self, remote_ids: Sequence[str]) -> Memory:
        """Return what is buried, what is wanted, and what we uploaded or found under these ids."""

        def work(conn: sqlite3.Connection) -> Memory:
            return Memory(
                by_id=self._by_id(conn, frozenset(remote_ids)) if remote_ids else {},
                buried=self._checksums(conn, "tombstone"),
                wanted=self._checksums(conn, "wanted"),
                lost=self._checksums(conn, "confirmation", _LOST),
            )

        return await self._db.run(work)

    def _checksums(
        self, conn: sqlite3.Connection, table: str, condition: str = ""
    ) -> frozenset[bytes]:
        query = f"SELECT sha1 FROM {table} WHERE account_id = ?{condition}"
        rows = conn.execute(query, (self._account,))
        return frozenset(row[0] for row in rows)

    def _by_id(self, conn: sqlite3.Connection, wanted: frozenset[str]) -> dict[str, bytes]:
        query = "SELECT remote_id, sha1 FROM confirmation WHERE account_id = ?"
        rows = conn.execute(query, (self._account,))
        return {remote: sha1 for remote, sha1 in rows if remote in wanted}

    async def change(self, burial: Burial, at: datetime) -> None:
        """Carry a decision out in one transaction."""
        mine, now = self._account, at.isoformat()
        buried = [(mine, sha1, remote, now) for sha1, remote in burial.bury.items()]
        missed = [(mine, sha1, remote, now, now) for sha1, remote in burial.miss.items()]
        steps = (
            (_BURY, buried),
            (_MISS, missed),
            (_LIFT, [(mine, sha1) for sha1 in burial.lift]),
            (_FREE, [(mine, sha1) for sha1 in burial.free]),
            (_GRANTED, [(mine, sha1) for sha1 in burial.granted]),
            (_FOUND, [(now, mine, sha1) for sha1 in burial.found]),
        )

        def work(conn: sqlite3.Connection) -> None:
            for statement, rows in steps:
                conn.executemany(statement, rows)

        if burial:
            await self._db.run(work)
            self._db.tell(by_contents(burial.checksums))
