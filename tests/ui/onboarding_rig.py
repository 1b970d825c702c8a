"""The onboarding with its real parts, over a home of its own; only this computer is made up."""

import asyncio
import json
import os
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from tests.fakes.machine import FakeMachine
from tests.ui.recorder import Recorder
from tray_app.adapters.account_file import AccountFile
from tray_app.adapters.files.inspect import FolderInspector
from tray_app.adapters.locations import find_locations
from tray_app.adapters.onboarding_file import OnboardingFile
from tray_app.adapters.settings_file import SettingsFile
from tray_app.app.autostart import open_autostart
from tray_app.app.onboarding import Door, Notes
from tray_app.app.settings_window import known_kinds
from tray_app.core.conditions import Medium, Readings
from tray_app.core.onboarding import State
from tray_app.engine.onboarding import Onboarding, Parts
from tray_app.ui.onboarding import OnboardingWindow

SECONDS = 15
LAPTOP = Readings(
    online=True, medium=Medium.WIFI, network_name="Home", on_ac=True, battery_percent=80.0
)


class Suggesting(Notes):
    """The real notebook of a desktop whose folder for pictures is the test's."""

    pictures: tuple[str, ...] = ()

    async def suggested(self) -> tuple[str, ...]:
        return self.pictures


class Computer:
    """What outlives a start of the program: files, keychain, network, power."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environ = {
            "HOME": os.fspath(folder),
            "XDG_CONFIG_DIRS": os.fspath(folder / "everyone"),
            "IMMICH_TRAY_HOME": os.fspath(folder / "home"),
        }
        self.locations = find_locations(self.environ)
        self.locations.create()
        self.machine = FakeMachine(LAPTOP)
        self.pictures = folder / "Pictures"
        self.recorder = Recorder()
        self.autostart = open_autostart(self.locations, self.environ)

    def put_pictures(self, count: int = 3) -> Path:
        self.pictures.mkdir(exist_ok=True)
        for number in range(count):
            (self.pictures / f"IMG_{number}.jpg").write_bytes(b"x" * 1000)
        return self.pictures

    @property
    def identity(self):
        return AccountFile(self.locations.account_file).load()

    @property
    def begun(self):
        return OnboardingFile(self.locations.onboarding_file).load()

    @property
    def settings(self):
        return SettingsFile(self.locations.settings_file).load().settings

    def keychain(self) -> dict[str, str]:
        file = Path(os.environ["TEST_KEYRING"])
        return json.loads(file.read_text()) if file.exists() else {}

    async def start(self, **how) -> "Session":
        notebook = Suggesting(self.locations, self.environ)
        if self.pictures.is_dir():
            notebook.pictures = (str(self.pictures),)
        parts = Parts(
            reception=Door(self.locations, self.environ),
            notebook=notebook,
            machine=self.machine,
            autostart=self.autostart,
            start=self.recorder.back_up_now,
        )
        session = Session(await Onboarding.opened(parts, **how))
        async with asyncio.timeout(SECONDS):
            while not session.window.isActiveWindow():
                await asyncio.sleep(0.01)
        return session


class Session:
    """One start of the program with its window; used by keys and by looking."""

    def __init__(self, work: Onboarding) -> None:
        self.work = work
        self.ended: list[bool] = []
        self._moved = asyncio.Event()
        work.subscribe(lambda _state: self._moved.set())
        self.window = OnboardingWindow(work, FolderInspector(known_kinds))
        self.window.closed.connect(self.ended.append)
        self.window.folders.counts.changed.connect(self._moved.set)
        self.window.show()
        self.window.activateWindow()
        self.window.bring_up()

    @property
    def state(self) -> State:
        return self.work.state

    async def until(self, what) -> State:
        """Wait for a state; every change is looked at."""
        async with asyncio.timeout(SECONDS):
            while not what(self.state):
                self._moved.clear()
                await self._moved.wait()
        return self.state

    async def settled(self) -> State:
        return await self.until(lambda state: not state.busy)

    async def step(self, step) -> State:
        return await self.until(lambda state: state.step is step and not state.busy)

    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def type(self, text: str) -> None:
        QTest.keyClicks(self.focus(), text)

    def press(self, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focus(), key, modifier)

    def enter(self) -> None:
        self.press(Qt.Key.Key_Return)

    def tab(self, times: int = 1) -> None:
        for _ in range(times):
            self.press(Qt.Key.Key_Tab)

    async def alt(self, letter: str) -> None:
        """Press the button with this letter; Qt shows it pressed for a moment first."""
        buttons = [
            one
            for one in self.window.findChildren(QAbstractButton)
            if one.isVisible() and f"&{letter}" in one.text().lower()
        ]
        assert len(buttons) == 1, buttons
        clicked = asyncio.Event()
        buttons[0].clicked.connect(clicked.set)
        key = getattr(Qt.Key, f"Key_{letter.upper()}")
        self.press(key, Qt.KeyboardModifier.AltModifier)
        async with asyncio.timeout(SECONDS):
            await clicked.wait()

    async def leave(self) -> None:
        """Let the program end in the middle of what it does."""
        self.window.close_down()
        await self.work.close()
