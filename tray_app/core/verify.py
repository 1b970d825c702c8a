"""Whether the server holds a file, byte for byte: what is known of it in, a standing out."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from tray_app.core.asset import Stamp
from tray_app.core.ledger import Kept
from tray_app.core.phrase import phrase
from tray_app.core.server import CheckAnswer


class Standing(StrEnum):
    """Where a file stands; only `HELD` is a backup."""

    HELD = "onServer"
    TRASHED = "inTrash"
    DELETED = "deleted"
    MISSING = "missing"
    DIFFERS = "differs"
    FAILED = "failed"
    NOT_BACKED_UP = "notBackedUp"


class Finding(NamedTuple):
    """A file that the server does not hold, and why, as a person reads it."""

    path: str
    standing: Standing
    reason: str
    sha1: bytes | None = None


class Record(NamedTuple):
    """What our index has of a file; `sha1`: of the bytes it had at `stamp`."""

    stamp: Stamp | None = None
    sha1: bytes | None = None
    failure: str = ""


class Past(NamedTuple):
    """What we know of bytes: once backed up under this id (`held`: still, as we believed)."""

    remote_id: str
    held: bool
    why: Kept | None = None


NOBODY = Record()


def judge(
    now: Record, before: Record, answer: CheckAnswer, pasts: dict[bytes, Past]
) -> tuple[Standing, str]:
    """Choose the standing of a file with the bytes of `now`; `before`: what the index had."""
    if answer.remote_id is None:
        return _not_there(now, before, pasts)
    if answer.trashed:
        return Standing.TRASHED, phrase("It is in the server's trash.")
    return Standing.HELD, ""


def _not_there(now: Record, before: Record, pasts: dict[bytes, Past]) -> tuple[Standing, str]:
    past = pasts.get(now.sha1 or b"")
    if past and past.why is Kept.DELETED:
        return Standing.DELETED, phrase("It was deleted on the server.")
    if past:
        return Standing.MISSING, phrase("It was backed up and is gone from the server.")
    if before.sha1 in pasts and before.sha1 != now.sha1:
        return Standing.DIFFERS, _difference(now, before)
    if before.failure:
        return Standing.FAILED, before.failure
    return Standing.NOT_BACKED_UP, phrase("It is not backed up yet.")


def _difference(now: Record, before: Record) -> str:
    if now.stamp and before.stamp and now.stamp.same_as(before.stamp):
        return phrase(
            "Its bytes are not those that were backed up, although its size and times are the"
            " same: check the disk."
        )
    return phrase("It has changed since it was backed up.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What a verification found. `counts`: files by standing; `again`: sent again when asked."""

    counts: dict[Standing, int] = field(default_factory=dict)
    skipped: int = 0
    bytes_read: int = 0
    seconds: float = 0.0

    @property
    def files(self) -> int:
        """Photos and videos that were looked at."""
        return sum(self.counts.values())

    @property
    def all_held(self) -> bool:
        """Tell whether the server holds every one of them."""
        return self.counts.get(Standing.HELD, 0) == self.files

    def as_json(self) -> dict[str, object]:
        """Return the counts of `verify --json`."""
        return {
            "files": self.files,
            **{one.value: self.counts.get(one, 0) for one in Standing},
            "skipped": self.skipped,
            "bytesRead": self.bytes_read,
            "seconds": round(self.seconds, 3),
        }
