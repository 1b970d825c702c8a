"""Uploaded bytes: hashed while they arrive, kept in the demo folder or discarded."""

import hashlib
import os
import re
import shutil
import uuid
from pathlib import Path

WRITE_BUFFER = 128 * 1024
MAX_STEM = 80


def safe_name(name: str) -> str:
    """Return a name that any file system takes, still readable for a person."""
    return re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*]', "_", name).strip(". ") or "_"


def split_name(file_name: str) -> tuple[str, str]:
    """Return stem and extension of a safe name, neither too long."""
    cleaned = safe_name(file_name)
    stem, dot, extension = cleaned.rpartition(".")
    stem = (stem if dot else cleaned).encode()[:MAX_STEM].decode("utf-8", "ignore")
    return stem, f".{extension[:10]}" if dot else ""


class Incoming:
    """A file that is being received; `path` None when its bytes are discarded."""

    def __init__(self, file_name: str, path: Path | None) -> None:
        self.file_name = file_name
        self.path = path
        self.size = 0
        self._hash = hashlib.sha1(usedforsecurity=False)
        self._file = path.open("xb", buffering=WRITE_BUFFER) if path else None

    def write(self, data: memoryview) -> None:
        """Take the next bytes."""
        self._hash.update(data)
        self.size += len(data)
        if self._file is not None:
            self._file.write(data)

    def finish(self) -> None:
        """Learn that the file is complete."""
        if self._file is not None:
            self._file.close()

    @property
    def checksum(self) -> bytes:
        """The SHA-1 of what was received, 20 bytes."""
        return self._hash.digest()

    def discard(self) -> None:
        """Leave nothing behind; harmless after the file was moved away."""
        if self._file is not None:
            self._file.close()
        if self.path is not None:
            self.path.unlink(missing_ok=True)


class Storage:
    """The folders `incoming` (emptied at start) and `library` (one folder for each user)."""

    def __init__(self, folder: Path, *, discard: bool) -> None:
        self._incoming = folder / "incoming"
        self._library = folder / "library"
        self._discard = discard
        self._made: set[Path] = set()
        shutil.rmtree(self._incoming, ignore_errors=True)
        self._incoming.mkdir(parents=True)

    def receive(self, file_name: str) -> Incoming:
        """Begin a file."""
        path = None if self._discard else self._incoming / uuid.uuid4().hex
        return Incoming(file_name, path)

    def keep(
        self, incoming: Incoming, *, owner: str, month: str, asset_id: str, modified: float
    ) -> str | None:
        """Move a complete file to `library/OWNER/YYYY-MM/STEM-ID.EXT`; return the path."""
        if incoming.path is None:
            return None
        directory = self._library / safe_name(owner) / month
        if directory not in self._made:
            directory.mkdir(parents=True, exist_ok=True)
            self._made.add(directory)
        stem, extension = split_name(incoming.file_name)
        target = directory / f"{stem}-{asset_id}{extension}"
        incoming.path.replace(target)
        os.utime(target, (modified, modified))
        return str(target)


def remove(path: str | None) -> None:
    """Delete a stored file; nothing happens when it was not kept."""
    if path is not None:
        Path(path).unlink(missing_ok=True)
