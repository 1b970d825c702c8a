"""A launchd agent as the system job. Written from Apple's manual; it has never run on a Mac."""

import os
import plistlib
from collections.abc import Callable
from pathlib import Path

from tray_app.core.phrase import phrase
from tray_app.core.system_job import JobCommand, JobState, JobStatus
from tray_app.desktop.system_job.commands import Run, run_tool

HOUR = 3600  # seconds
Write = Callable[[Path, bytes], None]


class LaunchdJob:
    """Writes `~/Library/LaunchAgents/NAME.plist` and loads it; blocking."""

    def __init__(
        self, command: JobCommand, home: Path, user: int, write: Write, run: Run = run_tool
    ) -> None:
        self._path = home / "Library" / "LaunchAgents" / f"{command.name}.plist"
        self._domain = f"gui/{user}"
        self._label = f"{self._domain}/{command.name}"
        self._text = agent(command)
        self._write = write
        self._run = run

    def read(self) -> JobState:
        """Compare the agent's file with what it should be, and ask whether it is loaded."""
        try:
            found = self._path.read_bytes()
        except FileNotFoundError:
            return JobState(JobStatus.ABSENT, phrase("No backup is scheduled."))
        except OSError as exc:
            return JobState(
                JobStatus.UNSUPPORTED,
                phrase("{path} cannot be read: {error}.", path=self._path, error=exc.strerror),
            )
        if found != self._text:
            return JobState(
                JobStatus.STALE, phrase("{path} is of another installation.", path=self._path)
            )
        loaded = self._run(["launchctl", "print", self._label]).ok
        words = phrase("Every hour while the app is closed.")
        if not loaded:
            words = phrase("Every hour while the app is closed, from your next login on.")
        return JobState(JobStatus.PRESENT, words, running=loaded)

    def create(self) -> JobState:
        """Write the agent and load it anew."""
        self._write(self._path, self._text)
        self._run(["launchctl", "bootout", self._label])
        self._run(["launchctl", "bootstrap", self._domain, os.fspath(self._path)])
        return self.read()

    def remove(self) -> JobState:
        """Unload the agent and delete its file."""
        if self.read().status is JobStatus.ABSENT:
            return JobState(JobStatus.ABSENT, phrase("No backup is scheduled."))
        self._run(["launchctl", "bootout", self._label])
        self._path.unlink(missing_ok=True)
        return self.read()


def agent(command: JobCommand) -> bytes:
    """Write the property list (launchd.plist): hourly, with low priority."""
    return plistlib.dumps(
        {
            "Label": command.name,
            "ProgramArguments": list(command.words),
            "EnvironmentVariables": dict(command.variables),
            "StartInterval": HOUR,
            "ProcessType": "Background",
            "LowPriorityIO": True,
            "Nice": 19,
        }
    )
