"""Files that are not uploaded because their bytes left the server, and a person's word on them."""

import os
import sqlite3
from collections.abc import Collection, Sequence
from datetime import datetime

from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.index import below
from tray_app.adapters.sqlite.touching import by_contents
from tray_app.core.asset import shown
from tray_app.core.ledger import Kept, KeptBack

# A tombstone has the last word where the server only said "not here".
_ALL = """
SELECT d.path, f.name, f.sha1,
  CASE WHEN c.state = 'trashed' THEN 'trashed' WHEN t.sha1 IS NULL THEN 'missing'
  ELSE 'deleted' END
FROM file f JOIN folder d ON d.id = f.folder_id
LEFT JOIN tombstone t ON t.account_id = :account AND t.sha1 = f.sha1
LEFT JOIN confirmation c ON c.account_id = :account AND c.sha1 = f.sha1
WHERE f.present AND (t.sha1 IS NOT NULL OR c.state IN ('trashed', 'missing'))
"""
# A file is named with the other half of its Live Photo.
_NAMED = """
AND (d.path = :path OR (d.path > :base AND d.path < :end)
  OR (d.path = :parent AND (f.name = :name OR (f.pair_role AND f.stem = (
    SELECT s.stem FROM file s JOIN folder e ON e.id = s.folder_id
    WHERE e.path = :parent AND s.name = :name AND s.pair_role)))))
"""
_ORDER = "ORDER BY d.path, f.name"


class KeptBackFiles:
    """What one account's person may want to have uploaded again, or left as it is."""

    def __init__(self, database: Database, account_id: int) -> None:
        self._db = database
        self._account = account_id

    async def listed(self, paths: Sequence[str] = ()) -> list[KeptBack]:
        """List what is kept back, of these absolute files and folders or of everything."""

        def work(conn: sqlite3.Connection) -> list[KeptBack]:
            if not paths:
                return self._found(conn, _ALL + _ORDER, {})
            query = _ALL + _NAMED + _ORDER
            found = (file for path in paths for file in self._found(conn, query, _names(path)))
            return list(dict.fromkeys(found))

        return await self._db.run(work)

    def _found(
        self, conn: sqlite3.Connection, query: str, values: dict[str, object]
    ) -> list[KeptBack]:
        rows = conn.execute(query, {"account": self._account, **values})
        return [
            KeptBack(shown(os.fsdecode(os.path.join(folder, name))), sha1, Kept(why))  # noqa: PTH118  bytes
            for folder, name, sha1, why in rows
        ]

    async def upload_again(self, checksums: Collection[bytes], at: datetime) -> None:
        """Let files with these bytes be candidates, as if they had never been uploaded.

        Remembered until the server holds them: no sync makes tombstones of them meanwhile.
        """
        rows = [(self._account, sha1) for sha1 in checksums]

        def work(conn: sqlite3.Connection) -> None:
            conn.executemany("DELETE FROM tombstone WHERE account_id = ? AND sha1 = ?", rows)
            conn.executemany("DELETE FROM confirmation WHERE account_id = ? AND sha1 = ?", rows)
            wishes = [(*row, at.isoformat()) for row in rows]
            conn.executemany("INSERT OR REPLACE INTO wanted VALUES (?, ?, ?)", wishes)

        await self._db.run(work)
        self._db.tell(by_contents(checksums))

    async def keep_deleted(self, checksums: Collection[bytes], at: datetime) -> None:
        """Take what is gone as deleted on purpose: it is neither missed nor uploaded again."""
        rows = [(self._account, sha1) for sha1 in checksums]

        def work(conn: sqlite3.Connection) -> None:
            conn.executemany(
                "INSERT OR IGNORE INTO tombstone SELECT account_id, sha1, remote_id, ?"
                " FROM confirmation WHERE account_id = ? AND sha1 = ?",
                [(at.isoformat(), *row) for row in rows],
            )
            conn.executemany("DELETE FROM confirmation WHERE account_id = ? AND sha1 = ?", rows)
            conn.executemany("DELETE FROM wanted WHERE account_id = ? AND sha1 = ?", rows)

        await self._db.run(work)
        self._db.tell(by_contents(checksums))


def _names(path: str) -> dict[str, object]:
    whole, base, end = below(path)
    parent, name = os.path.split(os.fsencode(path))
    return {"path": whole, "base": base, "end": end, "parent": parent, "name": name}
