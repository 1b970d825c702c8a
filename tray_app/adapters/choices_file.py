"""A person's choices, one small file of the data folder that only they can read.

No setting: names and ids of networks tell where somebody is, and settings files are shared.
"""

import logging
from dataclasses import replace
from pathlib import Path

import msgspec

from tray_app.adapters.private_file import write_private
from tray_app.core.choices import Choices

log = logging.getLogger(__name__)


class ChoicesFile:
    """Port `SavedChoices`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> Choices:
        """Return what was saved; what cannot be read is logged and counts as no choice."""
        try:
            choices = msgspec.json.decode(self._path.read_bytes(), type=Choices)
        except FileNotFoundError:
            return Choices()
        except (OSError, msgspec.DecodeError, UnicodeDecodeError) as exc:
            log.warning(
                "%s cannot be read (%s): a pause and allowed networks are forgotten. Choose anew.",
                self._path,
                type(exc).__name__,
            )
            return Choices()
        until = choices.pause.until if choices.pause else None
        if until and until.tzinfo is None:
            log.warning("%s: the end of the pause has no time zone; it is dropped.", self._path)
            return replace(choices, pause=None)
        return choices

    def save(self, choices: Choices) -> None:
        """Remember; raises NeedsUser(DISK)."""
        write_private(self._path, msgspec.json.format(msgspec.json.encode(choices)))
