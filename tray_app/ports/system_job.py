"""The door to what the system starts for us: a backup while the app is closed, the app at login."""

from typing import Protocol

from tray_app.core.system_job import JobState


class SystemJob(Protocol):
    """One thing that this computer's system starts for this person: hourly, or at login."""

    async def read(self) -> JobState:
        """Ask the system; never raises."""
        ...

    async def create(self) -> JobState:
        """Create the job or make it right, and read it back.

        Raises NeedsUser(DISK) where its files cannot be written.
        """
        ...

    async def remove(self) -> JobState:
        """Remove the job and every trace of it, and read back; no error when there is none."""
        ...
