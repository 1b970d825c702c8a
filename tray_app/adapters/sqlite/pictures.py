"""A bounded store of small pictures: the longest unused ones go first."""

import sqlite3
from datetime import timedelta

from tray_app.adapters.sqlite.database import Database
from tray_app.ports import Clock

MOST_BYTES = 200_000_000
_ROOM = 0.9  # of the limit is left when room is made
_FRESH = timedelta(days=1)
_OLDEST = "SELECT rowid, bytes FROM picture ORDER BY used_at"


class PictureStore:
    """Pictures by name in a database of their own."""

    def __init__(self, database: Database, clock: Clock, limit: int = MOST_BYTES) -> None:
        self._db = database
        self._clock = clock
        self._limit = limit
        self._held: int | None = None

    async def get(self, name: str) -> bytes | None:
        """Return a picture, and note that it was used."""
        now = int(self._clock.now().timestamp())

        def work(conn: sqlite3.Connection) -> bytes | None:
            row = conn.execute(
                "SELECT data, used_at FROM picture WHERE name = ?", (name,)
            ).fetchone()
            if row is None:
                return None
            if now - row[1] > _FRESH.total_seconds():
                conn.execute("UPDATE picture SET used_at = ? WHERE name = ?", (now, name))
            return bytes(row[0])

        return await self._db.run(work)

    async def put(self, name: str, data: bytes) -> None:
        """Keep a picture; makes room where the limit is passed."""
        now = int(self._clock.now().timestamp())

        def work(conn: sqlite3.Connection) -> None:
            held = self._held
            if held is None:
                held = conn.execute("SELECT coalesce(sum(bytes), 0) FROM picture").fetchone()[0]
            old = conn.execute("SELECT bytes FROM picture WHERE name = ?", (name,)).fetchone()
            conn.execute(
                "INSERT OR REPLACE INTO picture VALUES (?, ?, ?, ?)", (name, now, len(data), data)
            )
            held += len(data) - (old[0] if old else 0)
            self._held = held if held <= self._limit else _make_room(conn, held, self._limit)

        await self._db.run(work)


def _make_room(conn: sqlite3.Connection, held: int, limit: int) -> int:
    gone = []
    for rowid, size in conn.execute(_OLDEST):
        if held <= limit * _ROOM:
            break
        gone.append((rowid,))
        held -= size
    conn.executemany("DELETE FROM picture WHERE rowid = ?", gone)
    return held
