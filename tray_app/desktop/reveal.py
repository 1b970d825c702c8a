"""Shows a file in its folder, selected where the system can do that."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher
from PySide6.QtGui import QDesktopServices

_FILES = "org.freedesktop.FileManager1"

Fallback = Callable[[str], object]


def reveal(path: str) -> None:
    """Ask the file manager to show `path`; returns at once. Where it cannot select, it opens."""
    if sys.platform == "win32":
        subprocess.Popen(["explorer", f"/select,{path}"])  # noqa: S603, S607  a path is no command
    elif sys.platform == "darwin":
        subprocess.Popen(["/usr/bin/open", "-R", path])  # noqa: S603  a path is no command
    else:
        _ask_file_manager(path, open_folder)


def open_folder(path: str) -> None:
    """Open the folder that `path` is in."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(path).parent)))


def _ask_file_manager(path: str, fallback: Fallback) -> None:
    """Call the common interface of the file managers of Linux (FileManager1.ShowItems)."""
    message = QDBusMessage.createMethodCall(
        _FILES, "/org/freedesktop/FileManager1", _FILES, "ShowItems"
    )
    message.setArguments([[_address(path)], ""])
    bus = QDBusConnection.sessionBus()
    watcher = QDBusPendingCallWatcher(bus.asyncCall(message))

    def answered() -> None:
        if watcher.isError():
            fallback(path)
        watcher.deleteLater()

    if watcher.isFinished():  # without a bus it ends before anybody can listen
        answered()
    else:
        watcher.finished.connect(answered)


def _address(path: str) -> str:
    """Write a path as an address, byte by byte, whatever its encoding."""
    return Path(os.fsdecode(os.fsencode(path))).absolute().as_uri()
