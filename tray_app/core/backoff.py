"""How long to wait after trouble: of the queue, of one file, of listening, of a sync."""

from datetime import datetime, timedelta

LONGEST_QUEUE_PAUSE = 60.0
STABLE_SECONDS = 60.0
LONGEST_SYNC_PAUSE = 900.0
TRIES_A_RUN = 3
MOST_ATTEMPTS = 10
LONGEST_FILE_PAUSE = timedelta(days=1)
_RECONNECT = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0)


def queue_pause(failures: int, chance: float) -> float:
    """Return seconds to pause after the n-th failure in a row: 1, 2, 4 ... 60.

    `chance` in [0, 1) spreads clients: the pause is between half and all of that.
    """
    full = min(2.0 ** (failures - 1), LONGEST_QUEUE_PAUSE)
    return full * (0.5 + chance / 2)


def retry_pause(tries: int) -> float:
    """Return seconds before a file is tried again in the same run: 1, 4, 16."""
    return 4.0 ** (tries - 1)


def next_attempt(now: datetime, attempts: int) -> datetime | None:
    """Return when a later run may try a file again: 1 min, 4 min ... 1 day; None at the cap."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return now + min(timedelta(minutes=4 ** min(attempts - 1, 6)), LONGEST_FILE_PAUSE)


def reconnect_pause(failures: int, chance: float) -> float:
    """Return seconds before the n-th attempt in a row to listen again: 1, 2, 5 ... 300.

    `chance` in [0, 1) spreads clients: the pause is between half and all of that.
    """
    full = _RECONNECT[min(failures, len(_RECONNECT)) - 1]
    return full * (0.5 + chance / 2)


def failures_after(failures: int, listened: float) -> int:
    """Count an end of listening; a connection that held for 60 seconds clears what was before."""
    return 1 if listened >= STABLE_SECONDS else failures + 1


def sync_pause(failures: int, chance: float) -> float:
    """Return seconds before the n-th repetition of a sync in a row: 1, 2, 4 ... 15 minutes.

    `chance` in [0, 1) spreads clients: the pause is up to a quarter longer, never under a minute.
    """
    full = min(60.0 * 2.0 ** min(failures - 1, 10), LONGEST_SYNC_PAUSE)
    return full * (1 + chance / 4)
