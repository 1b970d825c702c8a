"""Frozen values for files on this computer and assets on the server."""

import os
import re
from enum import StrEnum
from typing import NamedTuple

import msgspec

from tray_app.core.phrase import phrase

LARGE_BYTES = 50_000_000  # larger files go after all others (design section 3)

# Orders to a terminal, line breaks, marks that turn the reading direction, undecodable bytes.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


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
        phrase("The folder could not be read: {reason}.", reason=reason),
        phrase("Change its permissions, or exclude it."),
    )


def sent_name(path: str) -> str:
    r"""Return the file's name as the server shall show it: exact, but for bytes that no text has.

    Those appear as `\xff`. Control characters, a newline say, are part of the name.
    """
    return os.fsencode(path.rpartition("/")[2]).decode("utf-8", "backslashreplace")


def shown(path: str) -> str:
    r"""Write a path or other foreign text so that it can be printed, logged and put into JSON.

    Bytes that are not UTF-8 appear as `\xff`, control characters as `\n`, `\x1b` and so on, marks
    that turn the reading direction as `\u202e`.
    """
    return _UNSEEN.sub(lambda found: _escaped(found.group()), path)


def shown_lines(text: str) -> str:
    """Do the same to text that may have several lines."""
    return "\n".join(shown(line) for line in text.split("\n"))


def shown_json(text: str) -> str:
    """Do the same to a JSON document, whose meaning stays."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def _escaped(letter: str) -> str:
    code = ord(letter)
    if 0xDC80 <= code <= 0xDCFF:  # a byte, as Python escapes it
        return f"\\x{code - 0xDC00:02x}"
    return letter.encode("unicode_escape", "backslashreplace").decode("ascii")
