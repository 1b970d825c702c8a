"""The door to where a person's choices are remembered."""

from typing import Protocol

from tray_app.core.choices import Choices


class SavedChoices(Protocol):
    """One value, saved whole."""

    def load(self) -> Choices:
        """Return what was saved; what cannot be read is logged and counts as no choice."""
        ...

    def save(self, choices: Choices) -> None:
        """Remember; raises NeedsUser(DISK). May take as long as the disk does."""
        ...
