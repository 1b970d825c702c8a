"""Where the socket of an installation is, and who holds it."""

import fcntl
import hashlib
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from tray_app.adapters.channel.transport import Holds
from tray_app.adapters.locations import Locations
from tray_app.core.errors import Need, NeedsUser
from tray_app.core.phrase import phrase

_LONGEST = 107  # bytes of a Unix socket's path, without its end
_TEMPORARY = Path("/tmp")  # noqa: S108  short, and ours only if `_is_ours` says so


def socket_path(locations: Locations, environ: Mapping[str, str]) -> Path:
    """Name the socket: in the runtime folder of the person, else in our cache.

    Where both paths are too long for a socket it is a folder of ours in /tmp, whatever TMPDIR
    says, for all processes must find the same. Several IMMICH_TRAY_HOME stand side by side.
    Raises NeedsUser where that folder is somebody else's.
    """
    name = f"immich-tray-{hashlib.sha256(os.fsencode(locations.data)).hexdigest()[:16]}.sock"
    runtime = environ.get("XDG_RUNTIME_DIR", "")
    folders = [Path(runtime)] if runtime and _is_ours(Path(runtime)) else []
    for folder in [*folders, locations.cache]:
        if len(os.fsencode(folder / name)) <= _LONGEST:
            return folder / name
    return _short_folder() / name


def _short_folder() -> Path:
    folder = _TEMPORARY / f"immich-tray-{os.getuid()}"
    with suppress(OSError):
        folder.mkdir(mode=0o700)
    if _is_ours(folder):
        return folder
    raise NeedsUser(
        phrase(
            "There is no place for the program's socket: {folder} is not a folder of yours alone.",
            folder=folder,
        ),
        need=Need.SETTINGS,
        remedy=phrase("Remove it, or set XDG_RUNTIME_DIR to a folder of yours with a short path."),
    )


def _is_ours(folder: Path) -> bool:
    """Tell whether a folder is there, no link, belongs to us and is closed to everybody else."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    private = not found.st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and private


class Claim(Holds):
    """The right to serve the socket; the kernel gives it back when its holder dies."""

    def __init__(self, socket: Path) -> None:
        self._lock = socket.with_suffix(".lock")
        self._fd: int | None = None

    def take(self) -> bool:
        """Become the one instance; False: another process is."""
        fd = os.open(self._lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(fd)
            return False
        self._fd = fd
        return True

    def give_back(self) -> None:
        """Let another process take over; the lock's file stays, removing it would race."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None
