"""Chooses the system job of this platform, and lets it wait in a thread."""

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from tray_app.core.phrase import phrase
from tray_app.core.system_job import JobCommand, JobState, JobStatus
from tray_app.desktop.system_job.launchd import LaunchdJob
from tray_app.desktop.system_job.systemd import SystemdJob
from tray_app.desktop.system_job.task_scheduler import TaskSchedulerJob

Write = Callable[[Path, bytes], None]


class Blocking(Protocol):
    """Port `SystemJob` without the waiting."""

    def read(self) -> JobState:
        """Ask."""
        ...

    def create(self) -> JobState:
        """Create."""
        ...

    def remove(self) -> JobState:
        """Remove."""
        ...


class NoJob:
    """A system that we know no way to give a job to."""

    def __init__(self, words: str) -> None:
        self._state = JobState(JobStatus.UNSUPPORTED, words)

    def read(self) -> JobState:
        """Say why."""
        return self._state

    create = remove = read


class InThread:
    """Port `SystemJob` over a job that blocks: the tools of the system take their time."""

    def __init__(self, job: Blocking) -> None:
        self._job = job

    async def read(self) -> JobState:
        """Ask the system."""
        return await asyncio.to_thread(self._job.read)

    async def create(self) -> JobState:
        """Create the job or make it right; raises NeedsUser(DISK)."""
        return await asyncio.to_thread(self._job.create)

    async def remove(self) -> JobState:
        """Remove the job."""
        return await asyncio.to_thread(self._job.remove)


def pick_job(command: JobCommand, environ: Mapping[str, str], write: Write) -> InThread:
    """Return the job of this computer; `write` replaces a small file in one step."""
    return InThread(_blocking(command, environ, write))


def _blocking(command: JobCommand, environ: Mapping[str, str], write: Write) -> Blocking:
    if sys.platform == "darwin":
        return LaunchdJob(command, Path.home(), os.getuid(), write)
    if sys.platform == "win32":
        draft = Path(tempfile.gettempdir(), f"{command.name}.xml")
        return TaskSchedulerJob(command, draft, write)
    if shutil.which("systemctl", path=environ.get("PATH")) is None:
        return NoJob(phrase("This system has no systemd to start backups while the app is closed."))
    return SystemdJob(command, environ, write)
