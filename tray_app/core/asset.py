"""Frozen values for files on this computer and assets on the server."""

import os
import re
from enum import StrEnum
from typing import NamedTuple

import msgspec

LARGE_BYTES = 50_000_000  # larger files go after all others (design section 3)

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Kind(StrEnum):
    """What the server will make of a file, decided by its extension (protocol section 2)."""

    IMAGE = "image"
    VIDEO = "video"
    SIDECAR = "sidecar"


class Stamp(NamedTuple):
    """What tells that a file is unchanged without reading it (design section 3).

    Times are nanoseconds since the epoch. `ctime_ns` and `inode` are 0 on file systems that
    have none worth trusting; a 0 on either side is not compared.
    """

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int

    def same_as(self, other: "Stamp") -> bool:
        """Tell whether both stamps can belong to the same unchanged file."""
        return (
            self.size == other.size
            and self.mtime_ns == other.mtime_ns
            and (self.ctime_ns == other.ctime_ns or not self.ctime_ns or not other.ctime_ns)
            and (self.inode == other.inode or not self.inode or not other.inode)
        )


class LocalFile(msgspec.Struct, frozen=True, gc=False):
    """One supported file as the local index knows it.

    `path` is absolute, with undecodable bytes surrogate-escaped. `sha1` is 20 bytes, or None
    while the file has not been hashed since it last changed. `birth_ns` is 0 where unknown.
    """

    id: int
    path: str
    kind: Kind
    stamp: Stamp
    sha1: bytes | None = None
    sidecar: str | None = None
    duration_ms: int | None = None
    content_id: str | None = None


class PlannedFile(msgspec.Struct, frozen=True, gc=False):
    """A file that a run has to look at, in the order of the plan.

    `video`: the file that may be its Live Photo half; `video_due`: it has to be backed up,
    too, and is not planned on its own. `attempts`, `video_attempts`: failed tries so far.
    """

    file: LocalFile
    position: int
    attempts: int = 0
    video: LocalFile | None = None
    video_due: bool = False
    video_attempts: int = 0


class Failure(msgspec.Struct, frozen=True):
    """Why a file is not backed up, as lists, JSON and CSV show it."""

    path: str
    reason: str
    remedy: str = ""
    status: int | None = None
    attempts: int = 0


def unreadable_folder(path: str, reason: str) -> Failure:
    """Say that a folder below a chosen one cannot be looked at: what is in it, nobody knows."""
    return Failure(
        shown(path),
        f"The folder could not be read: {reason}.",
        "Change its permissions, or exclude it.",
    )


def sent_name(path: str) -> str:
    r"""Return the file's name as the server shall show it: exact, but for bytes that no text has.

    Those appear as `\xff`. Control characters, a newline say, are part of the name.
    """
    return os.fsencode(path.rpartition("/")[2]).decode("utf-8", "backslashreplace")


def shown(path: str) -> str:
    r"""Write a path so that it can be printed, logged and put into JSON.

    Bytes that are not UTF-8 appear as `\xff`, control characters as `\n`, `\x1b` and so on.
    """
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return _CONTROL.sub(lambda found: repr(found.group())[1:-1], text)
