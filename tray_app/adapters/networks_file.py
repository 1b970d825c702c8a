"""The networks a person allowed, one small file of the data folder that only they can read.

No setting: names and ids of networks tell where somebody is, and settings files are shared.
"""

import logging
from collections.abc import Mapping
from pathlib import Path

import msgspec

from tray_app.adapters.private_file import write_private

log = logging.getLogger(__name__)


class NetworksFile:
    """Port `SavedNetworks`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> Mapping[str, str]:
        """Return what was saved; what cannot be read is logged and counts as none."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, str])
        except FileNotFoundError:
            return {}
        except (OSError, msgspec.DecodeError, UnicodeDecodeError) as exc:
            log.warning(
                "%s cannot be read (%s): no network is allowed any more. Allow it anew.",
                self._path,
                type(exc).__name__,
            )
            return {}

    def save(self, networks: Mapping[str, str]) -> None:
        """Remember; raises NeedsUser(DISK)."""
        write_private(self._path, msgspec.json.format(msgspec.json.encode(networks)))
