"""Own assets that left the server: told by `library.db`, remembered by `backup.db`."""

import sqlite3
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.touching import by_contents
from tray_app.core.sync.removals import Burial, Removed


class Removals:
    """Port `Removals` over `library.db`."""

    def __init__(self, database: Database, user_id: str) -> None:
        self._db = database
        self._me = UUID(user_id).bytes

    async def deleted(self) -> list[Removed]:
        """List own assets, and ones nobody knows, that the server said it deleted for good."""
        return await self._removed("SELECT asset_id, checksum FROM removal WHERE told")

    async def trashed(self) -> list[Removed]:
        """List own assets in the server's trash."""
        return await self._removed(
            "SELECT id, checksum FROM asset WHERE owner_id = ? AND deleted_at IS NOT NULL",
            self._me,
        )

    async def _removed(self, query: str, *values: bytes) -> list[Removed]:
        def work(conn: sqlite3.Connection) -> list[Removed]:
            rows = conn.execute(query, values)
            return [Removed(str(UUID(bytes=asset)), sha1) for asset, sha1 in rows]

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
            conn.executemany("DELETE FROM removal WHERE asset_id = ? AND told", keys)

        if keys:
            await self._db.run(work)


class Tombstones:
    """Port `Tombstones` over `backup.db`, for one account."""

    def __init__(self, database: Database, account_id: int) -> None:
        self._db = database
        self._account = account_id

    async def all(self) -> set[bytes]:
        """Return the checksums that are kept from being uploaded again."""

        def work(conn: sqlite3.Connection) -> set[bytes]:
            query = "SELECT sha1 FROM tombstone WHERE account_id = ?"
            return {row[0] for row in conn.execute(query, (self._account,))}

        return await self._db.run(work)

    async def checksums_of(self, remote_ids: Sequence[str]) -> dict[str, bytes]:
        """Return what we uploaded or found under these ids."""

        def work(conn: sqlite3.Connection) -> dict[str, bytes]:
            query = "SELECT remote_id, sha1 FROM confirmation WHERE account_id = ?"
            wanted = set(remote_ids)
            return {
                remote: sha1
                for remote, sha1 in conn.execute(query, (self._account,))
                if remote in wanted
            }

        return await self._db.run(work) if remote_ids else {}

    async def change(self, burial: Burial, at: datetime) -> None:
        """Set and lift tombstones in one transaction."""

        def work(conn: sqlite3.Connection) -> None:
            conn.executemany(
                "INSERT OR IGNORE INTO tombstone (account_id, sha1, remote_id, deleted_at)"
                " VALUES (?, ?, ?, ?)",
                [(self._account, sha1, id_, at.isoformat()) for sha1, id_ in burial.bury.items()],
            )
            conn.executemany(
                "DELETE FROM tombstone WHERE account_id = ? AND sha1 = ?",
                [(self._account, sha1) for sha1 in burial.lift],
            )

        if burial.bury or burial.lift:
            await self._db.run(work)
            self._db.tell(by_contents([*burial.bury, *burial.lift]))

    async def upload_again(self, checksums: Collection[bytes]) -> None:
        """Let files with these bytes be candidates again, as if they had never been uploaded."""

        def work(conn: sqlite3.Connection) -> None:
            for table in ("tombstone", "confirmation"):
                conn.executemany(
                    f"DELETE FROM {table} WHERE account_id = ? AND sha1 = ?",
                    [(self._account, sha1) for sha1 in checksums],
                )

        await self._db.run(work)
        self._db.tell(by_contents(checksums))
