"""Writing a file where a person wants it."""

import os
from pathlib import Path

from tray_app.core.errors import Need, NeedsUser


def write_export(target: Path, content: bytes) -> None:
    """Write it, readable for the person alone where it is new; raises NeedsUser(DISK)."""
    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
    except OSError as exc:
        raise NeedsUser(
            f"{target} could not be written: {exc.strerror}.",
            need=Need.DISK,
            remedy="Name another file.",
        ) from exc
