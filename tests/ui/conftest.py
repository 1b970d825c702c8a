"""The window's pages over a real database, on Qt's loop."""

from contextlib import closing

import pytest

from tests.ui.history_world import NOW, FixedLog, Mended, World
from tests.ui.recorder import Recorder
from tray_app.ui.errands import Errands
from tray_app.ui.memory import Memory
from tray_app.ui.pages import window_pages
from tray_app.ui.window import MainWindow


@pytest.fixture
def world(tmp_path):
    with closing(World(tmp_path)) as it:
        yield it


class Shown:
    """A whole window over `world`; `said` is what its commands and ports were asked for."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.commands = Recorder()
        self.mending = Mended(world)
        self.log = FixedLog(world.log)
        self.errands = Errands()
        self.revealed: list[str] = []
        self.memory = Memory(world.base / "window.ini")
        self.window = self.made()

    def made(self) -> MainWindow:
        pages = window_pages(
            self.commands,
            lambda: NOW,
            self.world.history,
            self.mending,
            self.log,
            self.errands,
            self.revealed.append,
        )
        return MainWindow(pages, self.memory, has_settings=True)

    def open(self, key: str):
        self.window.show()
        self.window.open_page(key)
        return self.window.page(key)


@pytest.fixture
def shown(qtbot, world):
    it = Shown(world)
    qtbot.addWidget(it.window)
    yield it
    it.errands.close()
    it.window.hide()
