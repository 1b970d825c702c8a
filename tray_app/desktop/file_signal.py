"""Tells when one of a few small files was replaced, edited, created or removed."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

SETTLE_MS = 200  # editors and we ourselves replace a file in several steps


class FileSignal(QObject):
    """Calls `changed` once for each burst of changes of the files, by whomever; costs no timer.

    The folders have to exist, the files need not. Needs Qt's loop.
    """

    def __init__(self, files: Iterable[Path], changed: Callable[[], None]) -> None:
        super().__init__()
        self._files = {file: _look(file) for file in files}
        self._changed = changed
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._compare)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._wait)
        self._watcher.directoryChanged.connect(self._wait)
        self._watcher.addPaths(sorted({os.fspath(file.parent) for file in self._files}))
        self._watch_files()

    def _wait(self, _path: str) -> None:
        """Throttle, not debounce: a folder in which much happens must not silence a file."""
        if not self._settle.isActive():
            self._settle.start()

    def _watch_files(self) -> None:
        """Watch anew what was replaced: Qt forgets a file that went away."""
        there = {os.fspath(file) for file in self._files if file.exists()}
        if missing := sorted(there - set(self._watcher.files())):
            self._watcher.addPaths(missing)

    def _compare(self) -> None:
        self._watch_files()
        now = {file: _look(file) for file in self._files}
        if now != self._files:
            self._files = now
            self._changed()

    def close(self) -> None:
        """Be silent from here on."""
        self._settle.stop()
        self._watcher.removePaths([*self._watcher.files(), *self._watcher.directories()])


def _look(file: Path) -> tuple[int, int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
