"""The requests that were answered, kept in memory for tests and for `GET /demo/log`."""

import threading
from collections import deque

import msgspec

KEPT = 50_000


class LogEntry(msgspec.Struct, frozen=True, rename="camel"):
    """One request; `status` 0 when the connection ended without an answer."""

    method: str
    path: str
    status: int
    received: int
    file_name: str | None
    credential: str


class RequestLog:
    """The last requests, oldest first. Safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: deque[LogEntry] = deque(maxlen=KEPT)
        self._received = 0
        self._total = 0

    def add(self, entry: LogEntry) -> None:
        """Remember a request that ended."""
        with self._lock:
            self._entries.append(entry)
            self._received += entry.received
            self._total += 1

    def entries(self, method: str = "", path: str = "") -> list[LogEntry]:
        """Return the kept entries of a method and path (exact; empty means any)."""
        with self._lock:
            return [
                entry
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
