"""Progress of a run: a live display on a terminal, plain lines elsewhere."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from tray_app.cli.output import say
from tray_app.core.asset import shown, shown_lines
from tray_app.core.pace import Pace, pace_words
from tray_app.core.snapshot import Phase, UploadState
from tray_app.engine.work import Hooks, Stoppable

_PLAIN_SECONDS = 5.0
_WORDS = {
    Phase.CONNECTING: "Connecting",
    Phase.SCANNING: "Looking for photos",
    Phase.HASHING: "Reading photos",
    Phase.UPLOADING: "Uploading",
    Phase.VERIFYING: "Verifying",
}


class Display:
    """Gets every change of a run; `line` writes a lasting line, `draw` the moving one.

    `settle`: seconds for which a file must be unchanged.
    """

    def __init__(self, settle: float = 2.0) -> None:
        self._settle = settle
        self._pace: Pace | None = None
        self._told = ""
        self.run: Stoppable | None = None
        self.phase = Phase.CONNECTING
        self.counts = UploadState()

    def hooks(self) -> Hooks:
        """Return what the run is given."""
        return Hooks(self._publish, self._announce, self._begun)

    def _begun(self, run: Stoppable) -> None:
        self.run = run

    def _publish(self, phase: Phase, counts: UploadState) -> None:
        if counts.completed_count > self.counts.completed_count:
            self._told = ""  # it went on: the same trouble is news again
        self.phase, self.counts = phase, counts
        if phase is Phase.UPLOADING:
            self._measure()
        self.draw()

    def _measure(self) -> None:
        counts, now = self.counts, time.monotonic()
        done = counts.total_count - counts.remaining
        pace = self._pace or Pace(now, done, counts.bytes_sent)
        self._pace = pace.measured(now, done, counts.bytes_sent, counts.remaining)

    def _announce(self, reason: str, until: datetime | None) -> None:
        if reason and until and reason != self._told:
            self._told = reason
            self.line(f"{reason} Next try at {until.astimezone():%H:%M:%S}.")

    def words(self) -> str:
        """Say what is going on in a few words."""
        counts = self.counts
        if not counts.total_count:
            return _WORDS.get(self.phase, "Working")
        if self.phase is Phase.SCANNING:  # the folders were looked at: now files must hold still
            return f"Waiting until the files have been quiet for {self._settle:g} s"
        done = counts.total_count - counts.remaining
        return f"{_WORDS.get(self.phase, 'Working')}: {done:,} of {counts.total_count:,}"

    def pace(self) -> str:
        """Say speed and time left, as far as they are known; empty before."""
        if self.phase is not Phase.UPLOADING or not self._pace:
            return ""
        return pace_words(self._pace, time.monotonic())

    def line(self, text: str) -> None:
        """Write a line that stays."""
        say(text, err=True)  # copes with a stderr that is closed

    def draw(self) -> None:
        """Show the present state."""


class PlainDisplay(Display):
    """A line now and then, for logs and pipes."""

    def __init__(self, settle: float) -> None:
        super().__init__(settle)
        self._next = time.monotonic() + _PLAIN_SECONDS
        self._last = ""

    def draw(self) -> None:
        """Write a line if some time has passed and there is news."""
        if time.monotonic() < self._next or self.words() == self._last:
            return
        self._next = time.monotonic() + _PLAIN_SECONDS
        self._last = self.words()
        self.line(", ".join(filter(None, (self._last, self.pace()))))


class SilentDisplay(Display):
    """Nothing but the reasons of pauses."""


@contextmanager
def display(*, quiet: bool, settle: float) -> Iterator[Display]:
    """Choose by where the output goes; `settle`: see `Display`."""
    if quiet:
        yield SilentDisplay(settle)
    elif sys.stderr and sys.stderr.isatty():
        with _rich(settle) as live:
            yield live
    else:
        yield PlainDisplay(settle)


@contextmanager
def _rich(settle: float) -> Iterator[Display]:
    from rich.console import Console  # noqa: PLC0415  100 ms that a pipe does not need
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        Progress,
        TextColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=10),
        TextColumn("{task.fields[pace]}"),
        TextColumn("{task.fields[file]}", style="dim"),
    )
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    with progress:
        task = progress.add_task("Connecting", total=None, file="", pace="")

        class LiveDisplay(Display):
            """A bar with the current file."""

            def draw(self) -> None:
                counts = self.counts
                progress.update(
                    task,
                    description=self.words(),
                    total=counts.total_count or None,
                    completed=counts.total_count - counts.remaining,
                    pace=self.pace(),
                    file=_short(counts.current_file, counts.current_progress),
                )

            def line(self, text: str) -> None:
                progress.console.print(shown_lines(text), markup=False, highlight=False)

        yield LiveDisplay(settle)


def _short(path: str, percent: int) -> str:
    name = shown(path.rpartition("/")[2])
    if not name:
        return ""
    name = name if len(name) <= 18 else f"{name[:8]}…{name[-9:]}"  # the line has 80 columns
    return f"{name} {percent} %"
