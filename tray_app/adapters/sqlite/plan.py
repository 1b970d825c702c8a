"""The queue of a run, computed in SQL from the index, the confirmations and the tombstones.

It is durable by construction: whatever is not confirmed is in the next plan again.
"""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime

from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.index import FILE_COLUMNS, local_file
from tray_app.adapters.sqlite.ledger import FAILURE_COLUMNS, failure
from tray_app.core.asset import LARGE_BYTES, Failure, LocalFile, PlannedFile
from tray_app.core.backoff import LONGEST_FILE_PAUSE
from tray_app.core.pairing import PairRole

_FOREVER = datetime.max.replace(tzinfo=UTC)

# Of several stills with one name the first role gets the video, of several videos the .mov,
# because an .mp4 is a half only where its identifier says so; the others travel alone.
_PAIRS = f"""
CREATE TEMP TABLE pair AS
SELECT v.id AS video_id, min(s.pair_role * 1000000000000 + s.id) % 1000000000000 AS still_id
FROM scope o
JOIN file v ON v.folder_id = o.folder_id AND (o.name IS NULL OR v.name = o.name)
JOIN file s ON s.folder_id = v.folder_id AND s.stem = v.stem
WHERE v.pair_role = {PairRole.VIDEO:d} AND v.present
  AND s.pair_role IN ({PairRole.HEIC:d}, {PairRole.JPEG:d}) AND s.present
GROUP BY v.id
"""
_ONE_VIDEO_EACH = """
DELETE FROM pair WHERE video_id NOT IN (
  SELECT video_id FROM (
    SELECT p.video_id, row_number() OVER (
      PARTITION BY p.still_id ORDER BY lower(CAST(v.name AS TEXT)) NOT LIKE '%.mov', v.id
    ) AS place
    FROM pair p JOIN file v ON v.id = p.video_id
  ) WHERE place = 1
)
"""

_OPEN = """
FROM scope o
JOIN file f ON f.folder_id = o.folder_id AND (o.name IS NULL OR f.name = o.name)
LEFT JOIN failure x ON x.account_id = :account AND x.file_id = f.id
WHERE f.present
  AND NOT EXISTS (SELECT 1 FROM confirmation c
                  WHERE c.account_id = :account AND c.sha1 = f.sha1)
  AND NOT EXISTS (SELECT 1 FROM tombstone t
                  WHERE t.account_id = :account AND t.sha1 = f.sha1)
  AND x.ignored_at IS NULL
"""

# Files up to 50 MB newest first, then larger ones; first tries before retries (design section 3).
_FILL = f"""
INSERT INTO plan (file_id, attempts)
SELECT f.id, coalesce(x.attempts, 0)
{_OPEN} AND (x.file_id IS NULL OR x.next_attempt_at <= :due OR x.next_attempt_at > :never)
ORDER BY x.attempts IS NOT NULL, f.size > {LARGE_BYTES}, f.mtime_ns DESC
"""

_PARKED = f"""
SELECT DISTINCT {FAILURE_COLUMNS}
{_OPEN.replace("WHERE", "JOIN folder d ON d.id = f.folder_id WHERE", 1)}
  AND x.file_id IS NOT NULL AND f.id NOT IN (SELECT file_id FROM plan)
  AND f.id NOT IN (SELECT video_id FROM pair
                   WHERE still_id IN (SELECT file_id FROM plan WHERE video_due))
"""


class Plan:
    """What a run of one account has to do, in order; page by page to bound memory."""

    def __init__(self, database: Database, account_id: int) -> None:
        self._db = database
        self._account = account_id

    async def make(self, due: datetime) -> int:
        """Plan the scope that `Index` gathered; returns the number of files in it.

        A parked file is taken when its next attempt is at or before `due`, or later than any
        pause is long: then the clock was wrong.
        """

        def work(conn: sqlite3.Connection) -> int:
            for table in ("plan", "pair"):
                conn.execute(f"DROP TABLE IF EXISTS temp.{table}")
            conn.execute(
                "CREATE TEMP TABLE plan (position INTEGER PRIMARY KEY, file_id INTEGER UNIQUE"
                " ON CONFLICT IGNORE, attempts INTEGER NOT NULL, video_due INTEGER DEFAULT 0)"
            )
            conn.execute(_PAIRS)
            conn.execute(_ONE_VIDEO_EACH)
            conn.execute("CREATE INDEX temp.pair_still ON pair (still_id)")
            never = due + min(LONGEST_FILE_PAUSE, _FOREVER - due)
            values = {"due": due.isoformat(), "never": never.isoformat()}
            conn.execute(_FILL, {"account": self._account, **values})
            row = conn.execute("SELECT count(*) FROM plan").fetchone()
            # A video whose still is also due travels with it.
            conn.execute(
                "UPDATE plan SET video_due = 1 WHERE file_id IN (SELECT still_id FROM pair"
                " WHERE video_id IN (SELECT file_id FROM plan))"
            )
            conn.execute(
                "DELETE FROM plan WHERE file_id IN (SELECT video_id FROM pair"
                " WHERE still_id IN (SELECT file_id FROM plan))"
            )
            return int(row[0])

        return await self._db.run(work)

    async def page(self, after: int, size: int) -> list[PlannedFile]:
        """Return the next files behind position `after`."""

        def work(conn: sqlite3.Connection) -> list[PlannedFile]:
            rows = conn.execute(
                f"SELECT {FILE_COLUMNS}, p.position, p.attempts, p.video_due,"
                " coalesce(x.attempts, 0), m.video_id FROM plan p"
                " JOIN file f ON f.id = p.file_id JOIN folder d ON d.id = f.folder_id"
                " LEFT JOIN pair m ON m.still_id = f.id"
                " LEFT JOIN failure x ON x.account_id = ? AND x.file_id = m.video_id"
                " WHERE p.position > ? ORDER BY p.position LIMIT ?",
                (self._account, after, size),
            ).fetchall()
            videos = _videos(conn, [row[-1] for row in rows if row[-1]])
            return [
                PlannedFile(
                    file=local_file(row[:-5]),
                    position=row[-5],
                    attempts=row[-4],
                    video_due=bool(row[-3]),
                    video_attempts=row[-2],
                    video=videos.get(row[-1]),
                )
                for row in rows
            ]

        return await self._db.run(work)

    async def parked(self) -> list[Failure]:
        """List the files of the scope that failed before and are not due in this plan."""

        def work(conn: sqlite3.Connection) -> list[Failure]:
            return [failure(row) for row in conn.execute(_PARKED, {"account": self._account})]

        return await self._db.run(work)


def _videos(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, LocalFile]:
    marks = ",".join("?" * len(ids))
    rows = conn.execute(
        f"SELECT {FILE_COLUMNS} FROM file f JOIN folder d ON d.id = f.folder_id"
        f" WHERE f.id IN ({marks})",
        ids,
    )
    return {row[0]: local_file(row) for row in rows}
