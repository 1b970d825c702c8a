"""Speed and time left of the present run, measured while a window shows them."""

from collections.abc import Callable

from tray_app.core.pace import Pace, pace_words
from tray_app.core.snapshot import Phase, Snapshot
from tray_app.ui.language import localised


class Speedometer:
    """Hears every snapshot; `monotonic` gives seconds that only run forward."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._pace: Pace | None = None

    def heard(self, snapshot: Snapshot) -> None:
        """Measure; a run that does not upload at the moment has no speed."""
        if snapshot.phase is not Phase.UPLOADING:
            self._pace = None
            return
        counts, now = snapshot.upload, self._monotonic()
        done = counts.total_count - counts.remaining
        pace = self._pace or Pace(now, done, counts.bytes_sent)
        self._pace = pace.measured(now, done, counts.bytes_sent, counts.remaining)

    def words(self) -> str:
        """Say both as far as they are known."""
        return localised(pace_words(self._pace, self._monotonic())) if self._pace else ""
