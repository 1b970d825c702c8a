"""Pictures without a decoder: how large stored ones are, and flat ones where none can be made.

The real server scales; here a thumbnail is the stored file where a program can show it, and else
one colour, which is made of the checksum.
"""

import base64
import struct
from pathlib import Path
from typing import BinaryIO

SHOWN = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
Size = tuple[int, int]
# 4 by 3: seven by five coefficients of brightness, three by three of each colour (thumbhash).
_THUMBHASH_SIZES = 5 | 1 << 15
_THUMBHASH_REST = b"\x77" * 16


def size_of(path: Path | None) -> Size | None:
    """Return width and height of a JPEG, PNG or WebP; None for anything else."""
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            return _size(file)
    except (OSError, struct.error):
        return None


def _size(file: BinaryIO) -> Size | None:
    head = file.read(30)
    if head.startswith(b"\x89PNG"):
        width, height = struct.unpack(">II", head[16:24])
        return width, height
    if head[8:16] == b"WEBPVP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    if head[8:16] == b"WEBPVP8 ":
        width, height = struct.unpack("<HH", head[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return _jpeg_size(file) if head.startswith(b"\xff\xd8") else None


def _jpeg_size(file: BinaryIO) -> Size | None:
    """Walk the segments to the one that begins a frame."""
    file.seek(2)
    while len(segment := file.read(9)) == 9 and segment[0] == 0xFF:
        marker, length, height, width = struct.unpack(">xBHxHH", segment)
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return width, height
        file.seek(length - 7, 1)
    return None


def thumbhash(checksum: bytes) -> str:
    """Return a valid thumbhash of one colour."""
    red, green, blue = (part / 255 for part in _colour(checksum))
    brightness = round(63 * (red + green + blue) / 3)
    yellow = round(31.5 + 31.5 * ((red + green) / 2 - blue))
    redness = round(31.5 + 31.5 * (red - green))
    colours = brightness | yellow << 6 | redness << 12
    head = colours.to_bytes(3, "little") + _THUMBHASH_SIZES.to_bytes(2, "little")
    return base64.b64encode(head + _THUMBHASH_REST).decode()


def flat(checksum: bytes, size: Size = (320, 240)) -> bytes:
    """Return a lossless WebP of one colour: every code has one symbol, so no pixel takes a bit."""
    red, green, blue = _colour(checksum)
    bits, length = 0, 0
    codes = [(0b101 | symbol << 3, 11) for symbol in (green, red, blue, 255)]
    fields = [(size[0] - 1, 14), (size[1] - 1, 14), (0, 4), (0, 3), *codes, (0b0001, 4)]
    for value, width in fields:
        bits |= value << length
        length += width
    data = b"\x2f" + bits.to_bytes((length + 7) // 8, "little")
    data += b"\0" * (len(data) % 2)
    chunk = b"WEBPVP8L" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(chunk)) + chunk


def _colour(checksum: bytes) -> tuple[int, int, int]:
    red, green, blue = (64 + part // 2 for part in checksum[:3])
    return red, green, blue
