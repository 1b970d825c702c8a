"""What toasts have told, one small file of the data folder."""

import logging
from dataclasses import fields
from datetime import datetime
from pathlib import Path

import msgspec

from tray_app.adapters.private_file import write_private
from tray_app.core.toasts import Told

log = logging.getLogger(__name__)


class ToldFile:
    """Port `SavedTold`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> Told:
        """Return what was saved; what cannot be read is logged and counts as nothing told."""
        try:
            told = msgspec.json.decode(self._path.read_bytes(), type=Told)
        except FileNotFoundError:
            return Told()
        except (OSError, msgspec.DecodeError, UnicodeDecodeError) as exc:
            log.warning(
                "%s cannot be read (%s): a notification may come once more.",
                self._path,
                type(exc).__name__,
            )
            return Told()
        moments = (getattr(told, field.name) for field in fields(told))
        if any(isinstance(it, datetime) and it.tzinfo is None for it in moments):
            log.warning("%s has a time without a zone; it is not used.", self._path)
            return Told()
        return told

    def save(self, told: Told) -> None:
        """Remember; raises NeedsUser(DISK)."""
        write_private(self._path, msgspec.json.format(msgspec.json.encode(told)))
