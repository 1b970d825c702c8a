"""A small disk of its own that can be filled to the byte, and emptied."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

PAGE = 4096


@dataclass(frozen=True)
class Disk:
    """A mounted tmpfs; `ballast` is the file that takes its room."""

    point: Path

    @property
    def ballast(self) -> Path:
        return self.point / ".ballast"

    @property
    def left(self) -> int:
        room = os.statvfs(self.point)
        return room.f_bavail * room.f_frsize

    def fill(self, left: int = 0) -> None:
        """Leave so many bytes, in whole pages."""
        with self.ballast.open("ab") as file:
            while (more := self.left - left) >= PAGE:
                file.write(bytes(min(more // PAGE * PAGE, 1 << 20)))
                file.flush()

    def free(self) -> None:
        self.ballast.unlink(missing_ok=True)

    def read_only(self, *, on: bool) -> None:
        flag = "ro" if on else "rw"
        subprocess.run(["mount", "-o", f"remount,{flag}", self.point], check=True)


@contextmanager
def small_disk(point: Path, size: str = "8m", inodes: int = 0) -> Iterator[Disk]:
    """Mount it; skips where nobody may."""
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk takes root")
    point.mkdir(parents=True)
    options = f"size={size}" + (f",nr_inodes={inodes}" if inodes else "")
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", point], check=True)
    try:
        yield Disk(point)
    finally:
        subprocess.run(["umount", "--lazy", point], check=True)
