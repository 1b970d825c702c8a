"""Writing small files that are ours alone, whole or not at all."""

import os
import tempfile
from pathlib import Path

from tray_app.core.errors import Need, NeedsUser
from tray_app.core.phrase import phrase


def write_private(path: Path, content: bytes) -> None:
    """Replace the file in one step, mode 0600, also behind a link; raises NeedsUser(DISK).

    After a power cut there is the old content or the new, never a part.
    """
    target = Path(os.path.realpath(path))
    try:
        _replace(target, content)
    except OSError as exc:
        raise NeedsUser(
            phrase("{path} cannot be written: {error}.", path=path, error=exc.strerror),
            need=Need.DISK,
            remedy=phrase("Free space on the disk or make the folder writable."),
        ) from exc


def _replace(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":  # Windows cannot open a folder and needs no fsync of it
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
