"""A command imports what it needs and nothing heavy besides (issue 7: start)."""

import json
import os
import subprocess
import sys

from tray_app.app.workshop import QUIET_WITHOUT_DELAY
from tray_app.demo.process import serve_in_process
from tray_app.engine import watching

SCRIPT = """
import json, sys
from tray_app.cli.main import cli
try:
    cli(sys.argv[1:])
except SystemExit:
    pass
print(json.dumps(sorted(sys.modules)))
"""


def imported(tmp_path, *words):
    env = {**os.environ, "IMMICH_TRAY_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *words], env=env, capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


HEAVY = {"PySide6", "httpx", "rich", "pygments", "keyring", "tomlkit", "psutil", "pathspec"}


def test_status_needs_neither_network_nor_qt_nor_keychain(tmp_path):
    assert not HEAVY & imported(tmp_path, "status")


def test_a_backup_without_a_terminal_needs_no_libraries_for_one(tmp_path, monkeypatch):
    photos = tmp_path / "photos"
    photos.mkdir()
    with serve_in_process(tmp_path / "server") as server:
        monkeypatch.setenv("IMMICH_INSTANCE_URL", server.url)
        monkeypatch.setenv("IMMICH_API_KEY", server.add_api_key())
        found = imported(tmp_path / "home", "backup", str(photos), "--once")
        assert server.log.count("GET", "/api/users/me") == 1
    assert "httpx" in found
    assert not {"PySide6", "rich", "pygments", "keyring"} & found


def test_the_watcher_waits_no_longer_than_a_file_must_be_unchanged():
    assert watching.QUIET_SECONDS == QUIET_WITHOUT_DELAY
