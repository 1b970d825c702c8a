"""Reads from a photo or video only what pairing Live Photos needs.

Videos are ISO base media or QuickTime files: boxes within boxes (ISO/IEC 14496-12 section 4;
QuickTime File Format, "Movie Atoms" and "Metadata"). Only box headers and a few small boxes are
read, so a film of any size costs the same wherever its `moov` lies.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from tray_app.core.live_photo import content_identifier_of_still

STILL_HEAD_BYTES: Final = 256 * 1024  # what to hand to `probe_still`
MOST_BYTES: Final = 1024 * 1024  # read of one video
MOST_BOXES: Final = 4096

_LARGEST_BOX: Final = 256 * 1024  # of those that are read whole
_LONGEST_MS: Final = 366 * 24 * 3600 * 1000  # beyond a year it is damage, not a duration
_IDENTIFIER: Final = b"com.apple.quicktime.content.identifier"
_LONGEST_IDENTIFIER: Final = 128
_UTF8: Final = 1


@dataclass(frozen=True, slots=True)
class VideoProbe:
    """Facts of a video; None where the file does not tell or is damaged."""

    duration_ms: int | None = None
    content_identifier: str | None = None


def probe_still(head: bytes) -> str | None:
    """Return the content identifier in the first STILL_HEAD_BYTES of a photo; never raises."""
    return content_identifier_of_still(head[:STILL_HEAD_BYTES])


def probe_video(file: BinaryIO, size: int) -> VideoProbe:
    """Read duration and content identifier of an open video of `size` bytes.

    Reads at most MOST_BYTES and MOST_BOXES, and leaves the position anywhere. Bad content
    never raises; OSError from the file does.
    """
    reader = _Reader(file)
    for kind, start, end in reader.boxes(0, size):
        if kind == b"moov":
            return _movie(reader, start, end)
    return VideoProbe()


class _Reader:
    """Reads pieces of a file until its budget is spent; from then on there is nothing."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._bytes = MOST_BYTES
        self._boxes = MOST_BOXES

    def read(self, start: int, length: int) -> bytes:
        """Return up to `length` bytes, or none where they are more than the budget allows."""
        if length > self._bytes:
            return b""
        self._bytes -= length
        self._file.seek(start)
        return self._file.read(length)

    def boxes(self, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
        """Yield kind, start and end of the content of each box between two positions.

        Ends at the first box that cannot be: smaller than its header or past `end`.
        """
        while start + 8 <= end and self._boxes:
            self._boxes -= 1
            header = self.read(start, min(16, end - start))
            size, kind, body = int.from_bytes(header[:4], "big"), header[4:8], 8
            if size == 1:  # the size follows in 64 bits
                size, body = int.from_bytes(header[8:16], "big"), 16
            elif size == 0:  # up to the end
                size = end - start
            if len(header) < body or size < body or start + size > end:
                return
            yield kind, start + body, start + size
            start += size


def _movie(reader: _Reader, start: int, end: int) -> VideoProbe:
    duration = identifier = None
    for kind, inner, after in reader.boxes(start, end):
        if kind == b"mvhd" and duration is None:
            duration = _duration(reader.read(inner, min(after - inner, 32)))
        elif kind == b"meta" and identifier is None:
            identifier = _metadata(reader, inner, after)
        elif kind == b"udta" and identifier is None:
            nested = (box for box in reader.boxes(inner, after) if box[0] == b"meta")
            identifier = next((_metadata(reader, *box[1:]) for box in nested), None)
    return VideoProbe(duration, identifier)


def _duration(header: bytes) -> int | None:
    """Return the milliseconds of an `mvhd`; all ones and zero mean unknown."""
    wide = header[:1] == b"\1"
    at, width = (20, 8) if wide else (12, 4)
    if len(header) < at + 4 + width:
        return None
    scale = int.from_bytes(header[at : at + 4], "big")
    ticks = int.from_bytes(header[at + 4 : at + 4 + width], "big")
    if not scale or not ticks or ticks == (1 << 8 * width) - 1:
        return None
    milliseconds = ticks * 1000 // scale
    return milliseconds if milliseconds <= _LONGEST_MS else None


def _metadata(reader: _Reader, start: int, end: int) -> str | None:
    """Return the content identifier of a `meta` box: `keys` names what `ilst` numbers."""
    # QuickTime's `meta` begins with its first box, ISO's with 4 bytes of version and flags.
    if reader.read(start, min(8, end - start))[4:8] != b"hdlr":
        start += 4
    wanted = None
    for kind, inner, after in reader.boxes(start, end):
        if kind == b"keys" and after - inner <= _LARGEST_BOX:
            wanted = _index_of_key(reader.read(inner, after - inner))
        elif kind == b"ilst" and wanted is not None:
            items = (box for box in reader.boxes(inner, after) if box[0] == wanted)
            return next((_value(reader, *box[1:]) for box in items), None)
    return None


def _index_of_key(keys: bytes) -> bytes | None:
    """Return the box kind that `ilst` uses for the identifier: its place in `keys`, from 1."""
    at, index = 8, 0  # version and flags, number of entries
    while at + 8 <= len(keys):
        index += 1
        size = int.from_bytes(keys[at : at + 4], "big")
        if size < 8:
            return None
        if keys[at + 8 : at + size] == _IDENTIFIER:
            return index.to_bytes(4, "big")
        at += size
    return None


def _value(reader: _Reader, start: int, end: int) -> str | None:
    """Return the text of an item's `data` box: type, locale, UTF-8."""
    for kind, inner, after in reader.boxes(start, end):
        if kind == b"data" and after - inner <= 8 + _LONGEST_IDENTIFIER:
            data = reader.read(inner, after - inner)
            if int.from_bytes(data[:4], "big") == _UTF8:
                return data[8:].decode("utf-8", "replace").strip("\0 ") or None
    return None
