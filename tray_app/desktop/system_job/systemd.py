"""A systemd user timer as the system job."""

import logging
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from tray_app.core.phrase import phrase
from tray_app.core.system_job import JobCommand, JobState, JobStatus
from tray_app.desktop.system_job.commands import Run, run_tool
from tray_app.desktop.system_job.units import service_text, timer_text
from tray_app.desktop.xdg import config_home, data_home

log = logging.getLogger(__name__)
Write = Callable[[Path, bytes], None]


class SystemdJob:
    """Writes `NAME.service` and `NAME.timer` and switches the timer on; blocking.

    Where the user's systemd does not answer (no session, a container), the files and the link
    that switches the timer on are enough: it reads them at the next login. `write` replaces a
    file in one step and raises NeedsUser(DISK).
    """

    def __init__(
        self,
        command: JobCommand,
        environ: Mapping[str, str],
        write: Write,
        run: Run = run_tool,
    ) -> None:
        units = config_home(environ) / "systemd" / "user"
        self._timer_name = f"{command.name}.timer"
        self._timer = units / self._timer_name
        self._wants = units / "timers.target.wants" / self._timer_name
        self._stamp = data_home(environ) / "systemd" / "timers" / f"stamp-{self._timer_name}"
        self._texts = {
            units / f"{command.name}.service": service_text(command),
            self._timer: timer_text(),
        }
        self._write = write
        self._run = run

    def read(self) -> JobState:
        """Compare the units with what they should be, and ask whether the timer runs."""
        if any(_is_masked(path) for path in self._texts):
            return JobState(
                JobStatus.UNSUPPORTED,
                phrase(
                    "{timer_name} is masked; allow it: systemctl --user unmask {timer_name}",
                    timer_name=self._timer_name,
                ),
            )
        found = {path: _content(path) for path in self._texts}
        if not any(found.values()) and not self._is_on:
            return JobState(JobStatus.ABSENT, phrase("No backup is scheduled."))
        if any(found[path] != text.encode() for path, text in self._texts.items()):
            return JobState(
                JobStatus.STALE, phrase("{timer} is of another installation.", timer=self._timer)
            )
        if not self._is_on:
            return JobState(
                JobStatus.STALE,
                phrase("{timer_name} is switched off in systemd.", timer_name=self._timer_name),
            )
        running = self._asked("is-active", "--quiet", self._timer_name)
        words = phrase("Every hour while the app is closed.")
        if not running:
            words = phrase("Every hour while the app is closed, from your next login on.")
        return JobState(JobStatus.PRESENT, words, running=running)

    def create(self) -> JobState:
        """Write what differs, switch it on, and start it now where systemd answers."""
        if (found := self.read()).status is JobStatus.UNSUPPORTED:
            return found
        for path, text in self._texts.items():
            if _content(path) != text.encode():
                self._write(path, text.encode())
        if not self._is_on:
            self._switch_on()
        if self._asked("daemon-reload"):
            self._asked("restart", self._timer_name)
        return self.read()

    def remove(self) -> JobState:
        """Stop the timer and delete units, link and the record of its last time."""
        if (found := self.read()).status in (JobStatus.ABSENT, JobStatus.UNSUPPORTED):
            return found
        self._asked("stop", self._timer_name)
        for path in (self._wants, *self._texts, self._stamp):
            with suppress(OSError):
                path.unlink(missing_ok=True)
        self._asked("daemon-reload")
        return self.read()

    @property
    def _is_on(self) -> bool:
        return self._wants.is_symlink() and _same(self._wants, self._timer)

    def _switch_on(self) -> None:
        """Do what `systemctl --user enable` does, which needs a session."""
        try:
            self._wants.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._wants.unlink(missing_ok=True)
            self._wants.symlink_to(self._timer)
        except OSError as exc:
            log.warning("%s cannot be switched on: %s", self._timer_name, exc.strerror)

    def _asked(self, *words: str) -> bool:
        return self._run(["systemctl", "--user", *words]).ok


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _is_masked(path: Path) -> bool:
    """Recognise a unit that a person forbade: a link to /dev/null, which we must not replace."""
    return path.is_symlink() and os.path.realpath(path) == os.devnull


def _same(link: Path, target: Path) -> bool:
    return os.path.realpath(link) == os.path.realpath(target)
