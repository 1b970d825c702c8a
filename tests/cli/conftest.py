import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.accounts import Accounts
from tests.fakes.site import serving

ROOT = Path(__file__).parents[2]


class Done:
    def __init__(self, done):
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr

    @property
    def json(self):
        return json.loads(self.out.splitlines()[-1])


class CommandLine:
    """Runs `immich-tray` as a person does: real processes with a home of their own."""

    def __init__(self, folder):
        self.home = folder / "home"
        self.keyring = folder / "keyring.json"
        self.environ = {
            "PATH": os.environ["PATH"],
            "DBUS_SYSTEM_BUS_ADDRESS": os.environ["DBUS_SYSTEM_BUS_ADDRESS"],
            "HOME": str(folder),
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "error",
            "IMMICH_TRAY_HOME": str(self.home),
            "TEST_KEYRING": str(self.keyring),
            "PYTHON_KEYRING_BACKEND": "tests.fakes.file_keyring.FileKeyring",
        }

    def command(self, *args):
        return [sys.executable, "-m", "tray_app", *args]

    def __call__(self, *args, stdin="", **environ):
        done = subprocess.run(
            self.command(*args),
            input=stdin,
            env={**self.environ, **environ},
            capture_output=True,
            text=True,
            timeout=50,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Done(done)

    @property
    def settings(self):
        return self.home / "config" / "settings.toml"

    def everything_written(self):
        files = [path for path in self.home.rglob("*") if path.is_file()]
        return b"".join(path.read_bytes() for path in files).decode(errors="replace")


@pytest.fixture
def run(tmp_path):
    return CommandLine(tmp_path)


@pytest.fixture
def accounts():
    return Accounts()


@pytest.fixture
def site(accounts):
    with serving(accounts.routes()) as site:
        yield site
