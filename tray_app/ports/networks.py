"""The door to where allowed networks are remembered."""

from collections.abc import Mapping
from typing import Protocol


class SavedNetworks(Protocol):
    """One value, saved whole: ids, each with the name a person knows the network by."""

    def load(self) -> Mapping[str, str]:
        """Return what was saved; what cannot be read is logged and counts as none."""
        ...

    def save(self, networks: Mapping[str, str]) -> None:
        """Remember; raises NeedsUser(DISK). May take as long as the disk does."""
        ...
