"""A person's pause, remembered over the end of the program."""

from datetime import datetime
from pathlib import Path

import msgspec

from tray_app.adapters.private_file import write_private


class Pause(msgspec.Struct, frozen=True):
    """`until`: aware, None: until resumed."""

    until: datetime | None = None


class PauseFile:
    """One small JSON file; there is none while nothing is paused."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self, now: datetime) -> Pause | None:
        """Return the pause that is in force; a damaged file counts as none."""
        try:
            pause = msgspec.json.decode(self._path.read_bytes(), type=Pause)
            over = pause.until is not None and pause.until <= now
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, TypeError):
            return None
        return None if over else pause

    def save(self, pause: Pause | None) -> None:
        """Remember a pause, or with None its end; raises NeedsUser(DISK)."""
        if pause is None:
            self._path.unlink(missing_ok=True)
        else:
            write_private(self._path, msgspec.json.encode(pause))
