"""Which still and which video are one Live Photo (design section 3, "Live Photo")."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

STILL_EXTENSIONS = frozenset({".heic", ".heif", ".jpg", ".jpeg"})
# Not .mp4: cameras and drones number a photo and a clip alike, and a wrong pair hides a
# video from the timeline, while a missed one only shows two assets. An .mp4 that belongs
# to a still is found by its identifier.
VIDEO_EXTENSIONS = frozenset({".mov"})
LONGEST_MOTION_MS = 5_000
# The phone writes the two at most 3 s apart; FAT rounds times to 2 s, and a copy without
# its times finishes the still and the clip some seconds apart.
LARGEST_GAP_NS = 10 * 10**9

_MAKER = b"Apple iOS\0"
_MAKER_HEADER = 14  # the name, a version of 2 bytes, the byte order of 2
_CONTENT_IDENTIFIER = 0x0011
_ASCII = 2
_MOST_TAGS = 256  # Apple writes about 40
_LONGEST_IDENTIFIER = 128
_UUID = re.compile(rb"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class StillFacts:
    """What is known of a still: `folder` and `name` as on disk, time in ns, identifier or None."""

    folder: str
    name: str
    mtime_ns: int
    content_identifier: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoFacts:
    """What is known of a video; `duration_ms` and `content_identifier` are None if unknown."""

    folder: str
    name: str
    mtime_ns: int
    duration_ms: int | None = None
    content_identifier: str | None = None


def is_pair(still: StillFacts, video: VideoFacts) -> bool:
    """Tell whether both are one Live Photo.

    Where both carry an identifier it alone decides, wherever they lie and whatever they are
    called. Otherwise: one folder, one stem, the extensions of a Live Photo, a video known to
    last at most 5 s, and both modified within 10 s of each other.
    """
    if still.content_identifier and video.content_identifier:
        return still.content_identifier.upper() == video.content_identifier.upper()
    photo, clip = PurePosixPath(still.name.lower()), PurePosixPath(video.name.lower())
    return (
        still.folder == video.folder
        and photo.stem == clip.stem
        and photo.suffix in STILL_EXTENSIONS
        and clip.suffix in VIDEO_EXTENSIONS
        and video.duration_ms is not None
        and video.duration_ms <= LONGEST_MOTION_MS
        and abs(still.mtime_ns - video.mtime_ns) <= LARGEST_GAP_NS
    )


def content_identifier_of_still(head: bytes) -> str | None:
    """Find Apple's content identifier in the first bytes of a HEIC or JPEG, else None.

    Never raises. `head` has to reach past the maker note: 256 KiB are plenty, because phones
    put the EXIF data before the picture.
    """
    start = head.find(_MAKER)
    return _tag_of_maker_note(head[start:]) if start >= 0 else None


def _tag_of_maker_note(note: bytes) -> str | None:
    """Read tag 0x0011 of the directory at the note's start; offsets count from there."""
    mark = note[_MAKER_HEADER - 2 : _MAKER_HEADER]
    if mark not in {b"MM", b"II"}:
        return None
    order: Literal["big", "little"] = "big" if mark == b"MM" else "little"

    def number(at: int, size: int) -> int:
        return int.from_bytes(note[at : at + size], order)

    for index in range(min(number(_MAKER_HEADER, 2), _MOST_TAGS)):
        entry = _MAKER_HEADER + 2 + 12 * index
        if number(entry, 2) == _CONTENT_IDENTIFIER and number(entry + 2, 2) == _ASCII:
            count, offset = number(entry + 4, 4), number(entry + 8, 4)
            text = note[offset : offset + min(count, _LONGEST_IDENTIFIER)]
            found = _UUID.fullmatch(text.rstrip(b"\0"))
            return found.group().decode("ascii") if found else None
    return None
