"""What one user of one server has: confirmations, failures, runs and learned facts.

Times are ISO 8601 UTC texts, which sort as they run.
"""

import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from tray_app.adapters.sqlite.database import Database, keep
from tray_app.adapters.sqlite.touching import FileChange, by_contents, by_files
from tray_app.core.asset import Failure, shown
from tray_app.core.ledger import Audit, Confirmation, Counts, FailureRecord, Held, Known, RunRecord
from tray_app.core.phrase import plain_text

_CONFIRM = """
INSERT INTO confirmation
  (account_id, sha1, remote_id, state, confirmed_at, checked_at, sidecar_mtime_ns)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (account_id, sha1) DO UPDATE SET
  remote_id = excluded.remote_id, state = excluded.state, checked_at = excluded.checked_at
"""

_FAIL = """
INSERT INTO failure (account_id, file_id, reason, remedy, status, attempts, next_attempt_at, since)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (account_id, file_id) DO UPDATE SET
  reason = excluded.reason, remedy = excluded.remedy, status = excluded.status,
  attempts = excluded.attempts, next_attempt_at = excluded.next_attempt_at
"""


# Of failure x, file f and folder d, in the order `failure` reads them.
FAILURE_COLUMNS = "d.path, f.name, x.reason, x.remedy, x.status, x.attempts"


def failure(row: tuple[Any, ...]) -> Failure:
    """Build a failure from a row of FAILURE_COLUMNS."""
    folder, name, reason, remedy, status, attempts = row
    path = os.path.join(os.fsdecode(folder), os.fsdecode(name))  # noqa: PTH118  bytes-safe
    return Failure(shown(path), reason, remedy, status, attempts)


def _changes_of(conn: sqlite3.Connection, file_ids: Iterable[int]) -> list[FileChange]:
    """Return of which files something was learned."""
    query = "SELECT mtime_ns, sha1 FROM file WHERE id = ?"
    return [row for one in file_ids for row in conn.execute(query, (one,))]


_COUNT_FAILED = """
SELECT count(*) FROM failure x JOIN file f ON f.id = x.file_id
WHERE x.account_id = :account AND f.present AND x.ignored_at IS NULL
"""

# What a person deleted on the server, or wants ignored, is neither pending nor backed up.
_COUNT_STATES = """
SELECT c.state, count(*) FROM file f
LEFT JOIN confirmation c ON c.account_id = :account AND c.sha1 = f.sha1
WHERE f.present AND NOT EXISTS
  (SELECT 1 FROM tombstone t WHERE t.account_id = :account AND t.sha1 = f.sha1)
  AND NOT EXISTS (SELECT 1 FROM failure x WHERE x.account_id = :account AND x.file_id = f.id
                  AND x.ignored_at IS NOT NULL)
GROUP BY c.state
"""


def find_account(conn: sqlite3.Connection, user_id: str) -> int | None:
    """Return the row of this user; "" means whoever ran last; None: never met."""
    if user_id:
        row = conn.execute("SELECT id FROM account WHERE user_id = ?", (user_id,)).fetchone()
    else:
        row = conn.execute(
            "SELECT a.id FROM account a LEFT JOIN run r ON r.account_id = a.id"
            " ORDER BY r.id DESC LIMIT 1"
        ).fetchone()
    return row[0] if row else None


async def open_account(database: Database, user_id: str, address: str, email: str) -> int:
    """Return the row of this user, made at the first meeting."""

    def work(conn: sqlite3.Connection) -> int:
        row = conn.execute(
            "INSERT INTO account (user_id, address, email) VALUES (?, ?, ?)"
            " ON CONFLICT (user_id) DO UPDATE SET address=excluded.address, email=excluded.email"
            " RETURNING id",
            (user_id, address, email),
        ).fetchone()
        return int(row[0])

    keep(database.path)
    return await database.run(work)


class Ledger:
    """Outcomes of one account."""

    def __init__(self, database: Database, account_id: int) -> None:
        self._db = database
        self._account = account_id

    async def known(self, checksums: Sequence[bytes]) -> dict[bytes, Known]:
        """Return those checksums that need no upload: confirmed, or deleted on the server."""

        def work(conn: sqlite3.Connection) -> dict[bytes, Known]:
            marks = ",".join("?" * len(checksums))
            values = [self._account, *checksums]
            rows = conn.execute(
                "SELECT sha1, remote_id, deleted_at, 0 FROM tombstone"
                f" WHERE account_id = ? AND sha1 IN ({marks})"
                " UNION ALL SELECT sha1, remote_id, confirmed_at,"
                " state IN ('uploaded', 'duplicate') FROM confirmation"
                f" WHERE account_id = ? AND sha1 IN ({marks})",
                values * 2,
            )
            found: dict[bytes, Known] = {}
            for sha1, remote, since, held in rows:
                # Where there is a tombstone it comes first and its word is last.
                found.setdefault(sha1, Known(remote, datetime.fromisoformat(since), bool(held)))
            return found

        return await self._db.run(work)

    async def confirm(self, confirmations: Iterable[Confirmation], at: datetime) -> None:
        """Record that the server holds these bytes; earlier failures of them are over."""
        rows = list(confirmations)
        now = at.isoformat()

        def work(conn: sqlite3.Connection) -> None:
            conn.executemany(
                _CONFIRM,
                [
                    (self._account, c.sha1, c.remote_id, c.state, now, now, c.sidecar_mtime_ns)
                    for c in rows
                ],
            )
            conn.executemany(
                "DELETE FROM failure WHERE account_id = ? AND file_id IN"
                " (SELECT id FROM file WHERE sha1 = ?)",
                [(self._account, c.sha1) for c in rows],
            )
            conn.executemany(
                "DELETE FROM sent WHERE account_id = ? AND sha1 = ?",
                [(self._account, c.sha1) for c in rows],
            )
            conn.executemany(
                "DELETE FROM wanted WHERE account_id = ? AND sha1 = ?",
                [(self._account, c.sha1) for c in rows if c.state is not Held.TRASHED],
            )
            conn.executemany(
                "INSERT OR IGNORE INTO album_pending VALUES (?, ?, ?)",
                [(self._account, c.album, c.remote_id) for c in rows if c.album],
            )

        await self._db.run(work)
        self._db.tell(by_contents(c.sha1 for c in rows))

    async def note_sent(self, sent: Mapping[bytes, int | None]) -> None:
        """Remember what was sent and is not confirmed, with the mtime of each one's sidecar."""
        rows = [(self._account, sha1, sidecar) for sha1, sidecar in sent.items()]

        def work(conn: sqlite3.Connection) -> None:
            conn.executemany("INSERT OR REPLACE INTO sent VALUES (?, ?, ?)", rows)

        await self._db.run(work)

    async def sent(self) -> dict[bytes, int | None]:
        """Return what earlier runs sent and could not see confirmed."""

        def work(conn: sqlite3.Connection) -> dict[bytes, int | None]:
            rows = conn.execute(
                "SELECT sha1, sidecar_mtime_ns FROM sent WHERE account_id = ?", (self._account,)
            )
            return dict(rows.fetchall())

        return await self._db.run(work)

    async def wanted(self) -> set[bytes]:
        """Return what a person wants on the server again and it does not hold yet."""

        def work(conn: sqlite3.Connection) -> set[bytes]:
            query = "SELECT sha1 FROM wanted WHERE account_id = ?"
            return {row[0] for row in conn.execute(query, (self._account,))}

        return await self._db.run(work)

    async def join_albums(self, moved: Iterable[Confirmation]) -> None:
        """Queue assets that are backed up already for an album, nothing else."""
        rows = [(self._account, c.album, c.remote_id) for c in moved]

        def work(conn: sqlite3.Connection) -> None:
            conn.executemany("INSERT OR IGNORE INTO album_pending VALUES (?, ?, ?)", rows)

        await self._db.run(work)

    async def audited(self, answers: Iterable[tuple[bytes, str, Held]], at: datetime) -> None:
        """Record what the server said of confirmations when asked again."""
        rows = [(remote, state, at.isoformat(), self._account, s) for s, remote, state in answers]

        def work(conn: sqlite3.Connection) -> None:
            conn.executemany(
                "UPDATE confirmation SET remote_id = ?, state = ?, checked_at = ?"
                " WHERE account_id = ? AND sha1 = ?",
                rows,
            )

        await self._db.run(work)
        self._db.tell(by_contents(row[-1] for row in rows))

    async def changed_sidecars(self) -> int:
        """Count photos we sent whose XMP sidecar is new or changed since."""

        def work(conn: sqlite3.Connection) -> int:
            row = conn.execute(
                "SELECT count(*) FROM confirmation c JOIN file f ON f.sha1 = c.sha1"
                " WHERE c.account_id = ? AND c.state = 'uploaded' AND f.present"
                " AND f.sidecar_mtime_ns > coalesce(c.sidecar_mtime_ns, 0)",
                (self._account,),
            ).fetchone()
            return int(row[0])

        return await self._db.run(work)

    async def fail(self, record: FailureRecord, at: datetime) -> None:
        """Park a file with its reason."""
        due = record.next_attempt_at.isoformat() if record.next_attempt_at else None

        def work(conn: sqlite3.Connection) -> list[FileChange]:
            conn.execute(
                _FAIL,
                (
                    self._account,
                    record.file_id,
                    record.reason,
                    record.remedy,
                    record.status,
                    record.attempts,
                    due,
                    at.isoformat(),
                ),
            )
            return _changes_of(conn, [record.file_id])

        self._db.tell(by_files(await self._db.run(work)))

    async def failures(self, limit: int = -1) -> list[Failure]:
        """List the files that are there and failed, newest failure first."""

        def work(conn: sqlite3.Connection) -> list[Failure]:
            rows = conn.execute(
                f"SELECT {FAILURE_COLUMNS} FROM failure x"
                " JOIN file f ON f.id = x.file_id JOIN folder d ON d.id = f.folder_id"
                " WHERE x.account_id = ? AND f.present AND x.ignored_at IS NULL"
                " ORDER BY x.since DESC, f.id LIMIT ?",
                (self._account, limit),
            )
            return [failure(row) for row in rows]

        return await self._db.run(work)

    async def free_large(self, at: datetime) -> None:
        """Make files due that waited because an address refused their size (413)."""

        def work(conn: sqlite3.Connection) -> None:
            conn.execute(
                "UPDATE failure SET next_attempt_at = ? WHERE account_id = ? AND status = 413",
                (at.isoformat(), self._account),
            )

        await self._db.run(work)

    async def retry_all(self, at: datetime) -> int:
        """Make every parked file due again; forgets learned size limits."""

        def work(conn: sqlite3.Connection) -> int:
            conn.execute("DELETE FROM size_limit")
            return conn.execute(
                "UPDATE failure SET next_attempt_at = ?, attempts = 0"
                " WHERE account_id = ? AND ignored_at IS NULL",
                (at.isoformat(), self._account),
            ).rowcount

        return await self._db.run(work)

    async def retry(self, file_ids: Iterable[int], at: datetime) -> None:
        """Make just these failed files due again; forgets learned size limits, too."""
        rows = [(at.isoformat(), self._account, file_id) for file_id in file_ids]

        def work(conn: sqlite3.Connection) -> None:
            conn.execute("DELETE FROM size_limit")
            conn.executemany(
                "UPDATE failure SET next_attempt_at = ?, attempts = 0"
                " WHERE account_id = ? AND file_id = ?",
                rows,
            )

        await self._db.run(work)

    async def ignore(self, file_ids: Iterable[int], at: datetime | None) -> None:
        """Leave failed files out from now on, neither failed nor pending; None takes it back.

        It holds for the file as it is: one whose bytes change is a candidate again.
        """
        ids = tuple(file_ids)
        since = at.isoformat() if at else None
        rows = [(since, self._account, file_id) for file_id in ids]

        def work(conn: sqlite3.Connection) -> list[FileChange]:
            conn.executemany(
                "UPDATE failure SET ignored_at = ? WHERE account_id = ? AND file_id = ?", rows
            )
            return _changes_of(conn, ids)

        self._db.tell(by_files(await self._db.run(work)))

    async def oldest_checked(self, limit: int, before: datetime) -> list[Audit]:
        """Return backed-up files that are still here and were longest not asked about."""

        def work(conn: sqlite3.Connection) -> list[Audit]:
            rows = conn.execute(
                "SELECT c.sha1, c.remote_id, c.state FROM confirmation c"
                " WHERE c.account_id = ? AND c.checked_at < ?"
                " AND EXISTS (SELECT 1 FROM file f WHERE f.sha1 = c.sha1 AND f.present)"
                " ORDER BY c.checked_at LIMIT ?",
                (self._account, before.isoformat(), limit),
            )
            return [Audit(*row) for row in rows]

        return await self._db.run(work)

    async def counts(self) -> Counts:
        """Count the files of this computer."""

        def work(conn: sqlite3.Connection) -> Counts:
            account = {"account": self._account}
            failed = conn.execute(_COUNT_FAILED, account).fetchone()[0]
            states: dict[str | None, int] = dict(conn.execute(_COUNT_STATES, account).fetchall())
            return Counts(
                pending=states.get(None, 0),
                failed=failed,
                backed_up=states.get(Held.UPLOADED, 0) + states.get(Held.DUPLICATE, 0),
                trashed=states.get(Held.TRASHED, 0),
                missing=states.get(Held.MISSING, 0),
            )

        return await self._db.run(work)

    async def next_attempt(self, after: datetime) -> datetime | None:
        """Return the first time `after` at which a failed file may be tried again by itself.

        One that was due before and was not tried lies where no run looks now.
        """

        def work(conn: sqlite3.Connection) -> datetime | None:
            row = conn.execute(
                "SELECT min(x.next_attempt_at) FROM failure x JOIN file f ON f.id = x.file_id"
                " WHERE x.account_id = ? AND f.present AND x.ignored_at IS NULL"
                " AND x.next_attempt_at > ?",
                (self._account, after.isoformat()),
            ).fetchone()
            return datetime.fromisoformat(row[0]) if row[0] else None

        return await self._db.run(work)

    async def fact(self, key: str) -> str | None:
        """Read a remembered value."""

        def work(conn: sqlite3.Connection) -> str | None:
            row = conn.execute(
                "SELECT value FROM fact WHERE account_id = ? AND key = ?", (self._account, key)
            ).fetchone()
            return None if row is None else str(row[0])

        return await self._db.run(work)

    async def remember(self, key: str, value: str | None) -> None:
        """Keep a value under a key, or with None forget it."""

        def work(conn: sqlite3.Connection) -> None:
            if value is None:
                conn.execute(
                    "DELETE FROM fact WHERE account_id = ? AND key = ?", (self._account, key)
                )
            else:
                conn.execute(
                    "INSERT OR REPLACE INTO fact VALUES (?, ?, ?)", (self._account, key, value)
                )

        await self._db.run(work)

    async def end_run(self, record: RunRecord) -> None:
        """Write the history and what follows from it: last success, failing since.

        `backupFailedSince` is set by the first failing run, kept by later ones and cleared by
        the first fully successful one (requirement, Error Handling).
        """
        ended = record.ended_at.isoformat()
        summary = msgspec.json.encode(record.summary, enc_hook=plain_text).decode()

        def work(conn: sqlite3.Connection) -> None:
            conn.execute(
                "INSERT INTO run (account_id, started_at, ended_at, outcome, summary)"
                " VALUES (?, ?, ?, ?, ?)",
                (self._account, record.started_at.isoformat(), ended, record.outcome, summary),
            )
            if record.success:  # whatever was sent is confirmed by now, or nobody wants it
                conn.execute("DELETE FROM sent WHERE account_id = ?", (self._account,))
                conn.execute(
                    "DELETE FROM fact WHERE account_id = ? AND key = 'backupFailedSince'",
                    (self._account,),
                )
                conn.execute(
                    "INSERT INTO fact VALUES (?, 'lastSuccess', ?)"
                    " ON CONFLICT (account_id, key) DO UPDATE SET value = excluded.value",
                    (self._account, ended),
                )
            elif record.failing:
                conn.execute(
                    "INSERT OR IGNORE INTO fact VALUES (?, 'backupFailedSince', ?)",
                    (self._account, ended),
                )

        await self._db.run(work)
