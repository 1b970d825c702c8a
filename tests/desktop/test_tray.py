"""The tray on a real screen: an XEmbed panel, a mouse, and the menu that a person sees."""

import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.rig.desktop import running_desktop
from tests.rig.processes import wait_until

pytestmark = pytest.mark.desktop

ROOT = Path(__file__).parents[2]
RIG = ROOT / "tests" / "rig"


class Client:
    """The tray program: `show` gives it a state, `asked` waits for the next command."""

    def __init__(self, process: subprocess.Popen):
        self.process = process

    def show(self, state: str) -> None:
        self.process.stdin.write(f"{state}\n")
        self.process.stdin.flush()

    def asked(self) -> str:
        return self.process.stdout.readline().strip()


@contextmanager
def running_client(env):
    with subprocess.Popen(
        [sys.executable, "-m", "tests.desktop.tray_client"],
        cwd=ROOT,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Client(process)
        finally:
            process.kill()


def icon_in_tray(screen):
    icon = wait_until("tray icon", screen.find_tray_icon)
    wait_until("painted icon", lambda: len(screen.colors(icon)) > 3)
    return icon


def menus(screen):
    # The client has no other windows of its name that are as large as a menu.
    return [it for it in screen.windows("Immich Tray") if it.width > 100 and it.height > 60]


def open_menu(screen, icon, button):
    screen.click(*icon.center, button=button)
    wait_until("menu", lambda: menus(screen))
    screen.move(2, 2)  # a mouse that rests on an entry would choose it under the keys


@pytest.mark.parametrize("button", [1, 3])
def test_back_up_now_is_asked_from_the_menu_of_either_button(desktop_session, screen, button):
    with running_client(desktop_session) as client:
        icon = icon_in_tray(screen)
        open_menu(screen, icon, button)
        screen.key("Down", "Return")
        assert client.asked() == "back up now"
        wait_until("closed menu", lambda: not menus(screen))


def test_a_pause_is_chosen_and_ended(desktop_session, screen):
    with running_client(desktop_session) as client:
        icon = icon_in_tray(screen)
        open_menu(screen, icon, 1)  # the other button than below: two quick clicks are a double one
        screen.key("Down", "Down", "Right", "Down", "Return")
        assert client.asked() == "pause 60"
        before = screen.image().copy(icon.x, icon.y, icon.width, icon.height)
        client.show("paused")
        wait_until(
            "paused picture",
            lambda: screen.image().copy(icon.x, icon.y, icon.width, icon.height) != before,
        )
        open_menu(screen, icon, 3)
        screen.key("Down", "Down", "Return")
        assert client.asked() == "resume"


def test_quit_ends_the_program_within_five_seconds(desktop_session, screen):
    with running_client(desktop_session) as client:
        open_menu(screen, icon_in_tray(screen), 3)
        asked_at = time.monotonic()
        screen.key("Up", "Return")
        assert client.asked() == "quit"
        assert client.process.wait(5) == 0
        assert time.monotonic() - asked_at < 5
    wait_until("empty tray", lambda: screen.find_tray_icon() is None)


def no_panel(screen) -> bool:
    try:
        return not screen.windows("tint2")
    except OSError:  # a window went away while the tree was being listed
        return False


def test_a_panel_that_starts_after_the_program_or_again_gets_the_icon():
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="desk-"))
        desk = stack.enter_context(running_desktop(Path(folder), panel=None))
        client = stack.enter_context(running_client(desk.env))
        assert "no tray" in client.process.stderr.readline()
        for _ in range(2):
            panel = subprocess.Popen(["tint2", "-c", RIG / "tint2-light.tint2rc"], env=desk.env)
            stack.callback(panel.wait)
            stack.callback(panel.kill)
            icon = icon_in_tray(desk.screen)
            open_menu(desk.screen, icon, 3)
            desk.screen.key("Down", "Return")
            assert client.asked() == "back up now"
            panel.kill()
            wait_until("gone panel", lambda: no_panel(desk.screen))
