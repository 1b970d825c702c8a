"""The built program as a person meets it: once by mouse, once by the keyboard alone (issue 5)."""

import os
import subprocess
import sys
import sysconfig
import tempfile
import time
import tomllib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.acceptance.photos import holds_once, photo, photos
from tests.desktop.test_autostart import SESSION
from tests.rig.at_spi import SCREEN_READER, ScreenReader, start_accessibility
from tests.rig.desktop import Desktop, running_desktop
from tests.rig.hands import Hands, Keys, Mouse
from tests.rig.processes import wait_until
from tray_app.demo.faults import ProxyTooLarge, SlowAnswer
from tray_app.demo.options import DEMO_EMAIL, DEMO_PASSWORD
from tray_app.demo.process import DemoProcess, serve_in_process

pytestmark = pytest.mark.desktop

ROOT = Path(__file__).parents[2]
SET_UP, MAIN, SETTINGS = "Set up Immich Tray", "Immich Tray", "Settings of Immich Tray"
LARGE, LIMIT = 300_000, 200_000


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The program installed from its wheel; only the libraries are those of the tests."""
    place = tmp_path_factory.mktemp("built")
    python, call = sys.executable, lambda *words: subprocess.run(words, check=True, cwd=ROOT)
    call(python, "-m", "build", "--wheel", "--no-isolation", "--outdir", place)
    call(python, "-m", "venv", "--without-pip", place / "venv")
    pip = [python, "-m", "pip", "--python", place / "venv" / "bin" / "python", "install"]
    call(*pip, "--quiet", "--no-deps", "--no-index", next(place.glob("*.whl")))
    packages = next((place / "venv").glob("lib/python*/site-packages"))
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    return place / "venv" / "bin" / "immich-tray"


@pytest.fixture(scope="module")
def desk():
    with (
        tempfile.TemporaryDirectory(prefix="desk-") as folder,
        running_desktop(Path(folder)) as running,
        start_accessibility(running.processes, running.bus) as reader,
    ):
        yield running, reader


@dataclass
class World:
    """What there is around a person: their desktop, home, photos and server."""

    desktop: Desktop
    reader: ScreenReader
    program: Path
    place: Path
    server: DemoProcess

    @property
    def pictures(self) -> Path:
        return self.place / "person" / "Pictures"

    @property
    def settings(self) -> dict:
        file = self.place / "home" / "config" / "settings.toml"
        return tomllib.loads(file.read_text()) if file.exists() else {}

    @property
    def env(self) -> dict[str, str]:
        person = self.place / "person"
        return self.desktop.env | {
            **SCREEN_READER,
            "HOME": os.fspath(person),
            "XDG_CONFIG_HOME": os.fspath(person / ".config"),
            "IMMICH_TRAY_HOME": os.fspath(self.place / "home"),
        }

    @contextmanager
    def started(self):
        """Start it by hand, as from the menu of the desktop."""
        with subprocess.Popen([self.program], cwd=self.place, env=self.env) as process:
            try:
                yield process
            finally:
                process.kill()

    def on_server(self) -> int:
        return len(self.server.assets(DEMO_EMAIL))


@pytest.fixture
def world(desk, built, tmp_path):
    config = tmp_path / "person" / ".config"
    config.mkdir(parents=True)
    (config / "user-dirs.dirs").write_text('XDG_PICTURES_DIR="$HOME/Pictures"\n')
    with serve_in_process(tmp_path / "server") as server:
        it = World(*desk, built, tmp_path, server)
        photos(it.pictures, 100)
        yield it


@pytest.fixture(params=[Mouse, Keys])
def hands(request, desk):
    desktop, reader = desk
    return request.param(desktop.screen, reader)


def by_mouse(hands: Hands) -> bool:
    return isinstance(hands, Mouse)


def set_up(hands: Hands, world: World) -> None:
    hands.turn_to(SET_UP)
    hands.write("Address", world.server.url)
    hands.press("Next", lambda: hands.things("E-mail"))
    hands.write("E-mail", DEMO_EMAIL)
    hands.write("Password", DEMO_PASSWORD)
    hands.press("Sign in", lambda: hands.things("Folders to back up"))
    hands.reads(f"{world.pictures}\n100 photos and videos")
    hands.press("Next", lambda: hands.things("Start backup"))
    assert world.on_server() == 0, "nothing is sent before the last step"
    hands.press("Start backup", lambda: not hands.things("Start backup"))
    hands.turn_to(MAIN)


def pause_and_resume(hands: Hands, world: World) -> None:
    """The server is slow until the pause is seen."""
    pause = ("Pause for",) if by_mouse(hands) else ("Pause",)
    hands.choose(*pause, "Until I resume", done=lambda: "Paused" in hands.words())
    before = world.on_server()
    assert before < 100
    world.server.faults.clear()
    hands.choose("Resume", done=lambda: world.on_server() > before)


def fail_and_retry(hands: Hands, world: World) -> None:
    """A proxy before the server refuses large files, until somebody mends it."""
    world.server.faults.add(ProxyTooLarge(limit=LIMIT))
    photo(world.pictures / "panorama.jpg", "wide", LARGE)
    hands.press("Back up now", lambda: hands.things("Failed (1)", "list item"))
    hands.pick("Failed (1)", lambda: hands.things("panorama.jpg"))
    hands.reads("proxy before the server refuses files", "Raise its body size limit")
    world.server.faults.clear()
    hands.pick("panorama.jpg", lambda: hands.is_ready("Retry"))
    hands.press("Retry", lambda: world.on_server() == 101)
    hands.reads("Nothing failed.")


def change_a_setting(hands: Hands, world: World) -> None:
    """Without quiet time, a new photo is sent at once; nobody asks for it."""
    hands.press("Settings\u2026", lambda: SETTINGS in world.desktop.screen.window_titles())
    hands.turn_to(SETTINGS)
    name = "Quiet time before a backup"
    hands.pick("When to back up", lambda: hands.things(name))
    assert world.settings.get("backupTriggerDelay", 30) == 30
    hands.write(name, "0\t", lambda: world.settings.get("backupTriggerDelay") == 0)
    photo(world.pictures / "new.jpg", "new")
    wait_until("new photo", lambda: world.on_server() == 102)
    hands.press("Close", lambda: SETTINGS not in world.desktop.screen.window_titles())
    hands.turn_to(MAIN)


def quit_with_farewell(hands: Hands, program: subprocess.Popen) -> None:
    """It says that backups go on."""
    question = lambda: "Backups go on after you quit" in hands.words()  # noqa: E731
    if by_mouse(hands):
        hands.choose("Quit", done=question)
    else:
        hands.again_until("question", lambda: hands.screen.key("ctrl+q"), question)
    hands.press("Quit", lambda: program.poll() is not None)
    assert program.wait() == 0


def log_in_again(hands: Hands, world: World) -> None:
    """The desktop's session starts it, hidden, and it works by itself."""
    subprocess.run(["/usr/bin/python3", SESSION, "OPENBOX"], env=world.env, check=True, timeout=30)
    wait_until("tray icon", world.desktop.screen.find_tray_icon)
    photo(world.pictures / "later.jpg", "later")
    wait_until("last photo", lambda: world.on_server() == 103)
    assert not set(world.desktop.screen.window_titles()) & {MAIN, SET_UP}
    assert not list(hands.reader.things(MAIN)), "hidden"
    subprocess.run([world.program, "quit"], env=world.env, check=True, cwd=world.place)
    wait_until("end", lambda: not world.desktop.screen.find_tray_icon())


@pytest.mark.timeout(300)
def test_from_the_first_start_to_the_next_login(hands, world, record):
    begun = time.monotonic()
    world.server.faults.add(SlowAnswer(seconds=1.0, method="POST", path="/api/assets"))
    with world.started() as program:
        set_up(hands, world)
        wait_until("first photo", world.on_server)
        pause_and_resume(hands, world)
        wait_until("all photos", lambda: world.on_server() == 100, 60)
        hands.reads("100 photos backed up")
        holds_once(world.server, DEMO_EMAIL, world.pictures)
        fail_and_retry(hands, world)
        change_a_setting(hands, world)
        quit_with_farewell(hands, program)
    log_in_again(hands, world)
    holds_once(world.server, DEMO_EMAIL, world.pictures)
    record(seconds=round(time.monotonic() - begun))
