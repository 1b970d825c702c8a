"""Whether there is a screen, asked before Qt is imported: on a server it may not be there."""

import os
import socket
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

_SECONDS = 1.0
_X11_PORT = 6000
_X11_SOCKET = "/tmp/.X11-unix/X{}"  # noqa: S108  where every X server listens


def has_display() -> bool:
    """Tell whether Qt may be started: without a display it ends the process by itself.

    A variable alone proves nothing: cron, tmux and sudo keep it when the screen has gone.
    """
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return _wayland_answers(os.environ) or _x11_answers(os.environ.get("DISPLAY", ""))


def _wayland_answers(environ: Mapping[str, str]) -> bool:
    name = environ.get("WAYLAND_DISPLAY")
    return bool(name) and _listens(str(Path(environ.get("XDG_RUNTIME_DIR", "/"), str(name))))


def _x11_answers(display: str) -> bool:
    """Try the display's socket; `display` is like ":0", "host:10.0" or "unix:1"."""
    host, _, rest = display.rpartition(":")
    number = rest.partition(".")[0]
    if not number.isdigit():
        return False
    if host not in ("", "unix"):
        try:
            socket.create_connection((host, _X11_PORT + int(number)), _SECONDS).close()
        except OSError:
            return False
        return True
    path = _X11_SOCKET.format(number)
    return _listens(path) or (sys.platform == "linux" and _listens(f"\0{path}"))


def _listens(path: str) -> bool:
    if sys.platform == "win32":
        return False
    with closing(socket.socket(socket.AF_UNIX)) as probe:
        probe.settimeout(_SECONDS)
        try:
            probe.connect(path)
        except OSError:
            return False
    return True
