"""The tray program told to end, or killed, while it uploads: the next start goes on."""

import asyncio
import json
import os
import random
import signal
import sqlite3
import tempfile
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.acceptance.photos import holds_once, photo, photos, settled
from tests.desktop.test_program import immich_tray, pending, running_program
from tests.desktop.test_tray import icon_in_tray, menus, open_menu
from tests.rig.desktop import running_desktop
from tests.rig.processes import wait_until
from tests.rig.system_bus import Logind
from tray_app.demo.faults import SlowAnswer, SlowRead
from tray_app.demo.process import serve_in_process

pytestmark = pytest.mark.desktop

EMAIL = "who@example.org"
STOP = 5.0  # seconds for the current upload (requirement, On Terminate)
MARGIN = 5.0  # to close everything on a busy machine; the uploads here would take 20 s and more


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
        wait_until("program at work", lambda: at_work(home))  # before that the entry is asleep
        open_menu(screen, icon, 3)
        screen.key("Down", "Return")
        wait_until("closed menu", lambda: not menus(screen))
        yield program


def at_work(home) -> bool:
    said = json.loads(immich_tray(home, "status", "--json").stdout.splitlines()[-1])
    return said["running"] and said["state"] != "stopped"


def ended(program, number=signal.SIGTERM) -> float:
    """Send a signal, as a logout does; returns the seconds until the end, which is calm."""
    asked = time.monotonic()
    os.kill(program.pid, number)
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


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_lets_the_current_upload_end_and_keeps_the_rest(
    home, server, folder, screen, number
):
    photos(folder, 4)
    settled()
    server.faults.add(SlowAnswer(seconds=1.0, match=".jpg"))
    with backing_up(home, screen) as program:
        wait_until("photo at the server", lambda: server.assets(EMAIL))
        sent = len(server.assets(EMAIL))
        assert ended(program, number) < STOP + MARGIN
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


async def test_shutdown_is_announced_and_the_current_upload_ends_first(
    home, server, folder, screen, bus_of_all
):
    photos(folder, 4)
    settled()
    server.faults.add(SlowAnswer(seconds=1.0, match=".jpg"))
    aside = asyncio.to_thread  # the stand-in lives in this loop
    async with Logind(bus_of_all) as login:
        program = backing_up(home | {"DBUS_SYSTEM_BUS_ADDRESS": bus_of_all}, screen)
        running = await aside(program.__enter__)
        try:
            await aside(wait_until, "photo at the server", lambda: server.assets(EMAIL))
            await login.until(held=True, seconds=5)
            assert login.inhibitors[0][0] == "sleep:shutdown"
            login.prepare("Shutdown", begins=True)
            assert await aside(running.wait, STOP + MARGIN) == 0
            await login.until(held=False, seconds=5)
        finally:
            await aside(program.__exit__, None, None, None)
    server.faults.clear()
    assert server.assets(EMAIL)
    assert pending(home) == 4 - len(server.assets(EMAIL))  # what is there is confirmed
    sound(home)
    goes_on(home, server, folder)


def test_a_screen_that_goes_away_under_an_upload_loses_nothing(home, server, folder):
    """The end of a session without a word: the display server is gone first."""
    photos(folder, 8)
    settled()
    server.faults.add(SlowAnswer(seconds=0.3, match=".jpg"))
    with (
        tempfile.TemporaryDirectory(prefix="desk-") as place,
        running_desktop(Path(place)) as desk,
        backing_up(home | desk.env, desk.screen) as program,
    ):
        wait_until("photo at the server", lambda: server.assets(EMAIL))
        desk.lose_screen()
        assert program.wait(STOP + 10) == 1
        assert "Traceback" not in program.stdout.read()
    server.faults.clear()
    sound(home)
    goes_on(home, server, folder)


class TestPowerCut:
    """What the disk held at some moment is all that is left: a copy made while the program stands.

    The log of SQLite may then end anywhere after its last checkpoint: its newest pages had not
    reached the disk. A torn page in it is found by its checksum.
    """

    def cut(self, home, program, dice, began) -> bool:
        """Freeze the program, keep what it wrote, kill it; True: the log lost its end."""
        data = Path(home["IMMICH_TRAY_HOME"], "data")
        os.kill(program.pid, signal.SIGSTOP)
        os.waitid(os.P_PID, program.pid, os.WSTOPPED | os.WNOWAIT)
        disk = {path.name: path.read_bytes() for path in data.iterdir() if path.is_file()}
        program.kill()
        program.wait()
        # Only while nothing was checkpointed: SQLite syncs the log before it touches the database.
        torn = disk["backup.db"] == began and len(disk.get("backup.db-wal", b"")) > 32
        if torn:
            log = disk["backup.db-wal"]
            end = dice.randrange(32, len(log))
            disk["backup.db-wal"] = log[:end] + dice.randbytes(min(64, len(log) - end))
            del disk["backup.db-shm"]
        for path in data.iterdir():
            if path.is_file():
                path.unlink()
        for name, content in disk.items():
            (data / name).write_bytes(content)
        return torn

    def test_at_random_moments_the_next_start_goes_on(self, home, server, folder, screen, record):
        photos(folder, 60, 3000)
        settled()
        server.faults.add(SlowAnswer(seconds=0.05, match=".jpg"))
        dice, torn, sent = random.Random(11), 0, []
        database = Path(home["IMMICH_TRAY_HOME"], "data", "backup.db")
        for _ in range(4):
            before = len(server.assets(EMAIL))
            with backing_up(home, screen) as program:
                began = database.read_bytes()
                wait_until("upload", lambda seen=before: len(server.assets(EMAIL)) > seen)
                time.sleep(dice.random() / 2)
                torn += self.cut(home, program, dice, began)
            sound(home)
            sent.append(len(server.assets(EMAIL)))
            assert sent[-1] < 60
        server.faults.clear()
        goes_on(home, server, folder)
        assert torn, "no moment was one before a checkpoint"
        record(power_cuts=len(sent), torn_logs=torn, uploads_at_last_cut=sent[-1])
