"""Start at login by the XDG Autostart Specification: GNOME, KDE, Xfce and most other desktops."""

from collections.abc import Callable, Mapping
from pathlib import Path

from tray_app.core.phrase import phrase
from tray_app.core.system_job import JobCommand, JobState, JobStatus
from tray_app.desktop.autostart.entry import entry_text, hidden_text, read_entry
from tray_app.desktop.xdg import config_home

Write = Callable[[Path, bytes], None]

OFF = JobState(JobStatus.ABSENT, phrase("It does not start at login."))
ON = JobState(JobStatus.PRESENT, phrase("It starts at login."))


class XdgAutostart:
    """Port `SystemJob` without the waiting: keeps `autostart/NAME.desktop` of this person.

    A file of the same name in the system's folders counts where the person has none; switched
    off, it is hidden by one of ours.
    """

    def __init__(self, command: JobCommand, environ: Mapping[str, str], write: Write) -> None:
        name = f"{command.name}.desktop"
        self._path = config_home(environ) / "autostart" / name
        everyone = environ.get("XDG_CONFIG_DIRS") or "/etc/xdg"
        folders = [Path(one) for one in everyone.split(":") if one.startswith("/")]
        self._shared = [folder / "autostart" / name for folder in folders]
        self._text = entry_text(command)
        self._write = write

    def read(self) -> JobState:
        """Read what the next login will do, whoever wrote it."""
        path = next((one for one in (self._path, *self._shared) if one.exists()), None)
        if path is None:
            return OFF
        try:
            found = read_entry(path.read_text(encoding="utf-8", errors="replace"))
        except OSError as exc:
            return JobState(
                JobStatus.UNSUPPORTED,
                phrase("{path} cannot be read: {error}.", path=path, error=exc.strerror),
            )
        if found is None:
            return JobState(JobStatus.STALE, phrase("{path} is not a desktop entry.", path=path))
        if not found.enabled:
            return JobState(JobStatus.ABSENT, phrase("It is switched off in {path}.", path=path))
        ours = read_entry(self._text)
        if path == self._path and ours and found.starts != ours.starts:
            return JobState(
                JobStatus.STALE, phrase("{path} starts another installation.", path=path)
            )
        return ON

    def create(self) -> JobState:
        """Write the entry, in place of whatever is there."""
        self._write(self._path, self._text.encode())
        return self.read()

    def remove(self) -> JobState:
        """Delete the entry, or hide the one of the system."""
        if any(path.exists() for path in self._shared):
            self._write(self._path, hidden_text().encode())
        else:
            self._path.unlink(missing_ok=True)
        return self.read()
