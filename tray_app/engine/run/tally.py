"""Counts of a run, published as one frozen value whenever they change."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from tray_app.core.asset import Failure, shown
from tray_app.core.listing import FolderListing, Skip
from tray_app.core.snapshot import Phase, UploadState

log = logging.getLogger(__name__)
_MOST_NAMED = 10_000  # skipped files remembered by name, to bound memory
_MOST_KINDS = 1_000  # extensions told apart, likewise


class Tally:
    """Every file of a run is counted here once, when its outcome is known.

    `publish(phase, state)` is called at each change; it must be quick.
    """

    def __init__(self, publish: Callable[[Phase, UploadState], None]) -> None:
        self.state = UploadState()
        self.failures: list[Failure] = []
        self.skipped: list[Skip] = []
        self.skipped_count = 0
        self.excluded = 0
        self.kinds: Counter[str] = Counter()
        self.notes: list[str] = []
        self.found = 0
        self.unavailable = 0
        self.away = 0  # folders out of reach that nobody asked about
        self.phase = Phase.CONNECTING
        self._publish = publish
        self._path = ""
        self._size = 0
        self._sent = 0

    def enter(self, phase: Phase) -> None:
        """Say what the run is doing now."""
        self.phase = phase
        self._publish(phase, self.state)

    def change(self, **counts: int) -> None:
        """Add to counts by their names in `UploadState`."""
        new = {name: getattr(self.state, name) + count for name, count in counts.items()}
        self.state = replace(self.state, **new)
        self._publish(self.phase, self.state)

    def skip(self, listing: FolderListing) -> None:
        """Count files that are not taken; remembers the names a person may look for."""
        self.excluded += listing.excluded
        for kind, count in listing.kinds:
            known = kind in self.kinds or len(self.kinds) < _MOST_KINDS
            self.kinds[kind if known else ""] += count
        skips = listing.skipped
        self.skipped_count += len(skips) + listing.unsupported + listing.excluded
        room = _MOST_NAMED - len(self.skipped)
        named = [skip for skip in skips[:room] if skip.notable]
        self.skipped.extend(named)
        for skip in named:
            log.info("%s is skipped: %s.", shown(skip.path), skip.reason)

    def out_of_reach(self, note: str) -> None:
        """Note a folder that cannot be looked at now."""
        self.unavailable += 1
        self.notes.append(note)

    def fail(self, failure: Failure) -> None:
        """Count a file that is not backed up."""
        self.failures.append(failure)
        self.change(failed_count=1)

    def sending(self, path: str, size: int) -> None:
        """Show this file as the current one."""
        self._path, self._size, self._sent = path, max(size, 1), 0
        self.state = replace(self.state, current_file=shown(path), current_progress=0)
        self.enter(Phase.UPLOADING)

    def sent(self, path: str, count: int) -> None:
        """Count bytes of a file's body that went to the server."""
        progress = self.state.current_progress
        if path == self._path:
            self._sent += count
            progress = min(100, self._sent * 100 // self._size)
        self.state = replace(
            self.state, bytes_sent=self.state.bytes_sent + count, current_progress=progress
        )
        self._publish(self.phase, self.state)
