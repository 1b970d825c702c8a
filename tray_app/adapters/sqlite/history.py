"""The lists of the window, read from `backup.db` page by page."""

import os
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec

from tray_app.adapters.sqlite.backup_reader import BackupReader
from tray_app.adapters.sqlite.index import below
from tray_app.adapters.sqlite.ledger import find_account
from tray_app.core.asset import unreadable_folder
from tray_app.core.history import Cursor, FailedRow, FileRow, FolderRow, RunRow, Span
from tray_app.core.ledger import Held
from tray_app.core.setting_specs import Folder

T = TypeVar("T")
_ESCAPE = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})
_MATCHES = "(:like = '' OR CAST(d.path || '/' || f.name AS TEXT) LIKE :like ESCAPE '\\')"

_RUNS = """
SELECT id, started_at, ended_at, outcome, summary FROM run
WHERE account_id = :account AND (:first OR id < :a) ORDER BY id DESC LIMIT :limit
"""
_FILES = f"""
SELECT c.confirmed_at, c.sha1, f.id, d.path, f.name, f.size, c.state
FROM confirmation c JOIN file f ON f.sha1 = c.sha1 JOIN folder d ON d.id = f.folder_id
WHERE c.account_id = :account AND c.state IN ('uploaded', 'duplicate') AND f.present
  AND c.confirmed_at BETWEEN :start AND :end
  AND (:first OR (c.confirmed_at, c.sha1, f.id) < (:a, :b, :c)) AND {_MATCHES}
ORDER BY c.confirmed_at DESC, c.sha1 DESC, f.id DESC LIMIT :limit
"""
_FAILURES = f"""
SELECT x.since, f.id, d.path, f.name, x.reason, x.remedy, x.status, x.attempts, x.next_attempt_at
FROM failure x JOIN file f ON f.id = x.file_id JOIN folder d ON d.id = f.folder_id
WHERE x.account_id = :account AND f.present AND (x.ignored_at IS NOT NULL) = :ignored
  AND (:first OR (x.since, f.id) < (:a, :b)) AND {_MATCHES}
ORDER BY x.since DESC, f.id DESC LIMIT :limit
"""
_UNREADABLE = """
SELECT path, reason, since FROM unreadable
WHERE :like = '' OR CAST(path AS TEXT) LIKE :like ESCAPE '\\' ORDER BY path
"""
_IGNORED = """
SELECT count(*) FROM failure x JOIN file f ON f.id = x.file_id
WHERE x.account_id = :account AND f.present AND x.ignored_at IS NOT NULL
"""
# The same sums as `Ledger.counts`, of one folder and what is below it.
_FOLDER = """
SELECT count(*) FILTER (WHERE c.state IN ('uploaded', 'duplicate')),
       count(*) FILTER (WHERE c.state IS NULL AND x.ignored_at IS NULL),
       count(x.file_id) FILTER (WHERE x.ignored_at IS NULL)
FROM folder d JOIN file f ON f.folder_id = d.id AND f.present
LEFT JOIN confirmation c ON c.account_id = ?1 AND c.sha1 = f.sha1
LEFT JOIN failure x ON x.account_id = ?1 AND x.file_id = f.id
WHERE (d.path = ?2 OR (d.path > ?3 AND d.path < ?4)) AND NOT EXISTS
  (SELECT 1 FROM tombstone t WHERE t.account_id = ?1 AND t.sha1 = f.sha1)
"""
_EVER = Span(datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


class BackupHistory:
    """Port `History`; `user` names the signed-in user's id ("": who ran last).

    `folders` gives the chosen ones and `unavailable` says why one cannot be looked at. All three
    are called in the reader's thread.
    """

    def __init__(
        self,
        reader: BackupReader,
        user: Callable[[], str],
        folders: Callable[[], Sequence[Folder]],
        unavailable: Callable[[str], str],
    ) -> None:
        self._reader = reader
        self._user = user
        self._folders = folders
        self._unavailable = unavailable

    async def runs(self, after: Cursor | None, limit: int) -> Sequence[RunRow]:
        """List runs that ended."""
        return [_run(row) for row in await self._rows(_RUNS, after, limit=limit)]

    async def files(
        self, search: str, span: Span | None, after: Cursor | None, limit: int
    ) -> Sequence[FileRow]:
        """List backed-up files."""
        time = span or _EVER
        rows = await self._rows(
            _FILES,
            after,
            like=_like(search),
            start=time.start.isoformat(),
            end=time.end.isoformat(),
            limit=limit,
        )
        return [_file(row) for row in rows]

    async def failures(
        self, search: str, after: Cursor | None, limit: int, *, ignored: bool
    ) -> Sequence[FailedRow]:
        """List files that are not backed up; folders that cannot be read come first."""
        like = _like(search)
        rows = await self._rows(_FAILURES, after, like=like, ignored=ignored, limit=limit)
        found = [_failure(row) for row in rows]
        if ignored or after is not None:
            return found
        return [_closed(row) for row in await self._rows(_UNREADABLE, None, like=like)] + found

    async def ignored_count(self) -> int:
        """Count the ignored ones."""
        ((count,),) = await self._rows(_IGNORED, None)
        return int(count)

    async def folders(self) -> Sequence[FolderRow]:
        """Tell how the chosen folders stand."""

        def work(conn: sqlite3.Connection) -> list[FolderRow]:
            account = find_account(conn, self._user())
            return [self._folder(conn, account, folder) for folder in self._folders()]

        return await self._reader.run(work)

    def _folder(self, conn: sqlite3.Connection, account: int | None, folder: Folder) -> FolderRow:
        path = os.path.abspath(folder.path)  # noqa: PTH100  keeps undecodable bytes
        counts = conn.execute(_FOLDER, (account, *below(path))).fetchone()
        why = self._unavailable(path) if folder.enabled else ""
        return FolderRow(
            path=folder.path,
            enabled=folder.enabled,
            backed_up=counts[0],
            pending=counts[1],
            failed=counts[2],
            unavailable=why,
        )

    async def _rows(self, sql: str, after: Cursor | None, **values: object) -> list[Any]:
        place = dict(zip("abc", after or (), strict=False))
        given = {"a": "", "b": "", "c": "", "first": after is None, **place, **values}

        def work(conn: sqlite3.Connection) -> list[Any]:
            return conn.execute(
                sql, {**given, "account": find_account(conn, self._user())}
            ).fetchall()

        return await self._reader.run(work)


def _like(search: str) -> str:
    text = search.strip()
    return f"%{text.translate(_ESCAPE)}%" if text else ""


def _path(folder: bytes, name: bytes) -> str:
    return os.path.join(os.fsdecode(folder), os.fsdecode(name))  # noqa: PTH118  bytes-safe


def _run(row: tuple[Any, ...]) -> RunRow:
    number, started, ended, outcome, summary = row
    counts: Mapping[str, Any] = msgspec.json.decode(summary)
    return RunRow(
        cursor=(number,),
        started_at=datetime.fromisoformat(started),
        ended_at=datetime.fromisoformat(ended),
        outcome=outcome,
        completed=counts.get("completedCount", 0),
        duplicates=counts.get("duplicateCount", 0),
        failed=counts.get("failedCount", 0),
        skipped=counts.get("skippedCount", 0),
        bytes_sent=counts.get("bytesSent", 0),
        reason=" ".join(filter(None, (counts.get("error", ""), counts.get("remedy", "")))),
    )


def _file(row: tuple[Any, ...]) -> FileRow:
    at, sha1, number, folder, name, size, state = row
    return FileRow(
        cursor=(at, sha1, number),
        path=_path(folder, name),
        size=size,
        at=datetime.fromisoformat(at),
        held=Held(state),
    )


def _failure(row: tuple[Any, ...]) -> FailedRow:
    since, number, folder, name, reason, remedy, status, attempts, due = row
    return FailedRow(
        cursor=(since, number),
        file_id=number,
        path=_path(folder, name),
        reason=reason,
        remedy=remedy,
        status=status,
        attempts=attempts,
        since=datetime.fromisoformat(since),
        next_attempt_at=datetime.fromisoformat(due) if due else None,
    )


def _closed(row: tuple[Any, ...]) -> FailedRow:
    path, why, since = row
    told = unreadable_folder(os.fsdecode(path), why)
    return FailedRow(
        cursor=(),
        file_id=None,
        path=os.fsdecode(path),
        reason=told.reason,
        remedy=told.remedy,
        since=datetime.fromisoformat(since),
    )
