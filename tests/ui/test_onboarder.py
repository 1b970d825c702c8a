"""When the onboarding comes up in the window's stead, and what comes after it."""

import asyncio

import keyring
import pytest
from PySide6.QtCore import QSize

from tests.fakes.file_keyring import FileKeyring
from tests.ui.onboarding_rig import SECONDS, Computer
from tray_app.app.onboarding import opened_onboarding
from tray_app.core.onboarding import Step
from tray_app.demo.server import DemoServer
from tray_app.engine.foreground import Foreground
from tray_app.ui.onboarding import OnboardingWindow

# The offscreen screen has no window manager, and no tray.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def both_loops(qapp):
    """Qt's loop alone: there is a window."""
    return "qasync"


@pytest.fixture
def computer(tmp_path, monkeypatch, both_loops):
    monkeypatch.setenv("TEST_KEYRING", str(tmp_path / "keyring.json"))
    before = keyring.get_keyring()
    keyring.set_keyring(FileKeyring())
    yield Computer(tmp_path)
    keyring.set_keyring(before)


class Program:
    """What the onboarding needs of the program, and the main window as a list of wishes."""

    def __init__(self, computer, **environ):
        self.foreground = Foreground()
        self.shown = []
        self.foreground.serve(self.shown.append)
        self.opened = opened_onboarding(
            computer.locations,
            computer.environ | environ,
            computer.machine,
            computer.recorder,
            self.foreground,
        )

    async def __aenter__(self):
        self.onboarder = await self.opened.__aenter__()
        self.foreground.before(self.onboarder.instead)
        return self

    async def __aexit__(self, *why):
        await self.opened.__aexit__(*why)

    async def window(self) -> OnboardingWindow:
        async with asyncio.timeout(SECONDS):
            while self.onboarder._window is None:
                await asyncio.sleep(0.01)
        return self.onboarder._window


async def test_it_comes_in_the_windows_stead_until_a_person_leaves_it(computer):
    async with Program(computer) as program:
        program.foreground.show()
        window = await program.window()
        program.foreground.show()  # a second start raises it
        assert program.onboarder._window is window
        assert program.shown == []
        window.reject()
        assert program.shown == [""]  # no tray here, so something has to be seen
        program.foreground.show()
        assert program.shown == ["", ""]
        program.onboarder.show()
        assert await program.window() is not window
    assert program.onboarder._window is None


async def test_variables_that_sign_in_ask_nobody(computer):
    async with Program(computer, IMMICH_API_KEY="key") as program:
        program.foreground.show()
        assert program.shown == [""]


async def test_at_its_end_the_backup_begins_and_the_window_shows_it(computer, tmp_path):
    computer.put_pictures()
    with DemoServer(tmp_path / "demo") as demo:
        session = await computer.start()
        session.work.find(demo.url)
        await session.step(Step.SIGN_IN)
        session.work.with_password("demo@example.org", "demo")
        await session.step(Step.FOLDERS)
        session.work.choose((str(computer.pictures),))
        await session.step(Step.WHEN)
        await session.leave()
    async with Program(computer) as program:
        program.foreground.show()
        window = await program.window()
        ended = asyncio.Event()
        window.closed.connect(lambda _finished: ended.set())
        window.next.click()
        async with asyncio.timeout(SECONDS):
            await ended.wait()
        assert computer.recorder.asked == ["back up now"]
        assert program.shown == [""]


async def test_it_is_a_window_of_the_program_and_remembers_its_place(computer):
    async with Program(computer) as program:
        program.onboarder.show()
        window = await program.window()
        assert program.foreground.now.visible
        window.resize(660, 520)
        window.reject()
        assert not program.foreground.now.visible
        program.onboarder.show()
        again = await program.window()
        assert again.size() == QSize(660, 520)
    assert not program.foreground.now.visible
