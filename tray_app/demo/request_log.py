"""The requests that were answered, kept in memory for tests and for `GET /demo/log`."""

import threading
from collections import deque

import msgspec

KEPT = 50_000


class LogEntry(msgspec.Struct, rename="camel"):
    """One request; `status` 0 when the connection ended without an answer.

    It is in the log before the client can see the answer; `received` may still grow after that,
    while the rest of a refused body is drained.
    """

    method: str
    path: str
    status: int = 0
    received: int = 0
    file_name: str | None = None
    credential: str = ""


class RequestLog:
    """The last requests, oldest first. Safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: deque[LogEntry] = deque(maxlen=KEPT)
        self._received = 0
        self._total = 0

    def add(self, entry: LogEntry) -> None:
        """Remember a request that is about to be answered, or that ended without."""
        with self._lock:
            self._entries.append(entry)
            self._total += 1

    def count_bytes(self, size: int) -> None:
        """Count a part of a request's body."""
        with self._lock:
            self._received += size

    def entries(self, method: str = "", path: str = "") -> list[LogEntry]:
        """Return copies of the kept entries of a method and path (exact; empty means any)."""
        with self._lock:
            return [
                msgspec.structs.replace(entry)
                for entry in self._entries
                if method in ("", entry.method) and path in ("", entry.path)
            ]

    def count(self, method: str = "", path: str = "") -> int:
        """Return how many kept entries there are of a method and path."""
        return len(self.entries(method, path))

    @property
    def total(self) -> int:
        """The number of requests since the start or the last clear()."""
        return self._total

    @property
    def received(self) -> int:
        """The bytes of all request bodies since the start or the last clear()."""
        return self._received

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._entries.clear()
            self._received = self._total = 0
