"""Writing a file where a person wants it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tray_app.core.errors import Need, NeedsUser
from tray_app.core.phrase import phrase


def write_export(target: Path, content: bytes) -> None:
    """Write it, readable for the person alone where it is new; raises NeedsUser(DISK)."""
    with export_faults_in_words(target), os.fdopen(open_export(target), "wb") as file:
        file.write(content)


def open_export(target: Path) -> int:
    """Return a handle of the emptied file, readable for the person alone where it is new."""
    return os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)


@contextmanager
def export_faults_in_words(target: Path) -> Iterator[None]:
    """Turn what the system refuses into NeedsUser(DISK)."""
    try:
        yield
    except OSError as exc:
        raise NeedsUser(
            phrase("{target} could not be written: {error}.", target=target, error=exc.strerror),
            need=Need.DISK,
            remedy=phrase("Name another file."),
        ) from exc
