"""What `library.db` knows of our files, read beside `backup.db`: answers without the server.

The server told the checksums of the library itself, so that they confirm as its answers do.
"""

import sqlite3
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from tray_app.adapters.sqlite.database import Database
from tray_app.core.ledger import Audit
from tray_app.core.sync.standing import Owner

T = TypeVar("T")

# An older library is not asked: the server may have lost or deleted much since.
MAX_AGE = timedelta(days=1)

_UUID = (
    "lower(substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-' || substr(h, 13, 4) || '-'"
    " || substr(h, 17, 4) || '-' || substr(h, 21))"
)
# Mine, in no trash. Assets of external libraries have a checksum of their path, not of bytes.
_MINE = "owner_id = :me AND deleted_at IS NULL AND library_id IS NULL"

# The index is built when a stream has come to its end for the first time; `untidy` stands while
# everything is being sent again.
_WHOLE = """
SELECT (SELECT value FROM library.meta WHERE key = 'user') = :user
   AND (SELECT value FROM library.meta WHERE key = 'session') = :session
   AND (SELECT value FROM library.meta WHERE key = 'since') BETWEEN :oldest AND :newest
   AND EXISTS (SELECT 1 FROM library.sqlite_schema WHERE name = 'asset_checksum')
   AND NOT EXISTS (SELECT 1 FROM library.meta WHERE key = 'untidy')
"""

# Who wants something sent again knows more than a library that was synced before.
_NOT_WANTED = """NOT EXISTS (SELECT 1 FROM wanted w
  WHERE w.account_id = :account AND w.sha1 = {} AND w.since > :synced)"""
_ASK_PLAN = f"""
INSERT INTO asked
SELECT f.sha1 FROM plan p JOIN file f ON f.id = p.file_id
WHERE f.sha1 IS NOT NULL AND {_NOT_WANTED.format("f.sha1")}
"""
# What we know already is not asked.
_ASK = f"""
INSERT INTO asked SELECT :sha1
WHERE {_NOT_WANTED.format(":sha1")}
  AND NOT EXISTS (SELECT 1 FROM tombstone WHERE account_id = :account AND sha1 = :sha1)
  AND NOT EXISTS (SELECT 1 FROM confirmation WHERE account_id = :account AND sha1 = :sha1)
"""
_FIND = f"""
CREATE TEMP TABLE found AS
SELECT q.sha1, {_UUID.replace("h,", "hex(a.id),")} AS remote_id,
  iif(s.sha1 IS NULL, 'duplicate', 'uploaded') AS state, s.sidecar_mtime_ns
FROM asked q
CROSS JOIN library.asset a ON a.checksum = q.sha1
  AND a.{_MINE.replace(" AND ", " AND a.")}
LEFT JOIN sent s ON s.account_id = :account AND s.sha1 = q.sha1
GROUP BY q.sha1
"""
_CONFIRM = """
INSERT INTO confirmation
  (account_id, sha1, remote_id, state, confirmed_at, checked_at, sidecar_mtime_ns)
SELECT :account, sha1, remote_id, state, :now, :synced, sidecar_mtime_ns FROM found WHERE true
ON CONFLICT DO NOTHING
"""
_OVER = (
    """
    DELETE FROM failure WHERE account_id = :account AND file_id IN
      (SELECT f.id FROM found JOIN file f ON f.sha1 = found.sha1)
    """,
    "DELETE FROM sent WHERE account_id = :account AND sha1 IN (SELECT sha1 FROM found)",
    "DELETE FROM wanted WHERE account_id = :account AND sha1 IN (SELECT sha1 FROM found)",
)
_LACKING = f"""
SELECT c.sha1, c.remote_id, c.state FROM confirmation c
WHERE c.account_id = :account AND c.state IN ('uploaded', 'duplicate') AND c.checked_at < :synced
  AND NOT EXISTS (SELECT 1 FROM library.asset WHERE checksum = c.sha1 AND {_MINE})
LIMIT :limit
"""


class Voucher:
    """Port `Voucher`: one account's assets in the library of `owner`.

    A library that is missing, damaged, not whole, old or somebody else's knows nothing.
    """

    def __init__(self, database: Database, library: Path, account_id: int, owner: Owner) -> None:
        self._db = database
        self._library = library
        self._account = account_id
        self._owner = owner

    async def adopt(self, at: datetime, checksums: Collection[bytes] | None = None) -> int:
        """Confirm what the server holds by its own word; returns how many checksums are new.

        None: those of all files in the plan that `Plan` made last.
        """

        def work(conn: sqlite3.Connection, values: dict[str, object]) -> int:
            conn.execute("CREATE TEMP TABLE asked (sha1 BLOB)")
            if checksums is None:
                conn.execute(_ASK_PLAN, values)
            else:
                conn.executemany(_ASK, [{**values, "sha1": one} for one in checksums])
            conn.execute(_FIND, values)
            count = conn.execute(_CONFIRM, values).rowcount
            for statement in _OVER:
                conn.execute(statement, values)
            for table in ("asked", "found"):
                conn.execute(f"DROP TABLE temp.{table}")
            return count

        return await self._ask(at, work) or 0

    async def ids(self, at: datetime, checksums: Collection[bytes]) -> dict[bytes, str]:
        """Return under which id the server holds which of these."""

        def work(conn: sqlite3.Connection, values: dict[str, object]) -> dict[bytes, str]:
            query = f"SELECT id FROM library.asset WHERE checksum = :sha1 AND {_MINE}"
            rows = ((one, conn.execute(query, {**values, "sha1": one})) for one in checksums)
            return {
                one: str(UUID(bytes=row[0])) for one, found in rows if (row := found.fetchone())
            }

        return await self._ask(at, work) or {}

    async def lacking(self, at: datetime, limit: int) -> list[Audit]:
        """Return what is called backed up and is not in the library, which may be behind."""

        def work(conn: sqlite3.Connection, values: dict[str, object]) -> list[Audit]:
            rows = conn.execute(_LACKING, {**values, "limit": limit})
            return [Audit(*row) for row in rows]

        return await self._ask(at, work) or []

    async def _ask(
        self, at: datetime, work: Callable[[sqlite3.Connection, dict[str, object]], T]
    ) -> T | None:
        values: dict[str, object] = {
            "account": self._account,
            "me": UUID(self._owner.user_id).bytes,
            "user": self._owner.user_id,
            "session": self._owner.session,
            "oldest": (at - MAX_AGE).isoformat(),
            "newest": (at + MAX_AGE).isoformat(),  # beyond: written while the clock was wrong
            "now": at.isoformat(),
        }

        def asked(conn: sqlite3.Connection) -> T | None:
            if not conn.execute(_WHOLE, values).fetchone()[0]:
                return None
            row = conn.execute("SELECT value FROM library.meta WHERE key = 'since'").fetchone()
            return work(conn, {**values, "synced": row[0]})

        return await self._db.run_beside(self._library, "library", asked)
