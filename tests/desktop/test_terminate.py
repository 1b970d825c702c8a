"""The tray program told to end, or killed, while it uploads: the next start goes on."""

import json
import os
import random
import signal
import sqlite3
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.acceptance.photos import holds_once, photo, photos, settled
from tests.desktop.test_program import immich_tray, pending, running_program
from tests.desktop.test_tray import icon_in_tray, menus, open_menu
from tests.rig.processes import wait_until
from tray_app.demo.faults import SlowAnswer, SlowRead
from tray_app.demo.process import serve_in_process

pytestmark = pytest.mark.desktop

EMAIL = "who@example.org"
STOP = 5.0  # seconds for the current upload (requirement, On Terminate)
MARGIN = 2.0  # to close everything, on a busy machine


@pytest.fixture
def server(tmp_path):
    with serve_in_process(tmp_path / "server") as demo:
        demo.add_user(EMAIL)
        yield demo


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "photos"


@pytest.fixture
def home(desktop_session, server, tmp_path, folder):
    place = tmp_path / "home"
    settings = place / "config" / "settings.toml"
    settings.parent.mkdir(parents=True, mode=0o700)
    settings.write_text(
        "backupTriggerDelay = 0\nuploadConcurrency = 1\nbackupRequireWifi = false\n"
        f"backupMinBatteryPercent = 0\n[[folders]]\npath = {json.dumps(str(folder))}\n"
    )
    return desktop_session | {
        "IMMICH_TRAY_HOME": str(place),
        "IMMICH_INSTANCE_URL": server.url,
        "IMMICH_API_KEY": server.add_api_key(email=EMAIL),
    }


@contextmanager
def backing_up(home, screen):
    """Run the program and choose "Back up now" from its menu."""
    with running_program(home) as program:
        icon = icon_in_tray(screen)
        open_menu(screen, icon, 3)
        screen.key("Down", "Return")
        wait_until("closed menu", lambda: not menus(screen))
        yield program


def ended(program) -> float:
    """Send SIGTERM, as a logout does; returns the seconds until the end, which is calm."""
    asked = time.monotonic()
    os.kill(program.pid, signal.SIGTERM)
    assert program.wait(STOP + 10) == 0, program.stdout.read()
    assert "Traceback" not in program.stdout.read()
    return time.monotonic() - asked


def sound(home) -> None:
    for name in ("backup.db", "library.db"):
        path = Path(home["IMMICH_TRAY_HOME"], "data", name)
        with closing(sqlite3.connect(path)) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)], name
            assert database.execute("PRAGMA foreign_key_check").fetchall() == [], name


def goes_on(home, server, folder) -> dict:
    """Let the next start do the rest: each photo is there, once."""
    done = immich_tray(home, "backup", "--once", "--json")
    assert done.returncode == 0, done.stderr
    holds_once(server, EMAIL, folder)
    assert pending(home) == 0
    return json.loads(done.stdout.splitlines()[-1])


def test_sigterm_lets_the_current_upload_end_and_keeps_the_rest(home, server, folder, screen):
    photos(folder, 4)
    settled()
    server.faults.add(SlowAnswer(seconds=1.0, match=".jpg"))
    with backing_up(home, screen) as program:
        wait_until("photo at the server", lambda: server.assets(EMAIL))
        sent = len(server.assets(EMAIL))
        assert ended(program) < STOP + MARGIN
    server.faults.clear()
    sound(home)
    assert len(server.assets(EMAIL)) <= sent + 1
    assert pending(home) == 4 - len(server.assets(EMAIL))  # what is there is confirmed
    left = pending(home)
    assert left > 0
    result = goes_on(home, server, folder)
    assert (result["completedCount"], result["duplicateCount"]) == (left, 0)


def test_sigterm_leaves_an_upload_queued_that_takes_too_long(home, server, folder, screen):
    photo(folder / "large.jpg", 1, 2_000_000)
    settled()
    server.faults.add(SlowRead(bytes_per_second=50_000))
    with backing_up(home, screen) as program:
        wait_until("upload under way", lambda: server.log.received > 0 or reading(server))
        assert STOP - 0.5 < ended(program) < STOP + MARGIN
    server.faults.clear()
    sound(home)
    assert pending(home) == 1
    assert server.assets(EMAIL) == []
    result = goes_on(home, server, folder)
    assert (result["completedCount"], result["duplicateCount"]) == (1, 0)


def reading(server) -> bool:
    return any(entry.used for entry in server.faults.active())


def test_an_answer_that_comes_too_late_makes_no_duplicate(home, server, folder, screen):
    photos(folder, 1)
    settled()
    server.faults.add(SlowAnswer(seconds=20, match=".jpg", times=1))
    with backing_up(home, screen) as program:
        wait_until("photo at the server", lambda: server.assets(EMAIL))
        assert ended(program) < STOP + MARGIN
    sound(home)
    result = goes_on(home, server, folder)
    assert (result["completedCount"], result["duplicateCount"]) == (1, 0)


def test_killed_at_any_moment_the_next_start_goes_on(home, server, folder, screen, record):
    photos(folder, 60, 3000)
    settled()
    server.faults.add(SlowAnswer(seconds=0.05, match=".jpg"))
    dice, kills = random.Random(7), []
    for _ in range(3):
        before = len(server.assets(EMAIL))
        with backing_up(home, screen) as program:
            wait_until("upload", lambda seen=before: len(server.assets(EMAIL)) > seen)
            time.sleep(dice.random())
            program.kill()
            program.wait()
        sound(home)
        kills.append(len(server.assets(EMAIL)))
        assert kills[-1] < 60
    server.faults.clear()
    goes_on(home, server, folder)
    record(kills=len(kills), uploads_at_first_kill=kills[0], uploads_at_last_kill=kills[-1])
