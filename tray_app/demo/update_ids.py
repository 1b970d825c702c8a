"""Update ids: UUIDs of version 7 that only grow, made by the clock of one demo server."""

import secrets
import threading
import uuid
from datetime import UTC, datetime, timedelta

from tray_app.demo import clock

COUNTER_BITS = 74  # all that a UUIDv7 has beside time, version and variant


def at(milliseconds: int, counter: int = 0) -> str:
    """Return the id of a moment (Unix milliseconds) and a place within it."""
    high, low = divmod(counter, 1 << 62)
    value = (milliseconds << 80) | (0x7 << 76) | (high << 64) | (0b10 << 62) | low
    return str(uuid.UUID(int=value))


def milliseconds(update_id: str) -> int:
    """Return the moment of an id; raises ValueError for what is not hexadecimal."""
    return int(update_id.replace("-", "")[:12], 16)


class UpdateIds:
    """The source of a server's ids, and its clock; safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ahead = 0
        self._moment = 0
        self._counter = 0

    def advance(self, by: timedelta) -> None:
        """Let the server's clock jump ahead; it is the wall clock again after a restart."""
        with self._lock:
            self._ahead += by // timedelta(milliseconds=1)

    def now(self) -> int:
        """Return this moment in Unix milliseconds."""
        return int(clock.moment().timestamp() * 1000) + self._ahead

    def moment(self, *, before: timedelta = timedelta()) -> str:
        """Return this moment, or one before it, as the server writes it."""
        return clock.iso(datetime.fromtimestamp(self.now() / 1000, UTC) - before)

    def next(self) -> str:
        """Return an id greater than every one before."""
        with self._lock:
            moment = self.now()
            if moment > self._moment:
                self._moment = moment
                # Half of the room stays free for counting on within this millisecond.
                self._counter = secrets.randbits(COUNTER_BITS - 1)
            else:
                self._counter += 1
            return at(self._moment, self._counter)
