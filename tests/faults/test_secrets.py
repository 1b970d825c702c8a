"""After a whole life with real processes no secret is written, printed or told to others (issue 6).

The file of the keyring, which stands for the keychain, is the one place where they are.
"""

import base64
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest

from tests.acceptance.photos import photos, settled
from tests.acceptance.unprivileged import SETPRIV
from tests.faults.forked import ROOT
from tests.faults.gatekeeper import gatekeeper
from tests.rig.processes import wait_until
from tray_app.demo import faults
from tray_app.demo.identity_provider import Settings
from tray_app.demo.server import DemoServer

EMAIL = "who@example.org"
PASSWORD = "correct hörse/battery+staple"
WRONG = "a wrong p4ssword of mine"
PROXY_PASSWORD = "pr0xy&pass:word"
BY_BROWSER = "browser's"
HEADER_VALUE = "header-value-8d0c41f7"
BROWSER = """\
import sys
import httpx
to = sys.argv[2]
with httpx.Client(timeout=20) as client:
    while to.startswith("http"):
        open(sys.argv[1], "a").write(to + "\\n")
        answer = client.get(to)
        if not answer.is_redirect:
            break
        to = answer.headers["location"]
"""


class Life:
    """One home, and everything that its processes print or show to others."""

    def __init__(self, place, run_folder):
        self.place, self.home = place, place / "home"
        self.keyring = place / "keyring"
        self.said = place / "said"
        self.said.mkdir()
        # What a browser is told to open: state and challenge, of which neither opens anything.
        self.public = set()
        self.shown = []  # command lines and environments of our processes
        self.number = 0
        self.own = {
            "PATH": os.environ["PATH"],
            "DBUS_SYSTEM_BUS_ADDRESS": os.environ["DBUS_SYSTEM_BUS_ADDRESS"],
            "PYTHONPATH": str(ROOT),
            "HOME": str(place / "empty"),
            "IMMICH_TRAY_HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(run_folder),
            "QT_QPA_PLATFORM": "offscreen",
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
            "LANG": "C.UTF-8",
            "PYTHON_KEYRING_BACKEND": "tests.fakes.file_keyring.FileKeyring",
            "TEST_KEYRING": str(self.keyring),
        }

    def start(self, *words, **more):
        self.number += 1
        with (self.said / str(self.number)).open("wb") as said:
            return subprocess.Popen(
                [sys.executable, "-m", "tray_app", *words],
                env={**self.own, **more},
                stdin=subprocess.PIPE,
                stdout=said,
                stderr=said,
                cwd=self.place,
            )

    def __call__(self, *words, text="", status=0, **more):
        process = self.start(*words, **more)
        watch = threading.Thread(target=self.look, args=(process,))
        watch.start()
        process.communicate(text.encode(), timeout=60)
        watch.join()
        said = (self.said / str(self.number)).read_text(errors="replace")
        assert status is None or process.returncode == status, (words, said)
        return said

    def look(self, process):
        """Read what other programs of this person can read of it, again and again."""
        while process.poll() is None:
            for pid in (process.pid, *children(process.pid)):
                for name in ("cmdline", "environ"):
                    try:
                        text = Path(f"/proc/{pid}/{name}").read_bytes()
                    except OSError:
                        continue
                    seen = (f"{BY_BROWSER} {name}" if b"browser.py" in text else name, text)
                    if seen not in self.shown:
                        self.shown.append(seen)
            time.sleep(0.02)

    def entries(self):
        """The values that the keychain has or had."""
        return set(json.loads(self.keyring.read_text()).values())

    def written(self):
        """Everything on the disk and on the screen, zip files unpacked."""
        for root, _, names in os.walk(self.place):
            for name in names:
                path = Path(root, name)
                if path in (self.keyring, self.keyring.with_name("visited")):
                    continue
                if path.is_file():
                    yield str(path), path.read_bytes()
                if path.suffix == ".zip":
                    with zipfile.ZipFile(path) as packed:
                        for inner in packed.namelist():
                            yield f"{path}:{inner}", packed.read(inner)
        for name, text in self.shown:
            yield name, text


def children(pid):
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(one) for task in tasks for one in (task / "children").read_text().split()]
    except OSError:
        return []


def spellings(secret):
    """The ways in which a secret could have been written."""
    plain = secret.encode()
    yield plain
    yield json.dumps(secret)[1:-1].encode()
    yield quote(secret, safe="").encode()
    yield quote_plus(secret).encode()
    yield secret.encode("utf-16-le")
    yield secret.encode("utf-16-be")
    yield plain.hex().encode()
    for shift in range(3):  # wherever it stands in something longer
        coded = base64.b64encode(b"\0" * shift + plain).rstrip(b"=")
        inner = coded[4 if shift else 0 : -2]
        yield inner
        yield inner.replace(b"+", b"-").replace(b"/", b"_")


def leaks(life, secrets):
    found = []
    for where, data in life.written():
        for secret in secrets - (life.public if where == f"{BY_BROWSER} cmdline" else set()):
            found += [(where, secret) for one in set(spellings(secret)) if one in data]
    return found


@pytest.fixture
def run_folder():
    with tempfile.TemporaryDirectory(prefix="life-") as folder:
        yield Path(folder)


@pytest.fixture
def life(run_folder):
    """In a folder through which everyone may be let; pytest's own belongs to one person."""
    with tempfile.TemporaryDirectory(prefix="life-") as folder:
        yield Life(Path(folder), run_folder)


@pytest.fixture
def server(tmp_path):
    with DemoServer(tmp_path / "server") as it:
        it.add_user(EMAIL, PASSWORD)
        it.identity.settings = Settings(enabled=True)
        yield it


@pytest.fixture
def app(life):
    """Start the tray program when asked; it ends with the test."""
    running = []

    def start():
        process = life.start("--hidden")
        running.append(process)
        watch = threading.Thread(target=life.look, args=(process,), daemon=True)
        watch.start()
        wait_until("running program", lambda: '"running": true' in life("status", "--json"), 30)
        return process

    yield start
    for process in running:
        if process.poll() is None:
            process.kill()
        process.communicate()


def settings(life, **values):
    for name, value in values.items():
        life("settings", "set", name, value)


def signed_in_with_all_ways(life, server, url, script):
    """Sign in by browser, with a key and with a password, and the wrong one; return the secrets."""
    visited = life.keyring.with_name("visited")
    browser = " ".join(f"'{word}'" for word in (sys.executable, script, visited, "%s"))
    life("login", url, "--browser", BROWSER=browser)
    secrets = set(life.entries())
    queries = [line.partition("?")[2] for line in visited.read_text().splitlines()]
    values = [pair.partition("=")[2] for query in queries for pair in query.split("&")]
    secrets |= {value for value in values if len(value) > 25 and "%" not in value}
    life.public = {value for value in secrets if value in queries[0]}
    assert len(secrets - life.public) >= 2, "code and token"
    assert len(secrets) >= 4, "code, state, challenge and token"
    life("backup", str(life.place / "photos"), "--once", "--anyway")
    key = server.add_api_key(email=EMAIL)
    life("login", url, "--api-key", text=f"{key}\n")
    life("sync", "--once")
    life("login", url, "--email", EMAIL, text=f"{WRONG}\n", status=3)
    life("login", url, "--email", EMAIL, text=f"{PASSWORD}\n")
    return secrets | life.entries() | {key, PASSWORD, WRONG}


def failures(life, server):
    """Let things go wrong in several ways, each under DEBUG."""
    photos(life.place / "photos" / "more", 3, seed="more")
    settled()
    server.faults.add(faults.CutUpload(after_bytes=100, times=2))
    server.faults.add(faults.ServerError(times=2))
    life("backup", "--once", "--anyway", "--json")
    life("verify")
    life("sync", "--once", "--full", "--json")
    life("doctor", "--json", status=None)
    life("failed", "--json")
    life("status", "--json")


def crash(life):
    """A bug: a traceback goes to the log, where advanced users look for it."""
    library = life.home / "data" / "library.db"
    kept = library.with_suffix(".kept")
    library.rename(kept)
    library.mkdir()
    life("sync", "--once", status=None)
    library.rmdir()
    kept.rename(library)


@pytest.mark.timeout(240)
def test_no_secret_is_left_anywhere(life, server, app, record):
    script = life.place / "browser.py"
    script.write_text(BROWSER)
    photos(life.place / "photos", 3)
    settled()
    with gatekeeper(server.url, "me", PROXY_PASSWORD) as (port, seen):
        settings(
            life,
            advancedTroubleshooting="true",
            backupTriggerDelay="0",
            scheduledBackup="false",
            folders=str(life.place / "photos"),
            proxy=f"http://me@127.0.0.1:{port}",
            extraHeaders="X-Gate",
        )
        life("settings", "secret", "proxy", text=f"{PROXY_PASSWORD}\n")
        life("settings", "secret", "header:x-gate", text=f"{HEADER_VALUE}\n")
        secrets = signed_in_with_all_ways(life, server, server.url, script)
        secrets |= {PROXY_PASSWORD, HEADER_VALUE}
        assert any(headers.get("X-Gate") == HEADER_VALUE for headers in seen)
        failures(life, server)
        crash(life)
        running = app()
        life("settings", "set", "backgroundBackup", "true")
        life("backup", "--once", "--anyway", "--json")
        life("sync", "--once")
        modes(life)
        life("logs", "--bundle", str(life.place / "bundle.zip"))
        session = json.loads((life.home / "data" / "account.json").read_text())
        assert session
        for token in life.entries():
            server.sign_out(token)
        life("backup", "--once", "--anyway", status=3)
        running.send_signal(signal.SIGTERM)
        assert running.wait(20) == 0
    life("logs", "--bundle", str(life.place / "second.zip"))
    settings_text = (life.home / "config" / "settings.toml").read_text()
    assert "X-Gate" in settings_text
    assert any(name == "environ" for name, _ in life.shown)
    assert leaks(life, secrets) == []
    # The search itself finds what is there.
    (life.place / "planted").write_bytes(b"..." + base64.b64encode(b"ab" + HEADER_VALUE.encode()))
    assert {secret for _, secret in leaks(life, secrets)} == {HEADER_VALUE}
    record(secrets=len(secrets), files=sum(1 for _ in life.written()))


def modes(life):
    """All that is ours is the owner's alone, the socket included."""
    assert life.home.exists()
    for root, folders, names in os.walk(life.home):
        for name in folders:
            assert stat.S_IMODE(os.stat(Path(root, name)).st_mode) == 0o700, name
        for name in names:
            assert stat.S_IMODE(os.lstat(Path(root, name)).st_mode) == 0o600, Path(root, name)
    sockets = [path for path in run_files(life) if stat.S_ISSOCK(path.stat().st_mode)]
    assert sockets
    for path in sockets:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def run_files(life):
    return list(Path(life.own["XDG_RUNTIME_DIR"]).rglob("*"))


CONNECT = "import socket,sys; socket.socket(socket.AF_UNIX).connect(sys.argv[1])"
READ = "import sys; open(sys.argv[1], 'rb').read()"


@pytest.mark.timeout(240)
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.skipif(not shutil.which("setpriv"), reason="setpriv is not installed")
def test_another_local_user_is_refused(life, server, app, run_folder):
    """Even where the folders around ours are open to everyone, as /home often is."""
    life("login", server.url, "--email", EMAIL, text=f"{PASSWORD}\n")
    app()
    run_folder.chmod(0o755)
    life.place.chmod(0o755)
    [socket] = [path for path in run_files(life) if stat.S_ISSOCK(path.stat().st_mode)]
    python = shutil.which("python3", path="/usr/bin:/bin") or sys.executable
    tries = [(CONNECT, socket)]
    tries += [(READ, path) for path in life.home.rglob("*") if path.is_file()]
    assert len(tries) > 4
    for code, path in tries:
        own = subprocess.run([python, "-c", code, path], capture_output=True, check=False)
        other = subprocess.run(
            [*SETPRIV, python, "-c", code, path], capture_output=True, check=False, cwd="/"
        )
        assert own.returncode == 0, own.stderr
        assert other.returncode != 0, path
        assert b"PermissionError" in other.stderr, other.stderr
