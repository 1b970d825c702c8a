"""The real program from its first start to photos on the server, by keys (issue 5, part 4)."""

import os
import time

import pytest

from tests.desktop.test_program import immich_tray, pending, running_program
from tests.desktop.test_program import server as server  # noqa: PLC0414  a fixture
from tests.desktop.test_tray import icon_in_tray, open_menu
from tests.rig.processes import wait_until
from tray_app.core.system_job import AT_LOGIN
from tray_app.demo.samples import write_samples

pytestmark = pytest.mark.desktop

SET_UP, MAIN = "Set up Immich Tray", "Immich Tray"
EMAIL, PASSWORD = "demo@example.org", "demo"


@pytest.fixture
def home(desktop_session, tmp_path):
    """A person whose desktop has a folder for pictures."""
    person = tmp_path / "person"
    config = person / ".config"
    config.mkdir(parents=True)
    (config / "user-dirs.dirs").write_text('XDG_PICTURES_DIR="$HOME/Pictures"\n')
    return desktop_session | {
        "HOME": os.fspath(person),
        "XDG_CONFIG_HOME": os.fspath(config),
        "IMMICH_TRAY_HOME": os.fspath(tmp_path / "home"),
    }


@pytest.fixture
def photos(home, tmp_path):
    return write_samples(tmp_path / "person" / "Pictures", 30)


def seen(screen, title):
    """Wait until the keys go to a window."""

    def active():
        try:
            return screen._run("xdotool", "getactivewindow", "getwindowname").strip() == title
        except OSError:  # none is
            return False

    return wait_until(title, active, 20)


def at_step(log, number):
    """Wait for a page by its line in the log; it is drawn before a key can come."""
    line = f"Setting up: step {number}."
    wait_until(line, lambda: log.exists() and line in log.read_text(), 20)


def start_by_hand(home):
    return running_program(home, "--home", home["IMMICH_TRAY_HOME"])


def typed(screen, text):
    screen._run("xdotool", "type", "--delay", "5", text)


def test_from_the_first_start_to_photos_on_the_server(
    server, home, photos, screen, tmp_path, record
):
    log = tmp_path / "home" / "logs" / "immich-tray.log"
    begun = time.monotonic()
    with start_by_hand(home) as program:
        seen(screen, SET_UP)
        typed(screen, server.url)
        screen.key("Return")
        at_step(log, 2)
        typed(screen, EMAIL)
        screen.key("Tab")
        typed(screen, PASSWORD)
        screen.key("Return")
        at_step(log, 3)
        screen.key("Return")  # the folder for pictures is suggested
        at_step(log, 4)
        assert server.assets() == []
        screen.key("Return")
        wait_until("first photo", server.assets, 60)
        first = time.monotonic() - begun
        seen(screen, MAIN)
        wait_until("all photos", lambda: len(server.assets()) == photos.asset_count, 60)
        wait_until("confirmed photos", lambda: pending(home) == 0, 30)
        record(seconds_to_first_photo=round(first, 1))
        assert first < 120
        assert SET_UP not in screen.window_titles()
        entries = list((tmp_path / "person" / ".config" / "autostart").iterdir())
        assert len(entries) == 1
        assert " ".join(AT_LOGIN) in entries[0].read_text()
        settings = tmp_path / "home" / "config" / "settings.toml"
        assert "backgroundBackup = true" in settings.read_text()
        program.terminate()
        assert program.wait(7) == 0


def test_started_hidden_only_the_icon_says_so_and_its_menu_sets_up(home, screen):
    with running_program(home, *AT_LOGIN):
        icon = icon_in_tray(screen)
        wait_until(
            "state", lambda: '"running": true' in immich_tray(home, "status", "--json").stdout
        )
        said = immich_tray(home, "status", "--json").stdout
        assert "it is not set up yet" in said
        assert SET_UP not in screen.window_titles()
        open_menu(screen, icon, 3)
        screen.key("Down", "Return")
        seen(screen, SET_UP)
        wait_until("left", lambda: left(screen))
        assert MAIN not in screen.window_titles()


def test_who_is_signed_in_sees_the_window(home, server, screen):
    key = server.add_api_key()
    assert immich_tray(home, "login", server.url, "--api-key", text=f"{key}\n").returncode == 0
    with start_by_hand(home):
        seen(screen, MAIN)
        assert SET_UP not in screen.window_titles()


def left(screen) -> bool:
    """Press Esc; the window manager calls a window active a moment before it has the keys."""
    if SET_UP in screen.window_titles():
        screen.key("Escape")
    return SET_UP not in screen.window_titles()


def test_left_and_started_again_it_goes_on(home, server, screen, tmp_path):
    for _ in range(2):
        with start_by_hand(home) as program:
            seen(screen, SET_UP)
            wait_until("left", lambda: left(screen))
            program.terminate()
            assert program.wait(7) == 0


@pytest.mark.parametrize(
    ("chosen", "title"), [("system", "Einrichtung von Immich Tray"), ("en", SET_UP)]
)
def test_it_speaks_the_language_of_the_session_or_the_chosen_one(home, screen, chosen, title):
    german = home | {"LANG": "de_DE.UTF-8", "LC_ALL": "", "LANGUAGE": ""}
    assert immich_tray(german, "settings", "set", "language", chosen).returncode == 0
    with start_by_hand(german):
        seen(screen, title)
