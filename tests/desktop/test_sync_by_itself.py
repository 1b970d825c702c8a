"""The real program keeps the library up to date by itself, and `sync` works through it."""

import json
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import httpx
import psutil
import pytest

from tests.acceptance.photos import photo, photos, settled
from tests.demo.rig import FIELDS
from tests.desktop.test_program import (  # noqa: F401
    ROOT,
    home,
    immich_tray,
    keyring_entry,
    running_program,
)
from tests.desktop.test_tray import icon_in_tray
from tests.rig.processes import wait_until
from tray_app.demo.faults import SlowAnswer
from tray_app.demo.options import DEMO_EMAIL, DEMO_PASSWORD
from tray_app.demo.process import serve_in_process
from tray_app.demo.stream_faults import GarbageLine

pytestmark = pytest.mark.desktop


@pytest.fixture
def server(tmp_path):
    with serve_in_process(tmp_path / "server") as demo:
        demo.fill(40)
        yield demo


@pytest.fixture
def signed_in(server, home):  # noqa: F811
    log_in(home, server)
    return home


def log_in(env, server):
    words = ("login", server.url, "--email", DEMO_EMAIL)
    done = immich_tray(env, *words, text=f"{DEMO_PASSWORD}\n")
    assert done.returncode == 0, done.stderr


def status(env):
    return json.loads(immich_tray(env, "status", "--json").stdout.splitlines()[-1])


def names(tmp_path):
    path = tmp_path / "home" / "data" / "library.db"
    with closing(sqlite3.connect(path)) as database:
        return {row[0] for row in database.execute("SELECT file_name FROM asset")}


def upload(server, name):
    headers = {"Authorization": f"Bearer {server.add_session()}"}
    files = {"assetData": (name, name.encode())}
    answer = httpx.post(f"{server.url}/api/assets", data=FIELDS, files=files, headers=headers)
    answer.raise_for_status()


def end(program):
    program.terminate()
    assert program.wait(7) == 0
    assert "Traceback" not in program.stdout.read()


def test_the_library_follows_the_server(signed_in, server, screen, tmp_path, record):
    with running_program(signed_in) as program:
        icon_in_tray(screen)
        wait_until("library", lambda: len(names(tmp_path)) == 40, 30)
        wait_until("time of the sync", lambda: status(signed_in)["lastSync"], 30)
        begin = time.monotonic()
        upload(server, "from a phone.jpg")
        wait_until("photo of the phone", lambda: "from a phone.jpg" in names(tmp_path), 30)
        record(seconds_until_it_is_there=time.monotonic() - begin)
        assert "Library last synced" in immich_tray(signed_in, "status").stdout
        process = psutil.Process(program.pid)
        before, begin = process.cpu_times(), time.monotonic()
        streams = server.log.count("POST", "/api/sync/stream")
        time.sleep(5)
        after, took = process.cpu_times(), time.monotonic() - begin
        share = (after.user - before.user + after.system - before.system) / took
        record(cpu_percent=100 * share)
        assert share < 0.02  # idle with an open socket
        assert server.log.count("POST", "/api/sync/stream") == streams
        # On App Resume: a window that is shown syncs at once.
        assert immich_tray(signed_in, "show").returncode == 0
        wait_until("sync", lambda: server.log.count("POST", "/api/sync/stream") > streams, 30)
        end(program)
    assert status(signed_in)["lastSync"]


def test_what_a_backup_sent_is_in_the_library_after_it(signed_in, server, screen, tmp_path):
    photos(tmp_path / "photos", 2)
    settled()
    with running_program(signed_in) as program:
        icon_in_tray(screen)
        # The first, and one as the server lets us listen.
        wait_until("two syncs", lambda: server.log.count("POST", "/api/sync/stream") == 2, 30)
        wait_until("their end", lambda: not status(signed_in)["syncing"], 30)
        done = immich_tray(signed_in, "backup", str(tmp_path / "photos"), "--once", "--json")
        assert done.returncode == 0, done.stderr
        wait_until("own photos", lambda: len(names(tmp_path)) == 42, 30)
        wait_until("a third", lambda: server.log.count("POST", "/api/sync/stream") == 3, 30)
        end(program)


def test_sync_is_handed_over_to_the_running_program(signed_in, server, screen, tmp_path):
    log = tmp_path / "home" / "logs" / "immich-tray.log"
    with running_program(signed_in) as program:
        icon_in_tray(screen)
        wait_until("time of the sync", lambda: status(signed_in)["lastSync"], 30)
        done = immich_tray(signed_in, "sync", "--once", "--json")
        found = json.loads(done.stdout.splitlines()[-1])
        assert (done.returncode, found["assets"], found["mode"]) == (0, 40, "stream")
        assert "40 assets of yours" in done.stderr
        full = immich_tray(signed_in, "sync", "--full")
        assert (full.returncode, "The library is up to date" in full.stdout) == (0, True)
        assert log.read_text().count("Asked by another process: syncNow") == 2
        # One that is asked for as the program quits hears that it or the program has ended.
        server.faults.add(SlowAnswer(seconds=30, path="/api/sync/stream"))
        words = [sys.executable, "-m", "tray_app", "sync", "--once", "--json"]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        with subprocess.Popen(words, cwd=ROOT, env=signed_in, **pipes) as asked:
            wait_until("third", lambda: log.read_text().count(": syncNow") == 3, 30)
            end(program)
            out, _ = asked.communicate(timeout=30)
        assert (asked.returncode, bool(json.loads(out)["error"])) == (1, True)


def test_a_session_that_ended_is_said_and_signing_in_puts_it_right(signed_in, server, screen):
    token = keyring_entry(signed_in)
    with running_program(signed_in) as program:
        icon_in_tray(screen)
        wait_until("time of the sync", lambda: status(signed_in)["lastSync"], 30)
        headers = {"Authorization": f"Bearer {token}"}
        httpx.post(f"{server.url}/api/auth/logout", headers=headers, json={}).raise_for_status()
        said = wait_until(
            "need", lambda: (now := status(signed_in))["state"] == "needsUser" and now, 30
        )
        assert "Sign in again" in said["words"]
        assert said["syncReasons"]
        asked = immich_tray(signed_in, "sync", "--json")
        assert (asked.returncode, json.loads(asked.stdout)["need"]) == (3, "sign_in")
        log_in(signed_in, server)
        wait_until("rest", lambda: status(signed_in)["state"] == "idle", 30)
        assert status(signed_in)["syncReasons"] == []
        end(program)


def test_an_automatic_backup_waits_for_a_sync_that_may_hide_deletions(
    signed_in, server, screen, tmp_path
):
    def setting(key, value):
        done = immich_tray(signed_in, "settings", "set", key, value)
        assert done.returncode == 0, done.stderr

    setting("scheduledBackup", "false")
    setting("backupTriggerDelay", "0")
    setting("folders", str(photos(tmp_path / "photos", 1)))
    settled()
    assert immich_tray(signed_in, "backup", "--once").returncode == 0  # the account is known now
    server.faults.add(GarbageLine())
    with running_program(signed_in) as program:
        icon_in_tray(screen)
        wait_until("trouble", lambda: status(signed_in)["syncReasons"], 30)
        photo(tmp_path / "photos" / "new.jpg", "new")
        setting("backgroundBackup", "true")
        held = wait_until(
            "hold", lambda: (now := status(signed_in))["state"] == "waiting" and now, 30
        )
        assert "What changed on the server is not known." in held["words"]
        assert len(server.assets()) == 41
        server.faults.clear()
        assert immich_tray(signed_in, "sync").returncode == 0
        wait_until("photo", lambda: len(server.assets()) == 42, 90)
        end(program)
