"""Progress of a run: a live display on a terminal, plain lines elsewhere."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click

from tray_app.core.asset import shown
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
    """Gets every change of a run; `line` writes a lasting line, `draw` the moving one."""

    def __init__(self) -> None:
        self.run: Stoppable | None = None
        self.phase = Phase.CONNECTING
        self.counts = UploadState()

    def hooks(self) -> Hooks:
        """Return what the run is given."""
        return Hooks(self._publish, self._announce, self._begun)

    def _begun(self, run: Stoppable) -> None:
        self.run = run

    def _publish(self, phase: Phase, counts: UploadState) -> None:
        self.phase, self.counts = phase, counts
        self.draw()

    def _announce(self, reason: str, until: datetime | None) -> None:
        if reason and until:
            self.line(f"{reason} Next try at {until.astimezone():%H:%M:%S}.")

    def words(self) -> str:
        """Say what is going on in a few words."""
        counts, phase = self.counts, _WORDS.get(self.phase, "Working")
        if not counts.total_count:
            return phase
        done = counts.total_count - counts.remaining
        return f"{phase}: {done:,} of {counts.total_count:,}"

    def line(self, text: str) -> None:
        """Write a line that stays."""
        click.echo(text, err=True)  # copes with a stderr that is closed

    def draw(self) -> None:
        """Show the present state."""


class PlainDisplay(Display):
    """A line now and then, for logs and pipes."""

    def __init__(self) -> None:
        super().__init__()
        self._next = time.monotonic() + _PLAIN_SECONDS
        self._last = ""

    def draw(self) -> None:
        """Write a line if some time has passed and there is news."""
        if time.monotonic() < self._next or self.words() == self._last:
            return
        self._next = time.monotonic() + _PLAIN_SECONDS
        self._last = self.words()
        self.line(self._last)


class SilentDisplay(Display):
    """Nothing but the reasons of pauses."""


@contextmanager
def display(*, quiet: bool) -> Iterator[Display]:
    """Choose by where the output goes."""
    if quiet:
        yield SilentDisplay()
    elif sys.stderr and sys.stderr.isatty():
        with _rich() as live:
            yield live
    else:
        yield PlainDisplay()


@contextmanager
def _rich() -> Iterator[Display]:
    from rich.console import Console  # noqa: PLC0415  100 ms that a pipe does not need
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=16),
        TaskProgressColumn(),
        TextColumn("{task.fields[file]}", style="dim"),
    )
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    with progress:
        task = progress.add_task("Connecting", total=None, file="")

        class LiveDisplay(Display):
            """A bar with the current file."""

            def draw(self) -> None:
                counts = self.counts
                progress.update(
                    task,
                    description=self.words(),
                    total=counts.total_count or None,
                    completed=counts.total_count - counts.remaining,
                    file=_short(counts.current_file, counts.current_progress),
                )

            def line(self, text: str) -> None:
                progress.console.print(text, markup=False, highlight=False)

        yield LiveDisplay()


def _short(path: str, percent: int) -> str:
    name = shown(path.rpartition("/")[2])
    if not name:
        return ""
    name = name if len(name) <= 18 else f"{name[:8]}…{name[-9:]}"  # the line has 80 columns
    return f"{name} {percent} %"
