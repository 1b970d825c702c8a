"""The real tray program between real files and a demo server, in trouble; and the oracle."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

from tests.acceptance.client import ROOT
from tests.acceptance.photos import photo, sha1
from tests.faults.schedule import Event
from tests.faults.toxic import ToxicProxy, Toxics, toxic_proxy
from tests.rig.processes import wait_until
from tests.sync.world import DAY, IN_THE_LIBRARY, NEW_ALBUM, OwnWorld, ident, ordered
from tray_app.demo.faults import WrongChecksum
from tray_app.demo.options import DEMO_PASSWORD
from tray_app.demo.process import DemoProcess, serve_in_process
from tray_app.demo.state import State

EMAIL = "who@example.org"
IDLE_CPU = 0.05  # share of a core; the exact figure is tests/scale's


class Trial:
    """One home, one folder of photos, one server behind one bad network."""

    def __init__(self, place: Path, seed: object, files: int, version: str) -> None:
        self.place = place
        self.program = "tray_app"
        self.more_env: dict[str, str] = {}
        self.folder = place / "photos"
        self.dice = random.Random(repr(("files", seed)))
        self.version = version
        self.app: subprocess.Popen[bytes] | None = None
        self.server: DemoProcess
        self.proxy: ToxicProxy
        self.ever: set[str] = set()  # checksums that were on the disk at some time
        self.trashed: set[str] = set()
        self.lies = 0
        self.signed_out = False
        self.asked: list[subprocess.Popen[bytes]] = []
        for number in range(files):
            self._write(f"{number % 7}/IMG_{number:04}.jpg", number)

    # Files.

    def _write(self, name: str, seed: object) -> None:
        size = self.dice.choice([300, 900, 2_500, 2_500, 40_000])
        self.ever.add(sha1(photo(self.folder / name, (str(self.place), seed), size)))

    def files(self) -> list[Path]:
        return sorted(Path(root, name) for root, _, names in os.walk(self.folder) for name in names)

    def looks(self) -> dict[str, tuple[str, int, int]]:
        """Every file with checksum, mtime and mode: what the program must leave alone."""
        return {
            str(path.relative_to(self.folder)): (sha1(path), stat.st_mtime_ns, stat.st_mode)
            for path in self.files()
            if (stat := path.stat())
        }

    # Programs.

    @property
    def env(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "DBUS_SYSTEM_BUS_ADDRESS": os.environ["DBUS_SYSTEM_BUS_ADDRESS"],
            "PYTHONPATH": str(ROOT),
            "HOME": str(self.place / "empty"),
            "IMMICH_TRAY_HOME": str(self.place / "home"),
            "XDG_RUNTIME_DIR": str(self.place / "run"),
            "QT_QPA_PLATFORM": "offscreen",
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
            "LANG": "C.UTF-8",
            "PYTHON_KEYRING_BACKEND": "tests.fakes.file_keyring.FileKeyring",
            "TEST_KEYRING": str(self.place / "keyring"),
            **self.more_env,
        }

    def command(self, *words: str, text: str = "", seconds: float = 60) -> Any:
        return subprocess.run(
            [sys.executable, "-m", "tray_app", *words],
            env=self.env,
            input=text,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
            cwd=self.place,
        )

    def status(self) -> dict[str, Any]:
        done = self.command("status", "--json")
        return json.loads(done.stdout.splitlines()[-1])

    def start(self) -> None:
        with (self.place / "said").open("ab") as said:
            self.app = subprocess.Popen(
                [sys.executable, "-m", self.program, "--hidden"],
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                cwd=self.place,
            )

    def end(self, number: int = signal.SIGTERM) -> int:
        assert self.app
        self.app.send_signal(number)
        try:
            return self.app.wait(20)
        finally:
            if self.app.poll() is None:
                self.app.kill()
                self.app.wait()

    def said(self) -> str:
        logs = (self.place / "home" / "logs").glob("*.log")
        return "".join(path.read_text(errors="replace") for path in logs)

    # What happens.

    def happen(self, event: Event) -> None:
        time.sleep(event.wait)
        getattr(self, f"on_{event.kind.replace(' ', '_')}")(event.argument)

    def on_toxics(self, toxics: Toxics) -> None:
        self.proxy.set(toxics)

    def on_heal(self, _: int) -> None:
        self.proxy.set(Toxics())

    def on_fault(self, fault: Any) -> None:
        self.lies += isinstance(fault, WrongChecksum)
        self.server.faults.add(fault)

    def on_kill(self, _: int) -> None:
        self.end(signal.SIGKILL)
        self.start()

    def on_terminate(self, _: int) -> None:
        assert self.app
        starting = not self.running()
        status = self.end()
        assert status == 0 or (starting and status == -signal.SIGTERM), status
        self.start()

    def on_restart_server(self, _: int) -> None:
        port = int(self.server.url.rpartition(":")[2])
        self.server.stop()
        self.server = serve_in_process(self.place / "server", version=self.version, port=port)

    def on_upgrade(self, argument: int) -> None:
        self.version = "3.0.3"
        self.on_restart_server(argument)

    def on_sign_out(self, _: int) -> None:
        """End the session at the server, as "Authorised devices" does; the person returns later."""
        for token in json.loads((self.place / "keyring").read_text()).values():
            self.server.sign_out(token)
        self.signed_out = True

    def on_other_server(self, number: int) -> None:
        """Have another one at the address for a moment, that takes our token for somebody else."""
        port = int(self.server.url.rpartition(":")[2])
        self.server.stop()
        folder = another_identity(self.place / "server", self.place / f"other {number}")
        with serve_in_process(folder, version=self.version, port=port) as other:
            self.ask("backup", "--once")
            time.sleep(number % 100 / 50)
            uploads = other.log.count("POST", "/api/assets")
            assert uploads == 0, "sent to somebody else"
        self.server = serve_in_process(self.place / "server", version=self.version, port=port)

    def sign_in(self) -> None:
        done = self.command("login", self.proxy.url, "--email", EMAIL, text=f"{DEMO_PASSWORD}\n")
        assert done.returncode == 0, done.stderr
        self.signed_out = False

    def on_add(self, number: int) -> None:
        for i in range(number % 9 + 1):
            self._write(f"new/{number}_{i}.jpg", (number, i))

    def on_edit(self, number: int) -> None:
        if files := self.files():
            path = files[number % len(files)]
            with path.open("ab") as file:  # in place, as some programs do
                file.write(b"edited %d" % number)
            self.ever.add(sha1(path))

    def on_rename(self, number: int) -> None:
        if files := self.files():
            path = files[number % len(files)]
            path.rename(path.with_name(f"moved {number}.jpg"))

    def on_delete(self, number: int) -> None:
        if files := self.files():
            files[number % len(files)].unlink()

    def on_touch(self, number: int) -> None:
        if files := self.files():
            os.utime(files[number % len(files)])

    def on_back_up_now(self, _: int) -> None:
        self.ask("backup", "--once", "--json")

    def on_sync_now(self, number: int) -> None:
        self.ask("sync", "--once", *(("--full",) if number % 3 == 0 else ()))

    def on_lost_library(self, _: int) -> None:
        self.end(signal.SIGKILL)
        for path in (self.place / "home" / "data").glob("library.db*"):
            path.unlink()
        self.start()

    def on_album(self, number: int) -> None:
        album = ident("album", number)
        db = self.server.state.db
        db.run(NEW_ALBUM, (album, self.server.user(EMAIL).id, f"Album {number}", DAY, DAY))
        for asset in self.server.assets(EMAIL)[: number % 7]:
            db.run("INSERT INTO album_asset (album_id, asset_id) VALUES (?, ?)", (album, asset.id))

    def ask(self, *words: str) -> None:
        """Type a command as a person who does not wait for it."""
        with (self.place / "asked").open("ab") as said:
            asked = subprocess.Popen(
                [sys.executable, "-m", "tray_app", *words],
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                cwd=self.place,
            )
        self.asked.append(asked)

    def on_pause_and_resume(self, number: int) -> None:
        self.command("pause", "1h")
        time.sleep(number % 100 / 200)
        self.command("resume")

    def on_trash(self, number: int) -> None:
        assets = [asset for asset in self.server.assets(EMAIL) if asset.deleted_at is None]
        if assets:
            gone = assets[number % len(assets)]
            self.trashed.add(gone.sha1)
            self.server.state.library.trash([gone.id])

    # Afterwards.

    def running(self) -> bool:
        return bool(self.status()["running"])

    def calm(self) -> dict[str, Any]:
        """Let the world be good again, ask once as a person would, and wait for the end of it."""
        self.proxy.set(Toxics())
        self.server.faults.clear()
        assert self.app
        assert self.app.poll() is None, f"the program ended by itself: {self.said()[-3000:]}"
        wait_until("running program", self.running, 30)
        for asked in self.asked:
            asked.wait(120)
        if self.signed_out:
            self.sign_in()
        last: dict[str, Any] = {}
        for _ in range(4):  # a file that changed while it was sent is due later
            self.command("failed", "--retry-all")
            done = self.command("backup", "--once", "--json", seconds=120)
            assert done.stdout, f"no JSON whatever happens: {done}"
            last = json.loads(done.stdout.splitlines()[-1])
            if done.returncode == 0:
                break
        return last

    def verdict(self, before: dict[str, tuple[str, int, int]]) -> None:
        """The oracle."""
        assert self.app
        assert self.looks() == before, "a file of the person was changed"
        failed = self.failures()
        there, lies = self.stored()
        for path in self.files():
            held = there[sha1(path)]
            excused = str(path) in failed or sha1(path) in self.trashed
            assert held == 1 or excused, f"{path} is there {held} times; {self.said()[-3000:]}"
        assert set(there) <= self.ever, "the server has what was never on the disk"
        assert max(there.values(), default=0) <= 1, "something is there twice"
        assert lies <= 3 * self.lies, (
            "copies under a wrong checksum that nobody made the server tell"
        )
        self.idle()
        assert self.end() == 0
        self.mirrors()
        self.sound()

    def stored(self) -> tuple[Counter[str], int]:
        """How often the server has which bytes, and copies whose checksum it tells wrongly.

        Those are not taken for a backup; they are sent again and never deleted (design section 3).
        """
        assets = [(asset.sha1, sha1(asset.path)) for asset in self.server.assets(EMAIL)]
        honest = Counter(told for told, real in assets if told == real)
        return honest, len(assets) - honest.total()

    def mirrors(self) -> None:
        """The library is what the server has, row by row."""
        done = self.command("sync", "--once", "--json")
        assert done.returncode == 0, done.stderr
        world = OwnWorld(self.server.state.db, self.server.user(EMAIL).id)
        path = self.place / "home" / "data" / "library.db"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as conn:
            for name, rows in world.seen_by_me().items():
                found = conn.execute(IN_THE_LIBRARY[name]).fetchall()
                assert ordered(found) == rows, f"{name}; {self.said()[-3000:]}"

    def failures(self) -> dict[str, str]:
        found = json.loads(self.command("failed", "--json").stdout.splitlines()[-1])["failures"]
        return {row["path"]: row["reason"] for row in found}

    def idle(self) -> None:
        """Wait until it rests, and look at what it uses then."""
        wait_until(
            f"rest: {self.status()}",
            lambda: self.status()["state"] in ("idle", "stopped", "delayed"),
            90,
        )
        assert self.app
        shares: list[float] = []
        while not shares or shares[-1] > IDLE_CPU:  # a sync may follow the last run
            assert len(shares) < 15, f"shares of a core while idle: {shares}"
            before, begun = self.cpu(), time.monotonic()
            time.sleep(2.0)
            shares.append((self.cpu() - before) / (time.monotonic() - begun))
        assert self.app.poll() is None

    def cpu(self) -> float:
        assert self.app
        fields = Path(f"/proc/{self.app.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def sound(self) -> None:
        for name in ("backup.db", "library.db"):
            path = self.place / "home" / "data" / name
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as conn:
                assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)], name
                assert conn.execute("PRAGMA foreign_key_check").fetchall() == [], name


def another_identity(folder: Path, to: Path) -> Path:
    """Copy a server that is not running; in the copy everybody is another user, with no photos."""
    shutil.copytree(folder, to)
    state = State(to)
    for table in ("album_asset", "album_user", "album", "asset", "stack"):
        state.db.run(f"DELETE FROM {table}")  # noqa: S608  names of the line above
    state.db.run("PRAGMA foreign_keys = OFF")
    for (old,) in state.db.rows("SELECT id FROM user"):
        new = str(uuid.uuid5(uuid.NAMESPACE_OID, old))
        state.db.run("UPDATE user SET id = ? WHERE id = ?", (new, old))
        for table in ("session", "api_key", "user_metadata"):
            state.db.run(f"UPDATE {table} SET user_id = ? WHERE user_id = ?", (new, old))  # noqa: S608  likewise
    state.close()
    return to


@contextmanager
def trial(
    place: Path,
    seed: object,
    *,
    files: int = 200,
    version: str = "3.0.3",
    program: str = "tray_app",
    env: dict[str, str] | None = None,
) -> Iterator[Trial]:
    """Set everything up, sign in, start the program; end all of it afterwards.

    `program`: the module that is the tray program; `env`: more of its environment.
    """
    with ExitStack() as stack:
        # Short: sockets have 108 bytes.
        run = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="trial-")))
        place.mkdir(parents=True, exist_ok=True)
        (place / "run").symlink_to(run)
        it = Trial(place, seed, files, version)
        it.program, it.more_env = program, env or {}
        it.server = serve_in_process(place / "server", version=version)
        stack.callback(lambda: it.server.stop())  # noqa: PLW0108  it may be another one by then
        it.server.add_user(EMAIL)
        it.proxy = stack.enter_context(toxic_proxy(it.server.url, seed))
        it.sign_in()
        it.command("settings", "set", "folders", str(it.folder))
        it.command("settings", "set", "backupTriggerDelay", "0")
        it.command("settings", "set", "scheduledBackup", "false")
        done = it.command("settings", "set", "backgroundBackup", "true")
        assert done.returncode == 0, done.stderr
        it.start()
        try:
            yield it
        finally:
            for asked in it.asked:
                asked.kill()
                asked.wait()
            if it.app and it.app.poll() is None:
                it.end(signal.SIGKILL)
