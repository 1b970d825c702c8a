"""What `backup.db` knows of files and bytes, for a look that changes nothing."""

import os
import sqlite3
from collections.abc import Sequence

from tray_app.adapters.sqlite.database import Database
from tray_app.core.asset import Stamp
from tray_app.core.ledger import Held, Kept
from tray_app.core.verify import NOBODY, Past, Record

_FILE = """
SELECT f.size, f.mtime_ns, f.ctime_ns, f.inode, f.sha1, x.reason || ' ' || x.remedy
FROM file f JOIN folder d ON d.id = f.folder_id
LEFT JOIN failure x ON x.account_id = ? AND x.file_id = f.id
WHERE d.path = ? AND f.name = ?
"""
_PAST = """
SELECT remote_id, 'deleted' FROM tombstone WHERE account_id = :account AND sha1 = :sha1
UNION ALL SELECT remote_id, state FROM confirmation WHERE account_id = :account AND sha1 = :sha1
"""
_HELD = (Held.UPLOADED, Held.DUPLICATE)


class Records:
    """Port `Records` for one account."""

    def __init__(self, database: Database, account_id: int) -> None:
        self._db = database
        self._account = account_id

    async def files(self, paths: Sequence[str]) -> list[Record]:
        """Return what the index has of these files, in their order."""

        def work(conn: sqlite3.Connection) -> list[Record]:
            return [self._file(conn, path) for path in paths]

        return await self._db.run(work)

    def _file(self, conn: sqlite3.Connection, path: str) -> Record:
        folder, name = os.path.split(os.fsencode(path))
        row = conn.execute(_FILE, (self._account, folder, name)).fetchone()
        if row is None:
            return NOBODY
        size, mtime, ctime, inode, sha1, failure = row
        return Record(Stamp(size, mtime, ctime, int(inode)), sha1, (failure or "").strip())

    async def pasts(self, checksums: Sequence[bytes]) -> dict[bytes, Past]:
        """Return which of these were backed up once, and what became of them."""

        def work(conn: sqlite3.Connection) -> dict[bytes, Past]:
            found = {}
            for sha1 in checksums:
                row = conn.execute(_PAST, {"account": self._account, "sha1": sha1}).fetchone()
                if row:
                    remote, state = row
                    found[sha1] = Past(
                        remote, state in _HELD, None if state in _HELD else Kept(state)
                    )
            return found

        return await self._db.run(work)
