"""Pictures of every page in every state: `python -m tests.ui.window_pictures FOLDER [german]`.

Needs a display (tests/rig has one); QT_SCALE_FACTOR=2 for a dense screen.
"""

import asyncio
import sys
import tempfile
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import qasync
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.history_world import NOW, FixedLog, Mended, World
from tests.ui.recorder import Recorder
from tests.ui.window_examples import STATES, use
from tray_app.core.log_lines import Level
from tray_app.core.setting_specs import Folder, Language
from tray_app.ui.errands import Errands
from tray_app.ui.farewell import Farewell
from tray_app.ui.memory import Memory
from tray_app.ui.pages import window_pages
from tray_app.ui.translators import speak
from tray_app.ui.tray import TrayMenu
from tray_app.ui.view import tray_view
from tray_app.ui.window import MainWindow
from tray_app.ui.window_view import window_view

LONG = "Sommer am Meer mit allen und sehr vielen Worten " * 4
STRANGE = (
    (LONG[:196] + ".jpg").encode(),
    "שלום עולם.jpg".encode(),
    "مرحبا بالعالم.heic".encode(),
    b"<b>bold<b> & <img src=x>.jpg",
    "photo\u202egpj.exe".encode(),
    b"line\nbreak\x1b[31m.jpg",
    b"caf\xe9.jpg",
)
WORLDS = ("empty", "normal", "huge", "error")


def filled(world: World, kind: str) -> None:
    if kind == "empty":
        world.folders = []
        return
    folder = world.files(60_000 if kind == "huge" else 400)
    for number in reversed(range(400 if kind == "huge" else 6)):
        at = NOW - timedelta(hours=3 * number + 2)
        world.run(
            at, completedCount=12 * number + 3, duplicateCount=number, bytesSent=number * 10**7
        )
    world.run(NOW - timedelta(hours=1), "waiting", error="“Ada” is metered.")
    world.run(
        NOW - timedelta(minutes=30),
        "trouble",
        completedCount=17,
        failedCount=2,
        bytesSent=61_000_000,
        error="photos.example.org did not answer in time.",
        remedy="Nothing is lost: it is tried again.",
    )
    strange = world.folder(f"{world.pictures}/2024/Größe & Farbe")
    if kind == "huge":
        world.failures(1_000, folder)
    for number, name in enumerate(STRANGE):
        ignored = world.fail(name, strange, NOW - timedelta(minutes=number), number)
    world.sql("UPDATE failure SET ignored_at = :at WHERE file_id = :id", id=ignored, at="x")
    gone = "/media/ada/Backup drive/" + LONG[:150]
    world.folders += [Folder(gone), Folder("/home/ada/Videos", enabled=False)]
    log = FixedLog(world.log)
    for _ in range(200 if kind == "huge" else 3):
        log.write(
            (Level.INFO, "tray_app.engine: 320 files to back up, 2 of them parked."),
            (Level.DEBUG, "tray_app.engine.supervisor: Service: idle -> checking on asked."),
            (Level.WARNING, "tray_app.engine.run: IMG_20240717_184502.HEIC: try 2 of 5 in 4 s."),
            (Level.SEVERE, "tray_app.engine: The run ended with a bug.\nTraceback (most recent"),
        )
    if kind == "error":
        world.sql("ALTER TABLE failure RENAME TO lost")
        world.sql("ALTER TABLE run RENAME TO run_lost")


async def settled(errands: Errands) -> None:
    for _ in range(30):
        await asyncio.sleep(0.02)
        if not errands.busy:
            return


async def pictures(app: QApplication, target: Path) -> None:
    for kind in WORLDS:
        with ExitStack() as stack:
            base = stack.enter_context(tempfile.TemporaryDirectory(prefix="ada-"))
            world = stack.enter_context(closing(World(Path(base))))
            filled(world, kind)
            for scheme in (Qt.ColorScheme.Light, Qt.ColorScheme.Dark):
                use(app, scheme)
                await window_pictures(app, world, target, f"{kind}-{scheme.name.lower()}")


async def window_pictures(app: QApplication, world: World, target: Path, name: str) -> None:
    commands, errands = Recorder(), Errands()
    pages = window_pages(
        commands, lambda: NOW, world.history, Mended(world), FixedLog(world.log), errands, print
    )
    window = MainWindow(pages, Memory(), has_settings=True)
    scale = round(window.devicePixelRatioF() * 100)
    states = {"empty": "idle", "normal": "uploading", "huge": "told", "error": "failed"}
    state = STATES[states[name.partition("-")[0]]]
    pace = "12.3 MB/s, 3 min left"
    window.show_view(window_view(state, NOW, UTC, pace=pace))
    window.show()
    for page in pages:
        window.open_page(page.key)
        await settled(errands)
        table = getattr(window.page(page.key), "table", None)
        if table:
            table.selectRow(0)
        window.grab().save(str(target / f"{page.key}-{name}-{scale}.png"))
    if name.startswith("normal"):
        failed = window.page("failed")
        window.open_page("failed")
        failed.tabs.setCurrentIndex(1)
        await settled(errands)
        window.grab().save(str(target / f"ignored-{name}-{scale}.png"))
        activity = window.page("activity")
        window.open_page("activity")
        activity.runs.selectRow(0)
        await settled(errands)
        window.grab().save(str(target / f"run-{name}-{scale}.png"))

        class GoesOn:
            def goes_on(self):
                return True

        menu_pictures(commands, target, f"{name}-{scale}")
        farewell = Farewell(commands.quit, GoesOn(), Memory())
        farewell.ask(window)
        farewell.box.grab().save(str(target / f"quit-{name}-{scale}.png"))
        farewell.close()
    errands.close()
    window.hide()
    window.deleteLater()


def menu_pictures(commands: Recorder, target: Path, name: str) -> None:
    menu = TrayMenu(commands, lambda: NOW, has_settings=True)
    not_set_up = replace(STATES["idle"], set_up=False)
    for key, snapshot in {**STATES, "new": not_set_up}.items():
        menu.show_view(tray_view(snapshot, NOW, UTC))
        menu.aboutToShow.emit()
        menu.resize(menu.sizeHint())
        menu.grab().save(str(target / f"menu-{key}-{name}.png"))
    menu.pause.resize(menu.pause.sizeHint())
    menu.pause.grab().save(str(target / f"menu-pause-{name}.png"))


def main() -> None:
    app = QApplication(sys.argv[:1])
    speak(app, Language.DE if "german" in sys.argv else Language.EN)
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
        runner.run(pictures(app, target))


if __name__ == "__main__":
    main()
