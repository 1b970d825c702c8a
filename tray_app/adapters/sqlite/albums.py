"""What is remembered for albums and for addresses, in `backup.db`."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from tray_app.adapters.sqlite.database import Database


class AlbumQueue:
    """Assets that wait to be put into albums; survives a crash between upload and album."""

    def __init__(self, database: Database, account_id: int) -> None:
        self._db = database
        self._account = account_id

    async def names(self) -> list[str]:
        """Return the albums that have waiting assets."""

        def work(conn: sqlite3.Connection) -> list[str]:
            rows = conn.execute(
                "SELECT DISTINCT album_name FROM album_pending WHERE account_id = ?",
                (self._account,),
            )
            return [row[0] for row in rows]

        return await self._db.run(work)

    async def waiting(self, name: str, limit: int) -> list[str]:
        """Return ids of assets that wait for this album."""

        def work(conn: sqlite3.Connection) -> list[str]:
            rows = conn.execute(
                "SELECT asset_id FROM album_pending WHERE account_id = ? AND album_name = ?"
                " LIMIT ?",
                (self._account, name, limit),
            )
            return [row[0] for row in rows]

        return await self._db.run(work)

    async def done(self, name: str, asset_ids: Sequence[str]) -> None:
        """Take assets off the list."""

        def work(conn: sqlite3.Connection) -> None:
            conn.executemany(
                "DELETE FROM album_pending"
                " WHERE account_id = ? AND album_name = ? AND asset_id = ?",
                [(self._account, name, asset) for asset in asset_ids],
            )

        await self._db.run(work)

    async def remote_id(self, name: str) -> str | None:
        """Return the album this name was linked to."""

        def work(conn: sqlite3.Connection) -> str | None:
            row = conn.execute(
                "SELECT remote_id FROM album WHERE account_id = ? AND name = ?",
                (self._account, name),
            ).fetchone()
            return None if row is None else str(row[0])

        return await self._db.run(work)

    async def link(self, name: str, remote_id: str | None) -> None:
        """Remember, or with None forget, which album a name means."""

        def work(conn: sqlite3.Connection) -> None:
            conn.execute(
                "DELETE FROM album WHERE account_id = ? AND name = ?", (self._account, name)
            )
            if remote_id:
                conn.execute("INSERT INTO album VALUES (?, ?, ?)", (self._account, name, remote_id))

        await self._db.run(work)


class SizeLimits:
    """Upload sizes that an address has refused with 413 (design section 3)."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def known(self, address: str, since: datetime) -> int | None:
        """Return the smallest refused size in bytes learned after `since`."""

        def work(conn: sqlite3.Connection) -> int | None:
            row = conn.execute(
                "SELECT bytes FROM size_limit WHERE address = ? AND learned_at > ?",
                (address, since.isoformat()),
            ).fetchone()
            return None if row is None else int(row[0])

        return await self._db.run(work)

    async def learn(self, address: str, size: int, at: datetime) -> None:
        """Remember a refused size in place of an older one.

        The caller knows whether that one still counts; a forgotten one must not come back.
        """

        def work(conn: sqlite3.Connection) -> None:
            conn.execute(
                "INSERT INTO size_limit VALUES (?, ?, ?) ON CONFLICT (address) DO UPDATE SET"
                " bytes = excluded.bytes, learned_at = excluded.learned_at",
                (address, size, at.isoformat()),
            )

        await self._db.run(work)
