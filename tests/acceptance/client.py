"""The real program in a process of its own, as a person or a job starts it."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tray_app.demo.process import DemoProcess

ROOT = Path(__file__).parents[2]
MODULE = [sys.executable, "-m", "tray_app"]


@dataclass(frozen=True)
class Done:
    """How a program ended; `read_bytes`: what it read from anywhere, by the kernel's count."""

    status: int
    out: str
    err: str
    read_bytes: int = 0

    @property
    def json(self) -> dict[str, Any]:
        """The last line of stdout."""
        assert self.out, f"nothing on stdout; stderr: {self.err}"
        return json.loads(self.out.splitlines()[-1])

    @property
    def said(self) -> str:
        """All words, for questions about what was said where does not matter."""
        return self.out + self.err


@dataclass
class Running:
    """A program under way; its output goes to files, so that it never waits for us."""

    process: subprocess.Popen[bytes]
    place: Path

    def interrupt(self) -> None:
        self.process.send_signal(signal.SIGINT)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    @property
    def over(self) -> bool:
        return self.process.poll() is not None

    @property
    def err(self) -> str:
        return (self.place / "err").read_text()

    def end(self, seconds: float = 50) -> Done:
        """Wait for the end; kills a program that does not come to one."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise
        return Done(self.process.returncode, (self.place / "out").read_text(), self.err)

    def end_measured(self) -> Done:
        """Do the same and read the kernel's account of the process before it is gone."""
        os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOWAIT)
        account = Path(f"/proc/{self.process.pid}/io").read_text()
        done = self.end()
        return Done(done.status, done.out, done.err, int(account.split()[1]))


@dataclass
class Person:
    """One home, one sign-in by environment variables, and the commands typed there."""

    place: Path
    url: str = ""
    key: str = ""
    command: list[str] = field(default_factory=lambda: list(MODULE))
    extra: dict[str, str] = field(default_factory=dict)
    runs: int = 0

    @classmethod
    def of(cls, place: Path, server: DemoProcess, name: str = "") -> "Person":
        """Give somebody an account, a key and an empty home."""
        place.mkdir(parents=True, exist_ok=True)
        email = f"{name or place.name}@example.org"
        server.add_user(email)
        return cls(place, server.url, server.add_api_key(email=email))

    @property
    def home(self) -> Path:
        return self.place / "home"

    def settings(self, **values: object) -> None:
        """Write settings as by hand; strings are quoted, the rest is TOML already."""
        file = self.home / "config" / "settings.toml"
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.write_text("".join(f"{k} = {json.dumps(v)}\n" for k, v in values.items()))

    def environment(self) -> dict[str, str]:
        """An environment with nothing of the person who runs the tests."""
        own = {
            "PATH": os.environ["PATH"],
            "DBUS_SYSTEM_BUS_ADDRESS": os.environ["DBUS_SYSTEM_BUS_ADDRESS"],
            "PYTHONPATH": str(ROOT),
            "HOME": str(self.place / "empty"),
            "IMMICH_TRAY_HOME": str(self.home),
            "LANG": "C.UTF-8",
        }
        if self.url:
            own["IMMICH_INSTANCE_URL"] = self.url
        if self.key:
            own["IMMICH_API_KEY"] = self.key
        return own | self.extra

    def start(self, *arguments: str | bytes | Path) -> Running:
        """Begin a command."""
        self.runs += 1
        place = self.place / "said" / str(self.runs)
        place.mkdir(parents=True, exist_ok=True)
        with (place / "out").open("wb") as out, (place / "err").open("wb") as err:
            process = subprocess.Popen(
                [*self.command, *arguments],
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                cwd=self.place,
                start_new_session=True,
            )
        return Running(process, place)

    def run(self, *arguments: str | bytes | Path, seconds: float = 50) -> Done:
        """Do a command to its end."""
        return self.start(*arguments).end(seconds)

    def start_backup(self, photos: Path, *flags: str) -> Running:
        return self.start("backup", os.fsencode(photos), "--once", "--json", *flags)

    def backup(self, photos: Path, *flags: str, seconds: float = 50) -> Done:
        return self.start_backup(photos, *flags).end(seconds)
