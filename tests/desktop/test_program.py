"""The whole program on a real desktop: keyring, tray, menu, server (issue 2)."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.desktop.test_tray import icon_in_tray, menus, open_menu
from tests.rig.processes import wait_until
from tray_app.core.system_job import AT_LOGIN
from tray_app.demo.process import serve_in_process
from tray_app.demo.samples import write_samples

pytestmark = pytest.mark.desktop

ROOT = Path(__file__).parents[2]


def immich_tray(env, *words, text=None):
    return subprocess.run(
        [sys.executable, "-m", "tray_app", *words],
        cwd=ROOT,
        env=env,
        input=text,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@contextmanager
def running_program(env, *words):
    """Run a command, or the program as the desktop starts it at login."""
    with subprocess.Popen(
        [sys.executable, "-m", "tray_app", *(words or AT_LOGIN)],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture(params=["2.7.5", "3.0.3"])
def server(request, tmp_path):
    with serve_in_process(tmp_path / "server", version=request.param) as demo:
        yield demo


@pytest.fixture
def home(desktop_session, tmp_path):
    return desktop_session | {"IMMICH_TRAY_HOME": str(tmp_path / "home")}


def keyring_entry(env):
    """Ask the real keyring for the one entry this home owns."""
    script = (
        "import os\n"
        "from tray_app.adapters.account_file import AccountFile\n"
        "from tray_app.adapters.keyring_secrets import KeyringSecrets\n"
        "from tray_app.adapters.locations import find_locations\n"
        "places = find_locations(os.environ)\n"
        "known = AccountFile(places.account_file).load()\n"
        "print(KeyringSecrets(places.keychain_service).get(known.secret_name))\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout.strip()


def test_back_up_now_from_the_menu_with_the_secret_in_the_keyring(
    server, home, screen, tmp_path, desktop
):
    samples = write_samples(tmp_path / "photos", 30)
    key = server.add_api_key(["asset.upload", "user.read"])
    signed_in = immich_tray(home, "login", server.url, "--api-key", text=f"{key}\n")
    assert signed_in.returncode == 0, signed_in.stderr
    assert keyring_entry(home) == key
    settings = tmp_path / "home" / "config" / "settings.toml"
    assert immich_tray(home, "settings", "get", "backgroundBackup").returncode == 0
    with settings.open("a") as file:
        file.write(f'\n[[folders]]\npath = "{tmp_path / "photos"}"\n')

    with running_program(home) as program:
        icon = icon_in_tray(screen)
        open_menu(screen, icon, 3)
        screen.key("Down", "Return")
        wait_until("photos on the server", lambda: len(server.assets()) == samples.asset_count, 30)
        wait_until("confirmed photos", lambda: pending(home) == 0, 15)
        asked = time.monotonic()
        open_menu(screen, icon, 3)
        screen.key("Up", "Return")
        assert program.wait(5) == 0
        assert time.monotonic() - asked < 5 + 2  # opening the menu included
    wait_until("closed menu", lambda: not menus(screen))
    status = immich_tray(home, "status", "--json")
    assert '"pending": 0' in status.stdout.splitlines()[-1]
    for file in (tmp_path / "home").rglob("*"):
        if file.is_file():
            assert key.encode() not in file.read_bytes(), file


def pending(env) -> int:
    return json.loads(immich_tray(env, "status", "--json").stdout.splitlines()[-1])["pending"]


def test_the_demo_goes_on_in_the_tray_and_ends_on_sigterm(home, screen):
    with running_program(home, "demo") as program:
        icon_in_tray(screen)
        os.kill(program.pid, signal.SIGTERM)
        assert program.wait(6) == 0
        assert "Everything is backed up." in program.stdout.read()
