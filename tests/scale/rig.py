"""Many or large files, a demo server of its own process, and the programs measured on them."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tray_app.demo.process import DemoProcess, serve_in_process

HERE = Path(__file__).parent
FILES_A_FOLDER = 1000


def small_files(
    folder: Path, count: int, size: int = 1024, *, first: int = 0, contents: int = 0
) -> Path:
    """Write that many files of equal size, some thousand a folder.

    `first`: the number the contents begin with; other numbers, other bytes. `contents`: how many
    distinct ones there are, 0 for all.
    """
    filler = b"\xff\xd8" + bytes(size)
    for number in range(count):
        if number % FILES_A_FOLDER == 0:
            place = folder / f"{number // FILES_A_FOLDER:04}"
            place.mkdir(parents=True)
        content = (first + number % (contents or count)).to_bytes(8, "big") + filler
        fd = os.open(place / f"IMG_{number:06}.jpg", os.O_WRONLY | os.O_CREAT)
        os.write(fd, content[:size])
        os.close(fd)
    return folder


def sparse_file(folder: Path, size: int) -> Path:
    """Make a file that is large and takes no room."""
    folder.mkdir(parents=True)
    with (folder / "long.mp4").open("wb") as file:
        file.truncate(size)
    return folder


class Bench:
    """One demo server and the clients that are measured against it."""

    def __init__(self, server: DemoProcess, folder: Path) -> None:
        self.server = server
        self.key = server.add_api_key()
        self._folder = folder
        self._homes = 0
        self._users = 0

    def new_user(self) -> None:
        """Let the next client be somebody who has nothing on the server yet."""
        self._users += 1
        email = f"user-{self._users}@example.org"
        self.server.add_user(email)
        self.key = self.server.add_api_key(email=email)

    def home(self) -> Path:
        """Name a data folder no client has used."""
        self._homes += 1
        return self._folder / f"home-{self._homes}"

    def client(
        self, photos: Path, home: Path, *flags: Any, address: str = "", seconds: float = 50
    ) -> dict[str, Any]:
        """Run the real client once; return its counts and its cost."""
        place = (address or self.server.url, self.key, home, photos)
        return program("client.py", *place, *flags, seconds=seconds)

    def bare(self, photos: Path, concurrency: int, *, seconds: float = 50) -> dict[str, Any]:
        """Send the same files with httpx and nothing else."""
        return program("bare.py", self.server.url, self.key, photos, concurrency, seconds=seconds)


@contextmanager
def bench(folder: Path) -> Iterator[Bench]:
    """Serve from a process of its own; bodies are hashed and dropped."""
    with serve_in_process(folder / "server", discard_bodies=True) as server:
        yield Bench(server, folder)


def program(name: str, *arguments: Any, seconds: float) -> dict[str, Any]:
    """Run one of the programs here; return what it printed."""
    done = subprocess.run(
        [sys.executable, HERE / name, *map(str, arguments)],
        stdout=subprocess.PIPE,
        timeout=seconds,
        check=True,
    )
    return json.loads(done.stdout)
