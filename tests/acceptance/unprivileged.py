"""A way to run the client as somebody who may not read everything, whoever runs the tests."""

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from tests.acceptance.client import ROOT

UID = 54321
SETPRIV = ["setpriv", f"--reuid={UID}", f"--regid={UID}", "--clear-groups"]
# Without its capabilities root is bound by permissions like the owner of its own files.
POWERLESS = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--ambient-caps=-all"]
HEAVY = ("PySide6*", "shiboken6*", "mypy*", "ruff*", "pytest*", "hypothesis*", "__pycache__")
PROBE = "import tray_app.app.backup, tray_app.cli.runner, httpx, keyring, rich, psutil"


class Somebody:
    """A user without rights: `command` starts the program, `path` is its PYTHONPATH."""

    def __init__(self, command: list[str], path: str, uid: int | None) -> None:
        self.command = [*command, "-m", "tray_app"]
        self.path = path
        self._uid = uid

    def give(self, folder: Path) -> None:
        """Make a folder and all below theirs."""
        if self._uid is None:
            return
        for root, folders, names in os.walk(os.fsencode(folder)):
            for name in (b".", *folders, *names):
                os.chown(os.path.join(root, name), self._uid, self._uid, follow_symlinks=False)


def somebody(place: Path) -> Somebody:
    """Find a way to run the program without rights; `place` must be reachable by everyone.

    As root: another user with this interpreter, else (a checkout below /root) with the system's
    Python and a copy of the packages, else root without any capability.
    """
    if os.geteuid() != 0:
        return Somebody([sys.executable], str(ROOT), None)
    for command, path in _ways(place):
        if _works(command, path):
            return Somebody(command, path, UID if command[0:2] == SETPRIV[0:2] else None)
    raise AssertionError("no way to run the program without rights")


def _ways(place: Path) -> Iterator[tuple[list[str], str]]:
    yield [*SETPRIV, sys.executable], str(ROOT)
    system = Path(f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}")
    if system.exists():
        copy = place / "packages"
        shutil.copytree(
            sysconfig.get_path("purelib"),
            copy,
            ignore=shutil.ignore_patterns(*HEAVY),
            symlinks=True,
        )
        shutil.copytree(ROOT / "tray_app", copy / "tray_app", dirs_exist_ok=True)
        yield [*SETPRIV, str(system)], str(copy)
    yield [*POWERLESS, sys.executable], str(ROOT)


def _works(command: list[str], path: str) -> bool:
    environ = {"PYTHONPATH": path, "PATH": os.environ["PATH"], "HOME": "/nonexistent"}
    done = subprocess.run(
        [*command, "-c", PROBE], env=environ, cwd="/", capture_output=True, check=False
    )
    return done.returncode == 0
