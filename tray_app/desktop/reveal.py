"""Shows a file where it lies, in the file manager of the desktop."""

import logging
import os
import subprocess
import sys
from urllib.parse import quote_from_bytes

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

log = logging.getLogger(__name__)

_SERVICE = "org.freedesktop.FileManager1"
_PATH = "/org/freedesktop/FileManager1"


def reveal(path: str) -> None:
    """Open the folder of `path` with the file chosen; where that cannot be, the folder alone.

    Returns at once and never raises: what the file manager makes of it is seen on the screen.
    `path` may hold undecodable bytes, surrogate-escaped.
    """
    if sys.platform == "win32":
        _start(["explorer", f"/select,{path}"])
    elif sys.platform == "darwin":
        _start(["open", "-R", path])
    else:
        _ask_file_manager(path)


def file_uri(path: str) -> str:
    """Write an absolute path as a URI, byte for byte."""
    return f"file://{quote_from_bytes(os.fsencode(path))}"


def _ask_file_manager(path: str) -> None:
    """Ask by D-Bus, which starts one where none runs; else let the desktop open the folder."""
    from PySide6.QtDBus import (  # noqa: PLC0415  not on every system
        QDBusConnection,
        QDBusMessage,
        QDBusPendingCallWatcher,
    )

    message = QDBusMessage.createMethodCall(_SERVICE, _PATH, _SERVICE, "ShowItems")
    message.setArguments([[file_uri(path)], ""])
    watcher = QDBusPendingCallWatcher(QDBusConnection.sessionBus().asyncCall(message))
    _waiting.add(watcher)

    def answered() -> None:
        _waiting.discard(watcher)
        if watcher.isError():
            log.debug("No file manager answers (%s).", watcher.error().name())
            _open_folder(path)
        watcher.deleteLater()

    if watcher.isFinished():  # there is no bus, and Qt would not tell
        answered()
    else:
        watcher.finished.connect(answered)


_waiting: set[object] = set()  # else Python would drop a watcher before its answer


def _open_folder(path: str) -> None:
    folder = path if os.path.isdir(path) else os.path.dirname(path)  # noqa: PTH112, PTH120  bytes
    QDesktopServices.openUrl(QUrl(file_uri(folder), QUrl.ParsingMode.StrictMode))


def _start(words: list[str]) -> None:
    try:
        subprocess.Popen(words)  # noqa: S603  a program of the system, no shell
    except OSError as exc:
        log.warning("The file manager could not be started: %s", exc)
