"""What can go wrong, as data: one frozen value per fault, and a registry that counts.

The point where each fault strikes is in gate.py (the connection and the proxy in front) or in the
resource that it concerns, which asks `Exchange.strikes(...)`. A new fault is a new value here and
one question there.
"""

import itertools
import threading
from typing import TypeVar

import msgspec

from tray_app.demo.fault import Facts, Fault
from tray_app.demo.stream_faults import StreamFault


class UploadFault(Fault, frozen=True, kw_only=True, rename="camel", tag_field="kind"):
    """A fault that only uploads can meet."""

    def hits(self, facts: Facts) -> bool:
        """Tell whether this is an upload that the fault is about."""
        return facts.is_upload and Fault.hits(self, facts)


class CutUpload(UploadFault, frozen=True, kw_only=True, rename="camel", tag="cut-upload"):
    """Reset the TCP connection once this many bytes of the body were read; smaller bodies pass."""

    after_bytes: int = 0

    def hits(self, facts: Facts) -> bool:
        """Tell whether this is an upload long enough to be cut."""
        long_enough = facts.length is None or facts.length >= self.after_bytes
        return long_enough and UploadFault.hits(self, facts)


class LoseAnswer(Fault, frozen=True, kw_only=True, rename="camel", tag="lose-answer"):
    """Do everything that was asked, then reset the connection instead of answering."""


class SlowRead(UploadFault, frozen=True, kw_only=True, rename="camel", tag="slow-read"):
    """Read the body at this rate."""

    bytes_per_second: int = 65536


class SlowAnswer(Fault, frozen=True, kw_only=True, rename="camel", tag="slow-answer"):
    """Do everything that was asked, then wait before the answer."""

    seconds: float = 1.0


class ProxyTooLarge(UploadFault, frozen=True, kw_only=True, rename="camel", tag="too-large"):
    """A reverse proxy answers 413 with an HTML page to request bodies over `limit` bytes."""

    limit: int = 0

    def hits(self, facts: Facts) -> bool:
        """Tell whether this is an upload over the limit."""
        return (facts.length or 0) > self.limit and UploadFault.hits(self, facts)


class TooManyRequests(Fault, frozen=True, kw_only=True, rename="camel", tag="too-many-requests"):
    """429; `retry_after` is seconds, an HTTP date, or empty for no header."""

    retry_after: str = "1"


class ServerError(Fault, frozen=True, kw_only=True, rename="camel", tag="server-error"):
    """The application fails with 500 and its JSON body."""


class ProxyError(Fault, frozen=True, kw_only=True, rename="camel", tag="proxy-error"):
    """A reverse proxy answers with an HTML page: 502, 503 or 504."""

    status: int = 502


class CaptivePortal(Fault, frozen=True, kw_only=True, rename="camel", tag="captive-portal"):
    """A sign-in page of a network answers everything with HTML and 200."""


class Maintenance(Fault, frozen=True, kw_only=True, rename="camel", tag="maintenance"):
    """Only config (saying so), ping and version are left; everything else is a 404 page."""


class QuotaExceeded(UploadFault, frozen=True, kw_only=True, rename="camel", tag="quota"):
    """The user's quota is used up."""


class RevokedToken(Fault, frozen=True, kw_only=True, rename="camel", tag="revoked-token"):
    """The credential is no longer known."""


class MissingPermission(Fault, frozen=True, kw_only=True, rename="camel", tag="missing-permission"):
    """The credential lacks `permission` (empty: whatever the route needs), even for a session."""

    permission: str = ""

    def hits(self, facts: Facts) -> bool:
        """Tell whether the request needs what is missing."""
        return self.permission in ("", facts.permission) and Fault.hits(self, facts)


class WrongChecksum(UploadFault, frozen=True, kw_only=True, rename="camel", tag="wrong-checksum"):
    """The server stores, and from then on tells, a SHA-1 that is not that of the bytes sent."""


AnyFault = (
    CutUpload
    | LoseAnswer
    | SlowRead
    | SlowAnswer
    | ProxyTooLarge
    | TooManyRequests
    | ServerError
    | ProxyError
    | CaptivePortal
    | Maintenance
    | QuotaExceeded
    | RevokedToken
    | MissingPermission
    | WrongChecksum
    | StreamFault
)
F = TypeVar("F", bound=Fault)


class ActiveFault(msgspec.Struct, rename="camel"):
    """A fault that was switched on, and how often it was met (`seen`) and struck (`used`)."""

    id: int
    fault: AnyFault
    seen: int = 0
    used: int = 0

    @property
    def spent(self) -> bool:
        """True once it struck as often as it was told to."""
        return self.fault.times is not None and self.used >= self.fault.times


class Faults:
    """The switched-on faults, in the order they were added. Safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ids = itertools.count(1)
        self._active: dict[int, ActiveFault] = {}

    def add(self, fault: AnyFault) -> int:
        """Switch a fault on; return its number."""
        with self._lock:
            number = next(self._ids)
            self._active[number] = ActiveFault(number, fault)
            return number

    def remove(self, number: int) -> bool:
        """Switch one off; False when it was not on."""
        with self._lock:
            return self._active.pop(number, None) is not None

    def clear(self) -> None:
        """Switch all off."""
        with self._lock:
            self._active.clear()

    def active(self) -> list[ActiveFault]:
        """Return copies of all entries, the spent ones included."""
        with self._lock:
            return [msgspec.structs.replace(entry) for entry in self._active.values()]

    def used(self, number: int) -> int:
        """Return how often a fault struck; 0 for one that was removed."""
        with self._lock:
            entry = self._active.get(number)
            return entry.used if entry else 0

    def take(self, kind: type[F], facts: Facts, *, named_only: bool = False) -> F | None:
        """Return the first fault of this kind that strikes now, and count it.

        `named_only` considers only faults with `match`: the others had their turn when the
        request began.
        """
        if not self._active:
            return None
        with self._lock:
            for entry in self._active.values():
                fault = entry.fault
                if not isinstance(fault, kind) or entry.spent or not fault.hits(facts):
                    continue
                if (fault.match and facts.file_name is None) or (named_only and not fault.match):
                    continue
                entry.seen += 1
                if entry.seen > fault.skip:
                    entry.used += 1
                    return fault
        return None
