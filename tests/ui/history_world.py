"""A `backup.db` with as many runs, files and failures as a test or a picture needs."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tray_app.adapters import log_reader
from tray_app.adapters.files.availability import why_unavailable
from tray_app.adapters.sqlite.backup_reader import BackupReader
from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.history import BackupHistory
from tray_app.adapters.sqlite.ledger import Ledger
from tray_app.core.history import FailedRow
from tray_app.core.log_lines import Level
from tray_app.core.setting_specs import Folder

NOW = datetime(2026, 3, 12, 14, 30, tzinfo=UTC)
# As the program words them, so that they can be said in German.
REASONS = (
    (
        "A proxy before the server refuses files of this size (413).",
        "Raise its body size limit, or use an address without the proxy.",
        413,
    ),
    ("{name} may not be read by this user.", "Make it readable for you.", None),
    (
        "{name} changed while it was being read.",
        "It will be tried again when it is finished.",
        None,
    ),
    ("The server answered 400 \u201cUnsupported file type\u201d.", "", 400),
)
_FILES = """
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)
INSERT INTO file (folder_id, name, stem, kind, pair_role, size, mtime_ns, ctime_ns, inode, sha1)
SELECT :folder, CAST(printf('IMG_%07d.jpg', i) AS BLOB), CAST(i AS BLOB), 'image', 0,
       2400000 + i * 37 % 5000000, i, i, i, CAST(printf('%020d', :folder * 10000000 + i) AS BLOB)
FROM n
"""
_CONFIRMED = """
INSERT INTO confirmation (account_id, sha1, remote_id, state, confirmed_at, checked_at)
SELECT 1, sha1, 'r' || id, CASE WHEN id % 7 THEN 'uploaded' ELSE 'duplicate' END,
       strftime('%Y-%m-%dT%H:%M:%S.000000+00:00', :now - id * 5, 'unixepoch'), ''
FROM file WHERE folder_id = :folder
"""


class World:
    """The database, the folders on the disk, and the ports of the window over them."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.database = Database(base / "backup.db", "backup")
        self.reader = BackupReader(base / "backup.db")
        self.pictures = base / "Pictures"
        self.pictures.mkdir()
        (self.pictures / "a.jpg").touch()
        self.folders = [Folder(str(self.pictures))]
        self.log = base / "log"
        self.log.mkdir()
        self.history = BackupHistory(self.reader, lambda: "", lambda: self.folders, why_unavailable)
        self.ledger = Ledger(self.database, 1)
        self.sql("INSERT INTO account VALUES (1, 'u', 'https://photos.example.org/api', 'a@b')")

    def close(self) -> None:
        self.reader.close()
        self.database.close()

    def sql(self, statement: str, **values: object) -> int:
        return self.database.run_now(lambda conn: conn.execute(statement, values).lastrowid)

    def folder(self, path: str) -> int:
        return self.sql("INSERT INTO folder (path) VALUES (:path)", path=path.encode())

    def files(self, count: int, folder: str | None = None) -> int:
        """Add files that the server has confirmed, five seconds apart, the newest now."""
        number = self.folder(folder or str(self.pictures))
        self.sql(_FILES, folder=number, count=count)
        self.sql(_CONFIRMED, folder=number, now=NOW.timestamp())
        return number

    def fail(self, name: bytes, folder: int, at: datetime = NOW, reason: int = 0) -> int:
        why, remedy, status = REASONS[reason % len(REASONS)]
        file = self.sql(
            "INSERT INTO file (folder_id, name, stem, kind, pair_role, size, mtime_ns, ctime_ns,"
            " inode) VALUES (:folder, :name, '', 'image', 0, 1, 1, 1, 1)",
            folder=folder,
            name=name,
        )
        self.sql(
            "INSERT INTO failure (account_id, file_id, reason, remedy, status, attempts,"
            " next_attempt_at, since) VALUES (1, :file, :why, :remedy, :status, 3, :due, :at)",
            file=file,
            why=why.replace("{name}", name.decode(errors="replace")),
            remedy=remedy,
            status=status,
            due=(NOW + timedelta(hours=2)).isoformat(),
            at=at.isoformat(),
        )
        return file

    def failures(self, count: int, folder: int) -> None:
        for number in range(count):
            name = f"GOPR{number:04}.MP4".encode()
            self.fail(name, folder, NOW - timedelta(minutes=number), number)

    def run(self, at: datetime, outcome: str = "done", **summary: object) -> None:
        self.sql(
            "INSERT INTO run (account_id, started_at, ended_at, outcome, summary)"
            " VALUES (1, :start, :end, :outcome, :summary)",
            start=at.isoformat(),
            end=(at + timedelta(seconds=95)).isoformat(),
            outcome=outcome,
            summary=json.dumps(summary),
        )


class FixedLog:
    """Port `LogBook` over a folder of real log files, without the checks of a bundle."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.detailed = False
        self.fault: Exception | None = None

    async def newest(self, lowest, search, limit):
        return log_reader.newest(self.folder, lowest, search, limit)

    async def added(self, mark, lowest, search):
        return log_reader.added(self.folder, mark, lowest, search)

    def is_detailed(self):
        return self.detailed

    async def set_detailed(self, *, on):
        if self.fault:
            raise self.fault
        self.detailed = on

    async def export(self, target):
        target.write_bytes(b"zip")

    def write(self, *lines: tuple[Level, str]) -> None:
        with (self.folder / "immich-tray.log").open("a") as file:
            for second, (level, text) in enumerate(lines):
                file.write(f"2026-03-12 14:30:{second % 60:02},000 {level.name:<7} {text}\n")


class Mended:
    """Port `Mending` over the real ledger; what would knock at the service is written down."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.asked: list[str] = []

    async def retry(self, rows: list[FailedRow]) -> None:
        self.asked.append(f"retry {' '.join(row.path for row in rows)}")

    async def retry_all(self) -> None:
        self.asked.append("retry all")

    async def ignore(self, file_ids) -> None:
        await self.world.ledger.ignore(file_ids, NOW)

    async def take_back(self, file_ids) -> None:
        await self.world.ledger.ignore(file_ids, None)

    async def export(self, target) -> int:
        target.write_text("csv")
        return 1
