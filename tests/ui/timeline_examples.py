# ruff: noqa: S608  the statements are made of constants of this file
"""The timeline over real databases of any size, as a window of its own and for its tests.

`python -m tests.ui.timeline_examples FOLDER [COUNT]` shows it; `--save FOLDER` writes pictures of
its states, light and dark, `german` at the end in German. QT_SCALE_FACTOR=2 for a dense screen.
"""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QKeySequence, QLinearGradient, QPainter, QShortcut
from PySide6.QtWidgets import QApplication

from tests.adapters.timeline_bench import ME
from tests.ui.window_examples import use
from tray_app.adapters.clock import SystemClock
from tray_app.adapters.sqlite import library_sql
from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.reader import Reader
from tray_app.adapters.sqlite.timeline import SqliteTimeline
from tray_app.core.errors import AssetRejected
from tray_app.core.setting_specs import Language
from tray_app.core.timeline import Show
from tray_app.engine.feed import Feed
from tray_app.ui.language import tr
from tray_app.ui.loop import run_with_qt
from tray_app.ui.pictures import as_jpeg
from tray_app.ui.timeline_model import Progress
from tray_app.ui.timeline_page import TimelinePage
from tray_app.ui.timeline_words import LOADING
from tray_app.ui.translators import speak

HASHES = (
    "1QcSHQRnh493V4dIh4eXh1h4kJUI",
    "3OcRJYB4d3h/iIeHeEh3eIhw+j3A",
    "HBkSHYSIeHiPiHh8eJd4eTN0EEQG",
    "VggKDYAW6lZvdYd6d2iZh/p4GE/k",
)
NEWEST = int(datetime(2026, 3, 12, 14, 30, tzinfo=UTC).timestamp() * 1000)
MINUTES_APART = 19
NUMBERS = (
    "WITH RECURSIVE n(i) AS"
    " (SELECT 0 WHERE :count > 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count)"
)
ID = "CAST(printf('%08x%08x', i * 2654435761 % 4294967296, i) AS BLOB)"
SHA1 = "CAST(printf('%08x%012x', i * 2654435769 % 4294967296, i) AS BLOB)"
TAKEN = f"{NEWEST} - i * {MINUTES_APART} * 60000"


def fill(folder: Path, count: int) -> None:
    """Write `count` assets; of every five two are files here, too, and some are only here."""
    folder.mkdir(parents=True, exist_ok=True)
    library, backup = (
        Database(folder / "library.db", "library"),
        Database(folder / "backup.db", "backup"),
    )
    values = {"count": count, "me": UUID(ME).bytes}

    def assets(conn):
        hashes = " ".join(f"WHEN {n} THEN '{one}'" for n, one in enumerate(HASHES))
        conn.execute(
            f"{NUMBERS} INSERT INTO asset SELECT {ID}, :me, {SHA1},"
            " 'IMG_' || (100000 + i) || '.jpg', iif(i % 11 = 7, 'VIDEO', 'IMAGE'),"
            " 'timeline', i % 13 = 2, NULL,"
            f" {TAKEN}, 1, 1, iif(i % 11 = 7, 12000 + i % 900 * 1000, NULL), NULL, NULL, NULL,"
            f" 4000, 3000, 0, CASE i % 5 {hashes} END FROM n",
            values,
        )
        for name, what in library_sql.INDEXES.items():
            conn.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {what}")

    def files(conn):
        conn.execute("INSERT INTO account VALUES (1, ?, '', '')", (ME,))
        conn.execute(
            "INSERT INTO folder (id, path) VALUES (1, ?)", (str(folder / "photos").encode(),)
        )
        insert = (
            "INSERT INTO file (id, folder_id, name, stem, kind, pair_role, size, mtime_ns,"
            " ctime_ns, inode, sha1)"
        )
        conn.execute(
            f"{NUMBERS} {insert} SELECT i + 1, 1, CAST('IMG_' || (100000 + i) || '.jpg' AS BLOB),"
            f" x'00', 'image', 0, 3000000, ({TAKEN}) * 1000000, 1, '1', {SHA1} FROM n"
            " WHERE i % 5 < 2",
            values,
        )
        conn.execute(
            f"{NUMBERS} {insert} SELECT :count + i + 1, 1, CAST('DSC_' || i || '.jpg' AS BLOB),"
            f" x'00', 'image', 0, 3000000, ({TAKEN}) * 1000000 + 1, 1, '1', NULL FROM n"
            " WHERE i % 17 = 3",
            values,
        )
        conn.execute(
            "INSERT INTO failure (account_id, file_id, reason, remedy, status, attempts,"
            " next_attempt_at, since) SELECT 1, id, 'The server refused the file.',"
            " 'Look at it.', NULL, 3, NULL, '' FROM file WHERE id > :count AND id % 3 = 0",
            values,
        )
        conn.execute(
            "UPDATE file SET sha1 = CAST(id AS BLOB) WHERE id > :count AND id % 3 = 1", values
        )
        conn.execute(
            "INSERT INTO tombstone SELECT 1, sha1, '', '' FROM file WHERE id > :count"
            " AND id % 3 = 1",
            values,
        )

    library.run_now(assets)
    backup.run_now(files)
    library.close()
    backup.close()


def painted(seed: int, width: int = 250, height: int = 188) -> bytes:
    """Paint some landscape as a JPEG."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    hue = seed * 47 % 360
    with QPainter(image) as painter:
        sky = QLinearGradient(QPointF(0, 0), QPointF(0, height))
        sky.setColorAt(0, QColor.fromHsv(hue, 140, 230))
        sky.setColorAt(1, QColor.fromHsv((hue + 40) % 360, 60, 250))
        painter.fillRect(image.rect(), sky)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(255, 244, 214))
        painter.drawEllipse(QPointF(width * (seed % 7 + 1) / 8, height * 0.3), 18, 18)
        painter.setBrush(QColor.fromHsv((hue + 160) % 360, 120, 110))
        painter.drawEllipse(QPointF(width * 0.3, height * 1.05), width * 0.6, height * 0.4)
        painter.setBrush(QColor.fromHsv((hue + 180) % 360, 130, 80))
        painter.drawEllipse(QPointF(width * 0.9, height * 1.1), width * 0.5, height * 0.45)
    return as_jpeg(image)


class PaintedThumbnails:
    """Port `Thumbnails`: a server that paints, and a store that is a dictionary."""

    def __init__(self) -> None:
        self.store: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.cancelled = 0
        self.at_once = self.most_at_once = 0
        self.may = True
        self.open = asyncio.Event()  # the server answers while it is set
        self.open.set()

    async def kept(self, name: str) -> bytes | None:
        return self.store.get(name)

    async def keep(self, name: str, picture: bytes) -> None:
        self.store[name] = picture

    def may_fetch(self) -> bool:
        return self.may

    async def fetch(self, asset_id: str) -> bytes:
        self.asked.append(asset_id)
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        try:
            await self.open.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        finally:
            self.at_once -= 1
        seed = UUID(asset_id).int & 0xFFFF
        if seed % 31 == 0:
            raise AssetRejected("There is no thumbnail yet.")
        return painted(seed)


class Asked:
    """Port `TimelineActions` that writes down, and tells `heard`."""

    def __init__(self, heard=lambda _said: None) -> None:
        self.asked: list[tuple[str, object]] = []
        self._heard = heard

    def open_in_immich(self, cell) -> None:
        self._note("open", cell.asset_id)

    def reveal(self, path) -> None:
        self._note("reveal", path)

    def upload_again(self, cells) -> None:
        self._note("upload", sorted(cell.name for cell in cells))

    def _note(self, kind: str, what: object) -> None:
        self.asked.append((kind, what))
        self._heard(f"{kind} {what}")


class Stage:
    """A page over the databases of a folder; `close` ends it."""

    def __init__(self, folder: Path, heard=lambda _said: None) -> None:
        self.reader = Reader(folder / "library.db", folder / "backup.db")
        self.timeline = SqliteTimeline(self.reader, lambda: ME)
        self.thumbnails = PaintedThumbnails()
        self.feed = Feed(SystemClock())
        self.actions = Asked(heard)
        self.page = TimelinePage(self.timeline, self.thumbnails, self.feed, self.actions)
        self.page.resize(880, 640)

    def close(self) -> None:
        self.page.hide()
        self.page.close_down()
        self.page.deleteLater()
        self.feed.close()
        self.reader.close()

    async def until(self, true, seconds: float = 20.0) -> None:
        """Wait until something is true, looking whenever the page has drawn or loaded."""
        changed = asyncio.Event()
        signals = (
            self.page.model.loaded,
            self.page.model.progressed,
            self.page.pictures.arrived,
            self.page.grid.moved,
        )
        for signal in signals:
            signal.connect(changed.set)
        async with asyncio.timeout(seconds):
            while not true():
                changed.clear()
                try:
                    async with asyncio.timeout(0.05):  # some things change without a signal
                        await changed.wait()
                except TimeoutError:
                    pass
        for signal in signals:
            signal.disconnect(changed.set)

    def has_pictures(self) -> bool:
        """Tell whether every cell in sight is loaded and nothing is under way."""
        page = self.page
        if page.model.progress is not Progress.READY:
            return False
        cells = [page.model.cell(row) for row in page.grid.seen()]
        return (
            bool(cells) and all(cells) and not page.pictures._jobs and not page._looking.isActive()
        )


def save(stage: Stage, folder: Path, name: str) -> None:
    scale = round(stage.page.devicePixelRatioF() * 100)
    stage.page.grab().save(str(folder / f"timeline-{name}-{scale}.png"))


async def save_all(app: QApplication, folder: Path) -> None:
    data = folder / f"data-{app.devicePixelRatio():.0f}"
    fill(data / "normal", 600)
    fill(data / "empty", 0)
    for scheme in (Qt.ColorScheme.Light, Qt.ColorScheme.Dark):
        use(app, scheme)
        tone = scheme.name.lower()
        stage = Stage(data / "normal")
        stage.page.show()
        await stage.until(stage.has_pictures)
        page = stage.page
        page.grid.setFocus()
        page.grid.setCurrentIndex(page.model.index(6))
        page.grid.verticalScrollBar().setValue(90)
        await stage.until(lambda p=page: bool(p.details.text()))
        await stage.until(stage.has_pictures)
        save(stage, folder, f"normal-{tone}")
        page._offer(page.grid.viewport().rect().center())
        for show in (Show.LOCAL, Show.TRASHED, Show.VIDEOS):
            page.filter.show_box.setCurrentIndex([*Show].index(show))
            await stage.until(stage.has_pictures)
            save(stage, folder, f"{show}-{tone}")
        page.filter.text_box.setText("nowhere")
        page.filter._tell()
        await stage.until(lambda p=page: bool(p.message.button.text()))
        save(stage, folder, f"nothing-{tone}")
        stage.close()
        stage = Stage(data / "empty")
        stage.page.show()
        await stage.until(lambda p=stage.page: p.message.text.text() not in ("", tr(LOADING)))
        save(stage, folder, f"empty-{tone}")
        stage.close()


def main() -> None:
    async def run(app, quit_requested) -> int:
        if "german" in sys.argv:
            speak(app, Language.DE)
            sys.argv.remove("german")
        folder = Path(sys.argv[-1 if sys.argv[1] == "--save" else 1])
        if sys.argv[1] == "--save":
            await save_all(app, folder)
            return 0
        if not (folder / "library.db").exists():
            fill(folder, int(sys.argv[2]))
        stage = Stage(folder, lambda said: print(said, flush=True))  # noqa: T201  for who watches
        stage.page.setWindowTitle("The timeline")
        find = QShortcut(QKeySequence("Ctrl+F"), stage.page)  # as the main window does
        find.activated.connect(stage.page.filter.text_box.setFocus)
        stage.page.show()
        await stage.until(stage.has_pictures)
        model = stage.page.model
        model.modelReset.connect(lambda: print(f"{model.total} found", flush=True))  # noqa: T201  too
        print("ready", flush=True)  # noqa: T201  too
        await quit_requested.wait()
        stage.close()
        return 0

    run_with_qt(run)


if __name__ == "__main__":
    main()
