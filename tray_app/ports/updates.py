"""The doors to where a new version is announced, and to what is remembered of it."""

from typing import Protocol

from tray_app.core.updates import Announcement, Checked


class Announcements(Protocol):
    """The world outside, asked for one small file; nothing about this computer is sent."""

    async def newest(self, url: str) -> Announcement:
        """Read what is announced there; raises TryLater, or NeedsUser for an address of no use."""
        ...


class SavedCheck(Protocol):
    """One value, saved whole."""

    def load(self) -> Checked:
        """Return what was saved; what cannot be read counts as never asked."""
        ...

    def save(self, checked: Checked) -> None:
        """Remember; raises NeedsUser(DISK)."""
        ...
