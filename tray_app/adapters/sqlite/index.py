"""The local index in `backup.db`: which files are there, and what is known of their bytes.

Paths are bytes in SQLite, so that any name a file system allows survives (design section 3).
"""

import os
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.seen import remember, seal_of
from tray_app.adapters.sqlite.touching import FileChange, by_files
from tray_app.core.asset import Failure, Kind, LocalFile, Stamp, unreadable_folder
from tray_app.core.listing import Entry, FolderListing
from tray_app.core.pairing import PairRole, pair_role

# Of `file f JOIN folder d`, in the order `local_file` reads them.
FILE_COLUMNS = (
    "f.id, d.path, f.name, f.kind, f.size, f.mtime_ns, f.ctime_ns, f.inode, f.sha1,"
    " f.sidecar, f.duration_ms, f.content_id"
)


class Index:
    """Files of this computer, for every account alike."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def begin_scope(self) -> None:
        """Forget which folders the last run looked at."""

        def work(conn: sqlite3.Connection) -> None:
            conn.execute("DROP TABLE IF EXISTS temp.scope")
            conn.execute("CREATE TEMP TABLE scope (folder_id INTEGER NOT NULL, name BLOB)")

        await self._db.run(work)

    async def reconcile(self, listings: Sequence[FolderListing], *, whole: bool = True) -> int:
        """Make the index equal to what was seen; returns how many files are new or changed.

        A folder that could not be read is noted and changes nothing else. `whole` False: the
        listing names only some files of the folder, the others are left alone.
        """
        touched: list[FileChange] = []

        def work(conn: sqlite3.Connection) -> int:
            _note_unreadable(conn, listings)
            return sum(
                _reconcile(conn, listing, touched, whole=whole)
                for listing in listings
                if listing.error is None
            )

        changed = await self._db.run(work)
        self._db.tell(by_files(touched))
        return changed

    async def forget_unseen(self, root: str, kept: Sequence[str]) -> None:
        """Mark files of folders below `root` that no root of this run showed as absent.

        `kept`: folders that could not be read; what is below them stays as it is. A folder
        that one root excludes and another one showed is in the scope, whatever their order.
        """
        touched: list[FileChange] = []

        def work(conn: sqlite3.Connection) -> None:
            known = conn.execute(
                "SELECT id, path FROM folder WHERE (path = ? OR (path > ? AND path < ?))"
                " AND id NOT IN (SELECT folder_id FROM scope)",
                below(root),
            ).fetchall()
            gone = [
                (folder_id,) for folder_id, path in known if not _under(os.fsdecode(path), kept)
            ]
            for folder in gone:
                touched.extend(
                    conn.execute(
                        "UPDATE file SET present = 0 WHERE folder_id = ? AND present"
                        " RETURNING mtime_ns, sha1",
                        folder,
                    )
                )
            closed = conn.execute(
                "SELECT path FROM unreadable WHERE path = ? OR (path > ? AND path < ?)",
                below(root),
            ).fetchall()
            over = [row for row in closed if not _under(os.fsdecode(row[0]), kept)]
            conn.executemany("DELETE FROM unreadable WHERE path = ?", over)

        await self._db.run(work)
        self._db.tell(by_files(touched))

    async def subfolders(self, folder: str) -> frozenset[str]:
        """Return the folders right below `folder` that were seen and whose files have not gone."""

        def work(conn: sqlite3.Connection) -> frozenset[str]:
            _, base, end = below(folder)
            rows = conn.execute(
                "SELECT path FROM folder d WHERE path > ? AND path < ? AND"
                " (EXISTS (SELECT 1 FROM file f WHERE f.folder_id = d.id AND f.present)"
                " OR NOT EXISTS (SELECT 1 FROM file f WHERE f.folder_id = d.id))",
                (base, end),
            )
            names = {path[len(base) :].partition(b"/")[0] for (path,) in rows}
            return frozenset(os.fsdecode(base + name) for name in names)

        return await self._db.run(work)

    async def widen_scope(self, root: str) -> None:
        """Put every known folder of `root` into the scope as it was last seen."""

        def work(conn: sqlite3.Connection) -> None:
            conn.execute(
                "INSERT INTO scope SELECT id, NULL FROM folder"
                " WHERE (path = ? OR (path > ? AND path < ?))"
                " AND id NOT IN (SELECT folder_id FROM scope)",
                below(root),
            )

        await self._db.run(work)

    async def unreadable_below(self, root: str) -> list[tuple[str, str]]:
        """List path and reason of the folders of `root` that could not be read when last tried."""

        def work(conn: sqlite3.Connection) -> list[tuple[str, str]]:
            rows = conn.execute(
                "SELECT path, reason FROM unreadable WHERE path = ? OR (path > ? AND path < ?)",
                below(root),
            )
            return [(os.fsdecode(path), reason) for path, reason in rows]

        return await self._db.run(work)

    async def known_below(self, root: str) -> int:
        """Count the files last seen in or below `root`."""

        def work(conn: sqlite3.Connection) -> int:
            row = conn.execute(
                "SELECT count(*) FROM file f JOIN folder d ON d.id = f.folder_id"
                " WHERE f.present AND (d.path = ? OR (d.path > ? AND d.path < ?))",
                below(root),
            ).fetchone()
            return int(row[0])

        return await self._db.run(work)

    async def known_folders(self) -> int:
        """Count the folders that were looked at so far."""

        def work(conn: sqlite3.Connection) -> int:
            return int(conn.execute("SELECT count(*) FROM folder").fetchone()[0])

        return await self._db.run(work)

    async def unreadable(self) -> list[Failure]:
        """List the folders that could not be read when they were last looked at."""

        def work(conn: sqlite3.Connection) -> list[Failure]:
            rows = conn.execute("SELECT path, reason FROM unreadable ORDER BY path")
            return [unreadable_folder(os.fsdecode(path), reason) for path, reason in rows]

        return await self._db.run(work)

    async def restamp(self, file: LocalFile, stamp: Stamp) -> None:
        """Record that a file has changed; its checksum is unknown again."""

        def work(conn: sqlite3.Connection) -> None:
            conn.execute(
                "UPDATE file SET size=?, mtime_ns=?, ctime_ns=?, inode=?, sha1=NULL WHERE id=?",
                (*_numbers(stamp), file.id),
            )

        await self._db.run(work)
        self._db.tell(by_files([(file.stamp.mtime_ns, file.sha1), (stamp.mtime_ns, None)]))

    async def mark_absent(self, file_id: int) -> None:
        """Record that a file has gone."""

        def work(conn: sqlite3.Connection) -> list[FileChange]:
            return conn.execute(
                "UPDATE file SET present = 0 WHERE id = ? RETURNING mtime_ns, sha1", (file_id,)
            ).fetchall()

        self._db.tell(by_files(await self._db.run(work)))

    async def save_hashes(self, files: Sequence[LocalFile]) -> None:
        """Store what hashing told about each file; one commit for all."""

        def work(conn: sqlite3.Connection) -> None:
            conn.executemany(
                "UPDATE file SET sha1=?, duration_ms=?, content_id=?,"
                " size=?, mtime_ns=?, ctime_ns=?, inode=? WHERE id=?",
                [(f.sha1, f.duration_ms, f.content_id, *_numbers(f.stamp), f.id) for f in files],
            )

        await self._db.run(work)
        self._db.tell(by_files((f.stamp.mtime_ns, f.sha1) for f in files))


def local_file(row: Sequence[object]) -> LocalFile:
    """Build a file from a row of the index, in the order of FILE_COLUMNS."""
    file_id, folder, name, kind, size, mtime, ctime, inode, sha1, sidecar, duration, content = row
    base = os.fsdecode(folder)  # type: ignore[arg-type]  # SQLite is typed by its schema
    return LocalFile(
        id=file_id,  # type: ignore[arg-type]
        path=os.path.join(base, os.fsdecode(name)),  # type: ignore[arg-type]  # noqa: PTH118  bytes-safe
        kind=Kind(str(kind)),
        stamp=Stamp(size, mtime, ctime, int(inode)),  # type: ignore[arg-type,call-overload]
        sha1=sha1,  # type: ignore[arg-type]
        sidecar=os.path.join(base, os.fsdecode(sidecar)) if sidecar else None,  # type: ignore[arg-type]  # noqa: PTH118
        duration_ms=duration,  # type: ignore[arg-type]
        content_id=content,  # type: ignore[arg-type]
    )


def _numbers(stamp: Stamp) -> tuple[int, int, int, str]:
    return stamp.size, stamp.mtime_ns, stamp.ctime_ns, str(stamp.inode)


def below(root: str) -> tuple[bytes, bytes, bytes]:
    """Bounds of a range over the unique index on folder paths."""
    path = os.fsencode(root)
    base = path.rstrip(b"/") + b"/"
    return path, base, base[:-1] + b"0"


def _under(path: str, parents: Iterable[str]) -> bool:
    return any(path == parent or path.startswith(parent + os.sep) for parent in parents)


def _folder(conn: sqlite3.Connection, path: str) -> tuple[int, bytes | None]:
    """Return the id, and what it showed when its rows were last equal to it."""
    encoded = os.fsencode(path)
    row = conn.execute("SELECT id, seen FROM folder WHERE path = ?", (encoded,)).fetchone()
    if row is None:
        row = conn.execute(
            "INSERT INTO folder (path) VALUES (?) RETURNING id, seen", (encoded,)
        ).fetchone()
    return int(row[0]), row[1]


def _note_unreadable(conn: sqlite3.Connection, listings: Sequence[FolderListing]) -> None:
    now = datetime.now(UTC).isoformat()
    conn.executemany(
        "INSERT INTO unreadable VALUES (?, ?, ?)"
        " ON CONFLICT (path) DO UPDATE SET reason = excluded.reason",
        [(os.fsencode(one.path), one.error, now) for one in listings if one.error is not None],
    )
    if conn.execute("SELECT 1 FROM unreadable LIMIT 1").fetchone():
        readable = [(os.fsencode(one.path),) for one in listings if one.error is None]
        conn.executemany("DELETE FROM unreadable WHERE path = ?", readable)


def _reconcile(
    conn: sqlite3.Connection, listing: FolderListing, touched: list[FileChange], *, whole: bool
) -> int:
    folder_id, sealed = _folder(conn, listing.path)
    if whole:
        conn.execute("INSERT INTO scope VALUES (?, NULL)", (folder_id,))
        seal = seal_of(listing.entries)
        if seal is None or seal != sealed:
            changed = _compare(conn, folder_id, listing, touched, whole=True)
            remember(conn, folder_id, seal)
            return changed
        return 0
    names = [(folder_id, os.fsencode(entry.name)) for entry in listing.entries]
    conn.executemany("INSERT INTO scope VALUES (?, ?)", names)
    return _compare(conn, folder_id, listing, touched, whole=False)


def _compare(
    conn: sqlite3.Connection,
    folder_id: int,
    listing: FolderListing,
    touched: list[FileChange],
    *,
    whole: bool,
) -> int:
    seen = [(os.fsencode(entry.name), entry) for entry in listing.entries]
    found = conn.execute(
        "SELECT name, id, size, mtime_ns, ctime_ns, inode, sidecar, sidecar_mtime_ns, present,"
        " sha1 FROM file WHERE folder_id = ?",
        (folder_id,),
    )
    known = {row[0]: row for row in found}
    changed = 0
    for name, entry in seen:
        row = known.pop(name, None)
        beside = os.fsencode(entry.sidecar) if entry.sidecar else None, entry.sidecar_mtime_ns
        # Almost every file is the same in all of this.
        if row is None or row[2:9] != (*_numbers(entry.stamp), *beside, 1):
            changed += _apply(conn, folder_id, entry, row)
            touched.append((entry.stamp.mtime_ns, None))
            if row:
                touched.append((row[3], row[9]))
    if whole and known:
        gone = [row for row in known.values() if row[8]]
        conn.executemany("UPDATE file SET present = 0 WHERE id = ?", [(row[1],) for row in gone])
        touched.extend((row[3], row[9]) for row in gone)
    return changed


def _apply(
    conn: sqlite3.Connection, folder_id: int, entry: Entry, row: tuple[object, ...] | None
) -> bool:
    """Write an entry that is not what the index has; tells whether its bytes may differ."""
    name = os.fsencode(entry.name)
    beside = os.fsencode(entry.sidecar) if entry.sidecar else None, entry.sidecar_mtime_ns
    if row is None:
        conn.execute(
            "INSERT INTO file (folder_id, name, stem, kind, pair_role, size, mtime_ns, ctime_ns,"
            " inode, sidecar, sidecar_mtime_ns) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (folder_id, name, *_facts(entry), *_numbers(entry.stamp), *beside),
        )
        return True
    old = Stamp(row[2], row[3], row[4], int(row[5]))  # type: ignore[arg-type,call-overload]
    if entry.stamp.same_as(old):
        if (row[6], row[7]) != beside or not row[8]:
            conn.execute(
                "UPDATE file SET sidecar=?, sidecar_mtime_ns=?, present=1 WHERE id=?",
                (*beside, row[1]),
            )
        return False
    conn.execute(
        "UPDATE file SET size=?, mtime_ns=?, ctime_ns=?, inode=?, sidecar=?, sidecar_mtime_ns=?,"
        " kind=?, present=1, sha1=NULL, duration_ms=NULL, content_id=NULL WHERE id=?",
        (*_numbers(entry.stamp), *beside, entry.kind, row[1]),
    )
    conn.execute("DELETE FROM failure WHERE file_id = ?", (row[1],))
    return True


def _facts(entry: Entry) -> tuple[bytes, Kind, PairRole]:
    stem, extension = os.path.splitext(entry.name.lower())  # noqa: PTH122  a name is no path
    return os.fsencode(stem), entry.kind, pair_role(extension)
