"""Where the socket of an installation is, and who holds it."""

import fcntl
import hashlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from tray_app.adapters.locations import Locations
from tray_app.core.errors import Need, NeedsUser

_LONGEST = 107  # bytes of a Unix socket's path, without its end


def socket_path(locations: Locations, environ: Mapping[str, str]) -> Path:
    """Name the socket: in the runtime folder of the person, else in our cache.

    Several IMMICH_TRAY_HOME stand side by side. Raises NeedsUser where no name is short enough.
    """
    name = f"immich-tray-{hashlib.sha256(os.fsencode(locations.data)).hexdigest()[:16]}.sock"
    runtime = environ.get("XDG_RUNTIME_DIR", "")
    folders = [Path(runtime)] if runtime and _is_ours(Path(runtime)) else []
    for folder in [*folders, locations.cache]:
        if len(os.fsencode(folder / name)) <= _LONGEST:
            return folder / name
    raise NeedsUser(
        f"The path of the socket is too long: {locations.cache / name}.",
        need=Need.SETTINGS,
        remedy="Set XDG_RUNTIME_DIR to a folder of yours with a shorter path.",
    )


def _is_ours(folder: Path) -> bool:
    """Tell whether a folder is there, belongs to us and is closed to everybody else."""
    try:
        found = folder.stat()
    except OSError:
        return False
    private = not found.st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and private


class Claim:
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
