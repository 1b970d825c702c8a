"""Small distinct photos, and the comparison of a folder with what a server holds."""

import hashlib
import os
import time
from collections import Counter
from pathlib import Path

from tray_app.demo.process import DemoProcess

HEAD = b"\xff\xd8\xff\xe0"


def photo(path: Path, seed: object, size: int = 600) -> Path:
    """Write one file whose bytes follow from `seed`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content(seed, size))
    return path


def content(seed: object, size: int = 600) -> bytes:
    """Bytes no compressor shrinks, different for every seed."""
    return (HEAD + hashlib.shake_128(repr(seed).encode()).digest(max(size, 16)))[:size]


def photos(folder: Path, count: int, size: int = 600, *, seed: object = "") -> Path:
    """Write that many distinct photos and let them count as finished."""
    for number in range(count):
        photo(folder / f"IMG_{number:04}.jpg", (seed, number), size)
    return folder


def settled(seconds: float = 0.35) -> None:
    """Let the time pass in which a new file may still be in writing (`quiet` of the engine).

    A ctime cannot be set back, so this is the one wait that no event can replace.
    """
    time.sleep(seconds)


def sha1(path: Path) -> str:
    return hashlib.sha1(path.read_bytes(), usedforsecurity=False).hexdigest()


def sums(folder: Path) -> set[str]:
    """The SHA-1 of every file below a folder."""
    return {sha1(Path(root) / name) for root, _, names in os.walk(folder) for name in names}


def stored(server: DemoProcess, email: str) -> Counter[str]:
    """How often the server has which bytes; read from the bytes it keeps, not from its word."""
    return Counter(sha1(asset.path) for asset in server.assets(email) if asset.path)


def holds_once(server: DemoProcess, email: str, folder: Path) -> None:
    """Assert that the server has each of these bytes, once, and nothing else."""
    assert stored(server, email) == Counter(sums(folder))


def created(server: DemoProcess) -> int:
    """How many uploads made an asset."""
    return sum(entry.status == 201 for entry in server.log.entries("POST", "/api/assets"))


def uploads(server: DemoProcess) -> int:
    return server.log.count("POST", "/api/assets")


def checks(server: DemoProcess) -> int:
    return server.log.count("POST", "/api/assets/bulk-upload-check")
