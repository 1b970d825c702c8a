"""Start at login by a launchd agent. Written from Apple's manual; it has never run on a Mac."""

import plistlib
from collections.abc import Callable
from pathlib import Path

from tray_app.core.phrase import phrase
from tray_app.core.system_job import JobCommand, JobState, JobStatus
from tray_app.desktop.autostart.xdg import OFF, ON
from tray_app.desktop.system_job.commands import Run, run_tool

Write = Callable[[Path, bytes], None]


class LaunchAgentAutostart:
    """Keeps `~/Library/LaunchAgents/NAME.plist`; blocking.

    The agent is never loaded or unloaded by us: that would start a second program, or end the one
    that launchd started, which is this one.
    """

    def __init__(
        self, command: JobCommand, home: Path, user: int, write: Write, run: Run = run_tool
    ) -> None:
        self._path = home / "Library" / "LaunchAgents" / f"{command.name}.plist"
        self._name = command.name
        self._domain = f"gui/{user}"
        self._text = login_agent(command)
        self._write = write
        self._run = run

    def read(self) -> JobState:
        """Read the file, and whether the person switched it off under Login Items."""
        try:
            found = self._path.read_bytes()
        except FileNotFoundError:
            return OFF
        except OSError as exc:
            return JobState(
                JobStatus.UNSUPPORTED,
                phrase("{path} cannot be read: {error}.", path=self._path, error=exc.strerror),
            )
        if found != self._text:
            return JobState(
                JobStatus.STALE, phrase("{path} starts another installation.", path=self._path)
            )
        said = self._run(["launchctl", "print-disabled", self._domain]).out.decode(errors="replace")
        lines = (line.split("=>") for line in said.splitlines() if f'"{self._name}"' in line)
        if any(line[-1].strip() in ("disabled", "true") for line in lines):
            return JobState(JobStatus.ABSENT, phrase("It is switched off under Login Items."))
        return ON

    def create(self) -> JobState:
        """Write the agent, and undo it being switched off."""
        self._write(self._path, self._text)
        self._run(["launchctl", "enable", f"{self._domain}/{self._name}"])
        return self.read()

    def remove(self) -> JobState:
        """Delete the file: launchd looks for it at the next login."""
        self._path.unlink(missing_ok=True)
        return self.read()


def login_agent(command: JobCommand) -> bytes:
    """Write the property list (launchd.plist): once at login, in a session with a screen."""
    return plistlib.dumps(
        {
            "Label": command.name,
            "ProgramArguments": list(command.words),
            "EnvironmentVariables": dict(command.variables),
            "RunAtLoad": True,
            "LimitLoadToSessionType": "Aqua",
            "ProcessType": "Interactive",
        }
    )
