"""One SQLite file: one thread, one connection, one transaction a unit of work, migrations.

A file that another version made newer is refused, never overwritten; a corrupt one is set
aside with a timestamp and built anew (design section 4).
"""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TypeVar, cast

from tray_app.core.errors import Need, NeedsUser
from tray_app.core.phrase import phrase
from tray_app.core.timeline_changes import Touched

T = TypeVar("T")
log = logging.getLogger(__name__)

BUSY_SECONDS = 30.0
_MOST_LOSSES = 5
_BESIDE_SECONDS = 2.0  # to wait for a database that one can do without
# Result codes that the disk, its permissions or another program cause; others are bugs of ours.
_OF_THE_DISK = frozenset(
    {
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
    }
)


# Of values that are neither int, float nor text, sqlite3 asks each time whether something can
# turn them into SQLite's: an answer that is a C call halves the time of a row with many NULLs.
sqlite3.register_adapter(type(None), cast("Callable[[None], None]", {}.get))
sqlite3.register_adapter(bytes, bytes)
sqlite3.register_adapter(bool, int)


class Database:
    """A database file opened for this process.

    `name` chooses the migrations (`backup`, `library`). `set_aside` is where a corrupt
    predecessor went, None normally. Raises NeedsUser for a newer or unusable file.
    `durable`: a commit outlives a power failure; otherwise the last ones may be undone.
    """

    def __init__(self, path: Path, name: str, *, durable: bool = False) -> None:
        self.path = path
        self._heard: Callable[[Touched], None] = lambda _touched: None
        self._durable = durable
        self._name = name
        self._complained = ""
        self._losses = 0
        self._lost = False
        self.set_aside: Path | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"sqlite-{name}")
        try:
            self._connection = self._thread.submit(self._opened).result()
        except BaseException:
            self._thread.shutdown()
            raise

    def _opened(self) -> sqlite3.Connection:
        connection = self._open(self._name)
        if self._durable:
            connection.execute("PRAGMA synchronous = FULL")
        self._file = identity(self.path)
        return connection

    def _open(self, name: str) -> sqlite3.Connection:
        try:
            _erase_if_wished(self.path)
            if not _mark(self.path).exists():
                return _connect(self.path, name)
        except sqlite3.DatabaseError as exc:
            if not _is_corrupt(exc):
                raise _unusable(self.path, exc) from exc
        except OSError as exc:  # of the file system, before SQLite says it in its own words
            raise _unusable(self.path, exc) from exc
        self.set_aside = _move_aside(self.path)
        log.error("%s was damaged; set aside as %s", self.path.name, self.set_aside.name)
        _mark(self.path).unlink(missing_ok=True)
        return _connect(self.path, name)

    @property
    def note(self) -> str:
        """Say that the file was damaged and where it went; empty normally."""
        if not self.set_aside:
            return ""
        kept = self.set_aside.name
        return phrase(
            "{name} was damaged; it was set aside as {kept} and built anew.",
            name=self.path.name,
            kept=kept,
        )

    def listen(self, listener: Callable[[Touched], None]) -> None:
        """Tell `listener`, and nobody else, what commits change of the timeline."""
        self._heard = listener

    def tell(self, touched: Touched) -> None:
        """Pass on what a commit changed; repositories call it in the loop's thread."""
        if touched:
            self._heard(touched)

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` in its own thread inside one transaction; any exception rolls it back.

        Raises NeedsUser when the disk is full or the file cannot be written.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._transaction, work)

    def run_now(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do the same from a thread that may wait: a command without a loop."""
        return self._thread.submit(self._transaction, work).result()

    async def run_beside(
        self, other: Path, name: str, work: Callable[[sqlite3.Connection], T]
    ) -> T | None:
        """Do the same while `work` may also read the database `other`, as schema `name`.

        None, and nothing was changed: `other` is missing, damaged, locked or of another version.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._beside, other, name, work)

    def _beside(self, other: Path, name: str, work: Callable[[sqlite3.Connection], T]) -> T | None:
        self._stay_with_the_file()
        try:
            if not self._attach(other, name):
                return None
            try:
                return self._in_one(work)
            finally:
                self._detach(name)
        except sqlite3.DatabaseError as exc:
            # Whose fault it is nobody knows; if it is ours, the next transaction will tell.
            if not (_is_corrupt(exc) or _is_of_the_disk(exc)):
                raise
            self._complain(f"{other.name} cannot be read now: {exc}")
            return None

    def _complain(self, words: str) -> None:
        """Write it once, not for each use."""
        if words != self._complained:
            log.warning("%s", words)
        self._complained = words

    def _attach(self, other: Path, name: str) -> bool:
        """Attach; False: it is of another version. Waits for a lock, but not as for our own."""
        connection = self._connection
        connection.execute(f"PRAGMA busy_timeout = {_BESIDE_SECONDS * 1000:.0f}")
        try:
            connection.execute(f"ATTACH ? AS {name}", (f"{_uri(other)}?mode=ro",))
            version = connection.execute(f"PRAGMA {name}.user_version").fetchone()[0]
        except sqlite3.DatabaseError:
            self._detach(name)
            raise
        finally:
            connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}")
        if version != len(_scripts(name)):
            self._detach(name)
            return False
        return True

    def _detach(self, name: str) -> None:
        with suppress(sqlite3.OperationalError):  # it was not attached
            self._connection.execute(f"DETACH {name}")

    def _in_one(self, work: Callable[[sqlite3.Connection], T]) -> T:
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(connection)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # a full disk has ended it already
                connection.execute("ROLLBACK")
            raise
        return result

    def _transaction(self, work: Callable[[sqlite3.Connection], T]) -> T:
        self._stay_with_the_file()
        with disk_faults_in_words(self.path):
            return self._in_one(work)

    def _stay_with_the_file(self) -> None:
        """Notice that our file was taken away: what we write would go with it.

        That is told once, then the file that is there now is opened as at a start. Where files
        have no lasting identity, as on some network drives, this gives up looking.
        """
        if self._lost:
            self._connection = self._opened()
            self._lost = False
        elif self._losses < _MOST_LOSSES and identity(self.path) != self._file:
            self._losses += 1
            self._lost = True
            self._let_go()
            raise _taken_away(self.path)

    def _let_go(self) -> None:
        """Write the lost file's log into it, wherever it is, and take the log away.

        It has the name of the new file's, and SQLite would take it for that.
        """
        with suppress(sqlite3.DatabaseError):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.close()
        for suffix in ("-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def close(self) -> None:
        """Finish running work and close the file."""
        self._thread.submit(self._connection.close).result()
        self._thread.shutdown()


@contextmanager
def disk_faults_in_words(path: Path) -> Iterator[None]:
    """Turn what the disk or another program causes into NeedsUser; marks a damaged file."""
    try:
        yield
    except sqlite3.DatabaseError as exc:
        if _is_corrupt(exc):
            _mark(path).touch(mode=0o600)
            raise _damaged(path) from exc
        if _is_of_the_disk(exc):
            raise _unusable(path, exc) from exc
        raise  # our own mistake: a bug is loud


def identity(path: Path) -> tuple[int, int] | None:
    """Tell files of the same name apart; None: there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def erase_at_start(path: Path) -> None:
    """Have a database deleted when it is opened next and nobody else uses it any more."""
    if path.exists():
        _wish(path).touch(mode=0o600)


def keep(path: Path) -> None:
    """Take the wish back: somebody is signed in again, and the records are theirs."""
    _wish(path).unlink(missing_ok=True)


def _wish(path: Path) -> Path:
    return path.with_name(f"{path.name}-erase")


def _erase_if_wished(path: Path) -> None:
    if not _wish(path).exists() or _is_used(path):
        return
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    _wish(path).unlink(missing_ok=True)
    log.info("%s was deleted, as asked at sign-out.", path.name)


def _is_used(path: Path) -> bool:
    """Tell whether any program has it open: SQLite leaves WAL only for the last connection."""
    connection = sqlite3.connect(_uri(path), timeout=0, isolation_level=None, uri=True)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.DatabaseError as exc:
        return exc.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    finally:
        connection.close()
    return False


def _connect(path: Path, name: str) -> sqlite3.Connection:
    connection = sqlite3.connect(_uri(path), timeout=BUSY_SECONDS, isolation_level=None, uri=True)
    try:
        _refuse_newer(connection, path, name)
        path.chmod(0o600)
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -8000")
        connection.execute("PRAGMA temp_store = FILE")
        _check(connection)
        _migrate(connection, name)
    except BaseException:
        connection.close()
        raise
    return connection


def _uri(path: Path) -> str:
    return path.absolute().as_uri()


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turn to WAL; of a file that others just make SQLite says "locked" without any wait."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as exc:
            if exc.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def _check(connection: sqlite3.Connection) -> None:
    """Read the schema and the first pages; damage there shows at once."""
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _refuse_newer(connection: sqlite3.Connection, path: Path, name: str) -> None:
    """Look before anything is written: a newer file stays exactly as it is."""
    if _version(connection) > len(_scripts(name)):
        raise NeedsUser(
            phrase("{path} was written by a newer Immich Tray.", path=path),
            need=Need.SETTINGS,
            remedy=phrase("Install the newer version again, or use another IMMICH_TRAY_HOME."),
        )


def _migrate(connection: sqlite3.Connection, name: str) -> None:
    version = _version(connection)
    for number, script in enumerate(_scripts(name)[version:], version + 1):
        try:
            connection.executescript(
                f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;"
            )
        except sqlite3.OperationalError:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if _version(connection) < number:  # else another program was faster
                raise


@cache
def _scripts(name: str) -> list[str]:
    folder = resources.files("tray_app.adapters.sqlite.migrations")
    files = sorted(
        (entry for entry in folder.iterdir() if entry.name.startswith(f"{name}_")),
        key=lambda entry: entry.name,
    )
    return [entry.read_text(encoding="utf-8") for entry in files]


def _is_corrupt(exc: sqlite3.DatabaseError) -> bool:
    code = getattr(exc, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _is_of_the_disk(exc: sqlite3.DatabaseError) -> bool:
    return getattr(exc, "sqlite_errorcode", 0) & 0xFF in _OF_THE_DISK


def _mark(path: Path) -> Path:
    """Name the mark of a file that proved damaged while it was in use."""
    return path.with_name(f"{path.name}-damaged")


def _move_aside(path: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    target = path.with_name(f"{path.name}.damaged-{stamp}")
    for suffix in ("", "-wal", "-shm"):
        source = path.with_name(path.name + suffix)
        if source.exists():
            source.rename(target.with_name(target.name + suffix))
    return target


def _damaged(path: Path) -> NeedsUser:
    return NeedsUser(
        phrase("The database {path} is damaged.", path=path),
        need=Need.DISK,
        remedy=phrase("Start again: it will be set aside and built anew. Check the disk it is on."),
    )


def _taken_away(path: Path) -> NeedsUser:
    return NeedsUser(
        phrase("The database {path} was replaced or removed while it was in use.", path=str(path)),
        need=Need.DISK,
        remedy=phrase(
            "Try again: what is there now will be used, and what it lacks is found anew."
            " Do not let another program touch that folder."
        ),
    )


def _unusable(path: Path, exc: sqlite3.DatabaseError | OSError) -> NeedsUser:
    why = exc.strerror if isinstance(exc, OSError) else exc
    return NeedsUser(
        phrase("The database {path} cannot be used: {why}.", path=path, why=why),
        need=Need.DISK,
        remedy=phrase("Free disk space and check the folder's permissions; nothing was lost."),
    )
