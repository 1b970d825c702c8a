"""The pictures of the README: `make screenshots` writes `resources/screenshots/` anew.

The windows are the program's own over real databases with made-up photos of a made-up person;
`desktop.png` is the real program with the demo server on the virtual desktop of `tests/rig`.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

import qasync
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QLinearGradient, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from tests.desktop.test_tray import icon_in_tray, open_menu
from tests.rig.desktop import Desktop, running_desktop
from tests.rig.processes import wait_until
from tests.ui.history_world import NOW, FixedLog, Mended, World
from tests.ui.onboarding_rig import Computer
from tests.ui.recorder import Recorder
from tests.ui.settings_rig import Rig
from tests.ui.timeline_examples import Stage, fill, painted
from tests.ui.window_examples import STATES, use
from tray_app.adapters.locations import find_locations
from tray_app.adapters.settings_file import SettingsFile
from tray_app.adapters.sqlite.history import BackupHistory
from tray_app.app.onboarding import Door, Notes
from tray_app.core.account import Identity, Method
from tray_app.core.inspection import Inspection
from tray_app.core.onboarding import State, Step
from tray_app.core.setting_specs import Folder, Group, Language
from tray_app.core.snapshot import Snapshot
from tray_app.demo.options import DEMO_EMAIL, DEMO_PASSWORD
from tray_app.demo.process import serve_in_process
from tray_app.engine.onboarding import Onboarding, Parts
from tray_app.ui.errands import Errands
from tray_app.ui.language import tr
from tray_app.ui.memory import Memory
from tray_app.ui.onboarding import OnboardingWindow
from tray_app.ui.page import PageSpec
from tray_app.ui.pages import window_pages
from tray_app.ui.translators import speak
from tray_app.ui.window import MainWindow
from tray_app.ui.window_view import window_view

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "resources" / "screenshots"
MOST_BYTES = 150_000
PICTURES = "/home/anna/Pictures"
FOLDERS = {PICTURES: 10_653, "/home/anna/Videos": 318, "/home/anna/Scans": 1_204}
LIGHT, DARK = Qt.ColorScheme.Light, Qt.ColorScheme.Dark
PHOTOS = 400
PACE = "12.3 MB/s, 3 min left"


def keep(image: QImage, name: str) -> None:
    """Write a picture as small as PNG gets it; raises ValueError when it is still too large."""
    path = TARGET / f"{name}.png"
    image.setText("Software", "")
    image.convertToFormat(QImage.Format.Format_RGB888).save(str(path), "PNG", 0)
    if path.stat().st_size > MOST_BYTES:
        raise ValueError(f"{path.name} has {path.stat().st_size:,} bytes")


async def settled(errands: Errands) -> None:
    while True:
        await asyncio.sleep(0.05)
        if not errands.busy:
            return


def annas(state: str) -> Snapshot:
    """Let the numbers of a state agree with those of the folders."""
    it = STATES[state]
    known = {} if it.upload.total_count else {"backed_up": sum(FOLDERS.values()), "failed": 3}
    return replace(
        it,
        account_name="anna@example.org",
        upload=replace(it.upload, failed_count=3 if it.upload.total_count else 0),
        reasons=tuple(one.replace("Ada\u2019s phone", "Annas Handy") for one in it.reasons),
        **known,
    )


class Anna:
    """The main window of somebody with three folders, three failed files and a timeline."""

    def __init__(self, folder: Path) -> None:
        self.world = World(folder)
        self.world.history = BackupHistory(
            self.world.reader, lambda: "", lambda: self.world.folders, lambda _path: ""
        )
        self.world.folders = [Folder(path) for path in FOLDERS]
        numbers = [self.world.files(count, path) for path, count in FOLDERS.items()]
        names = (b"IMG_20260214_101502.HEIC", b"VID_20260301_190233.MP4", b"DSC_0417.NEF")
        for reason, name in enumerate(names):
            self.world.fail(name, numbers[0], NOW - timedelta(minutes=17 * reason + 9), reason)
        fill(folder / "timeline", 600)
        self.folder = folder

    def close(self) -> None:
        self.world.close()

    @contextmanager
    def window(self, state: str, page: str):
        """Show it turned to a page."""
        errands, stage = Errands(), Stage(self.folder / "timeline")
        timeline = PageSpec("timeline", tr("Timeline"), "timeline", lambda: stage.page)
        pages = window_pages(
            Recorder(),
            lambda: NOW,
            self.world.history,
            Mended(self.world),
            FixedLog(self.world.log),
            errands,
            print,
            timeline,
        )
        window = MainWindow(pages, Memory(), has_settings=True)
        window.show_view(window_view(annas(state), NOW, UTC, pace=PACE))
        window.show()
        window.open_page(page)
        try:
            yield window, errands, stage
        finally:
            errands.close()
            window.close_down()
            window.deleteLater()
            stage.feed.close()
            stage.reader.close()

    async def picture(self, name: str, state: str, page: str) -> None:
        """Take a picture of a page."""
        with self.window(state, page) as (window, errands, stage):
            if page == "timeline":
                await stage.until(stage.has_pictures)
                stage.page.grid.setCurrentIndex(stage.page.model.index(7))
                await stage.until(lambda: bool(stage.page.details.text()))
            await settled(errands)
            if page == "failed":
                window.resize(1000, 520)
                window.page(page).table.selectRow(0)
                await asyncio.sleep(0.1)
            keep(window.grab().toImage(), name)


class Counted:
    """Port `Inspector` for folders that nobody has."""

    def inspect(self, path, everywhere, own, told):
        """Tell at once."""
        count = FOLDERS[path]
        told(Inspection(photos=count, size=count * 4_310_000, done=True))
        return lambda: None


async def onboarding(folder: Path) -> None:
    computer = Computer(folder)
    door = Door(computer.locations, computer.environ)
    parts = Parts(
        reception=door,
        notebook=Notes(computer.locations, computer.environ),
        machine=computer.machine,
        autostart=computer.autostart,
        start=lambda: None,
    )
    anna = Identity(
        "https://photos.example.org/api", "1", "anna@example.org", "Anna", Method.PASSWORD
    )
    state = State(step=Step.FOLDERS, identity=anna, folders=tuple(FOLDERS))
    work = Onboarding(parts, state)
    window = OnboardingWindow(work, Counted())
    window.show()
    await asyncio.sleep(0.3)
    keep(window.grab().toImage(), "onboarding")
    window.close_down()
    await work.close()


async def settings(folder: Path) -> None:
    rig = Rig(folder)
    rig.preferences.change("backgroundBackup", True)
    rig.window.show()
    rig.window.show_page(Group.WHEN)
    await asyncio.sleep(0.3)
    keep(rig.window.grab().toImage(), "settings")
    rig.window.close_down()


async def windows(app: QApplication, folder: Path) -> None:
    use(app, LIGHT)
    with closing(Anna(folder)) as anna:
        await anna.picture("overview", "uploading", "overview")
        await anna.picture("timeline", "idle", "timeline")
        await anna.picture("failed", "failed", "failed")
        await settings(folder)
        await onboarding(folder)
        use(app, DARK)
        await anna.picture("timeline-dark", "idle", "timeline")
        speak(app, Language.DE)
        await anna.picture("overview-german", "waiting", "overview")


def wallpaper() -> None:
    """Be the background of a desktop, until ended."""
    app = QApplication(sys.argv[:1])

    class Hills(QWidget):
        def paintEvent(self, _event) -> None:  # noqa: N802  Qt's name
            with QPainter(self) as painter:
                sky = QLinearGradient(0, 0, 0, self.height())
                sky.setColorAt(0, "#24506e")
                sky.setColorAt(1, "#8fb3b8")
                painter.fillRect(self.rect(), sky)

    hills = Hills()
    hills.setAttribute(Qt.WidgetAttribute.WA_X11NetWmWindowTypeDesktop)
    hills.setWindowTitle("wallpaper")
    hills.setGeometry(app.primaryScreen().geometry())
    hills.show()
    app.exec()


def desktop(folder: Path) -> None:
    """Take a picture of the real program: window, menu of the tray, notification."""
    photos = folder / "photos"
    photos.mkdir()
    newest = datetime(2026, 3, 12, 14, 30, tzinfo=UTC).timestamp()
    for number in range(PHOTOS):
        path = photos / f"IMG_{2000 + number}.jpg"
        path.write_bytes(painted(number * 7, 640, 480))
        os.utime(path, (newest - number * 3600, newest - number * 3600))
    (folder / "desk").mkdir()
    with (
        serve_in_process(folder / "server", version="3.0.3") as server,
        running_desktop(folder / "desk") as desk,
    ):
        env = desk.env | {"IMMICH_TRAY_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT)}
        env |= {"IMMICH_INSTANCE_URL": server.url, "IMMICH_EMAIL": DEMO_EMAIL}
        env |= {"IMMICH_PASSWORD": DEMO_PASSWORD}
        locations = find_locations(env)
        locations.create()
        settings = SettingsFile(locations.settings_file)
        settings.create()
        settings.change("folders", [{"path": str(photos)}])
        settings.change("uploadBandwidthLimit", 150)  # KiB/s: there is time to look
        started = [
            subprocess.Popen([sys.executable, *words], env=env, cwd=folder)
            for words in ([__file__, "wallpaper"], ["-m", "tray_app"])
        ]
        try:
            _arrange(desk)
        finally:
            for process in started:
                process.kill()
                process.wait()


def _arrange(desk: Desktop) -> None:
    screen = desk.screen
    icon = icon_in_tray(screen)
    wait_until("window", lambda: "Immich Tray" in screen.window_titles())
    screen.click(640, 68)  # its title, so that it has the keys
    time.sleep(1)
    screen.key("alt+b")  # back up now
    screen.key("ctrl+2")
    wait_until("timeline", lambda: screen.windows("Timeline"))
    screen.click(1270, 500)  # while a person looks at the window, no notification shows progress
    wait_until("notification", desk.bus.notifications_shown)
    open_menu(screen, icon, 3)
    time.sleep(2)  # what is new is drawn
    keep(screen.image(), "desktop")


def main() -> None:
    if sys.argv[1:] == ["wallpaper"]:
        wallpaper()
        return
    TARGET.mkdir(exist_ok=True)
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    speak(app, Language.EN)
    with tempfile.TemporaryDirectory(prefix="shots-") as base:
        for part in ("windows", "desktop"):
            Path(base, part).mkdir()
        with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
            runner.run(windows(app, Path(base, "windows")))
        desktop(Path(base, "desktop"))


if __name__ == "__main__":
    main()
