"""The tray program on a virtual desktop, signed in, its library known; and bare trays."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.kernel import command, reading, since
from tests.bench.ours import PYTHON, environment
from tests.bench.peer import ROOT
from tests.rig.desktop import Desktop
from tests.rig.processes import wait_until
from tray_app.demo.options import DEMO_EMAIL, DEMO_PASSWORD
from tray_app.demo.process import DemoProcess, serve_in_process

BARE = (sys.executable, str(ROOT / "tests" / "rig" / "tray_program.py"))
LONG = 1200.0


@dataclass(frozen=True, slots=True)
class Known:
    """A home that knows the library of its server."""

    server: DemoProcess
    home: Path
    env: dict[str, str]

    def said(self) -> str:
        """What its log says."""
        return "".join(path.read_text() for path in (self.home / "logs").glob("*.log*"))


def sign_in(env: dict[str, str], address: str, email: str = DEMO_EMAIL) -> None:
    """Sign in with a password; the session is in the desktop's keyring afterwards."""
    words = [*PYTHON, "login", address, "--email", email]
    secret = f"{DEMO_PASSWORD}\n"
    subprocess.run(words, env=env, input=secret, text=True, check=True, capture_output=True)


@contextmanager
def known_library(desktop: Desktop, folder: Path, assets: int) -> Iterator[Known]:
    """Sign in to a demo server of so many assets and sync once, as a person would."""
    home = folder / "home"
    env = environment(home) | desktop.env
    with serve_in_process(folder / "server", discard_bodies=True) as server:
        server.fill(assets)
        sign_in(env, server.url)
        command([*PYTHON, "sync", "--once", "--json"], env, LONG)
        yield Known(server, home, env)


@contextmanager
def tray(words: tuple[str, ...], env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a tray program; it is asked to end, and waited for."""
    quiet: Any = subprocess.DEVNULL
    with subprocess.Popen(words, env=env, stdin=quiet, stdout=quiet, stderr=quiet) as process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()


def rests(pid: int, seconds: float = 3.0) -> bool:
    """Whether a program did next to nothing for some seconds."""
    before = reading(pid)
    time.sleep(seconds)
    used = since(before, pid)
    return used.cpu < 0.01 * used.wall


def seconds_to_icon(desktop: Desktop, words: tuple[str, ...], env: dict[str, str]) -> float:
    """Start a tray program; return after how long the panel shows its icon."""
    wait_until("empty tray", lambda: desktop.screen.find_tray_icon() is None)
    begin = time.perf_counter()
    with tray(words, env):
        wait_until("tray icon", desktop.screen.find_tray_icon, LONG)
        took = time.perf_counter() - begin
    wait_until("empty tray", lambda: desktop.screen.find_tray_icon() is None)
    return took
