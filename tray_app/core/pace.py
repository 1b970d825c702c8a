"""How fast it goes and how long it may still take: smoothed, so that the numbers do not jump."""

from dataclasses import dataclass, replace
from math import exp

from tray_app.core.phrase import join, phrase
from tray_app.core.quantities import duration, size

MEMORY = 15.0  # seconds after which a measurement counts a third
WARM_UP = 5.0  # seconds before an end is foretold
_SHORTEST = 0.5  # seconds between measurements
_TOLERANCE = 0.25  # of the time left: the foretold end stays while it is no further off


@dataclass(frozen=True, slots=True)
class Pace:
    """What was measured until `at` (monotonic seconds); `files`, `bytes` done by then.

    The sums are weighted: what is long ago counts less. `end` is the foretold end.
    """

    at: float
    files: int = 0
    bytes: int = 0
    began: float | None = None
    seconds: float = 0.0
    files_sum: float = 0.0
    bytes_sum: float = 0.0
    end: float | None = None

    @property
    def bytes_per_second(self) -> float:
        """The speed of now; 0 before there is one."""
        return self.bytes_sum / self.seconds if self.seconds else 0.0

    def left(self, now: float) -> float | None:
        """Seconds until the foretold end; None while nothing can be said."""
        return None if self.end is None else max(self.end - now, 0.0)

    def measured(
        self, now: float, files: int, sent: int, files_left: int, bytes_left: int | None = None
    ) -> "Pace":
        """Take in the counts of `now`; the end follows bytes where they are known, else files."""
        passed = now - self.at
        if passed < _SHORTEST:
            return self
        old = exp(-passed / MEMORY)
        pace = replace(
            self,
            at=now,
            files=files,
            bytes=sent,
            began=self.at if self.began is None else self.began,
            seconds=self.seconds * old + passed,
            files_sum=self.files_sum * old + max(files - self.files, 0),
            bytes_sum=self.bytes_sum * old + max(sent - self.bytes, 0),
        )
        return replace(pace, end=_foretold(pace, files_left, bytes_left))


def pace_words(pace: Pace, now: float) -> str:
    """Say speed and time left, as far as they are known; empty before."""
    speed, left = pace.bytes_per_second, pace.left(now)
    told = [phrase("{size}/s", size=size(speed))] if speed else []
    if left is not None:
        told.append(phrase("{duration} left", duration=duration(left)))
    return join(", ", told)


def _foretold(pace: Pace, files_left: int, bytes_left: int | None) -> float | None:
    """Keep the end that was told while it may be right, else go half of the way."""
    done, left = (
        (pace.files_sum, files_left) if bytes_left is None else (pace.bytes_sum, bytes_left)
    )
    if pace.began is None or pace.at - pace.began < WARM_UP or done <= 0:
        return pace.end
    fresh = pace.at + left * pace.seconds / done
    if pace.end is None:
        return fresh
    if abs(fresh - pace.end) <= _TOLERANCE * max(fresh - pace.at, pace.end - pace.at):
        return pace.end
    return (fresh + pace.end) / 2
