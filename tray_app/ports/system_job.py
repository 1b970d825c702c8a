"""The door to what starts a backup while the app is closed."""

from typing import Protocol

from tray_app.core.system_job import JobState


class SystemJob(Protocol):
    """One job of this person at this computer's system, hourly."""

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
