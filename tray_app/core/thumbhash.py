"""Decodes a ThumbHash (evanw.github.io/thumbhash) into a few pixels: what a photo roughly is.

Our own, because the libraries on PyPI are abandoned or compiled. Rows are transformed first and
columns then, which is ten times as fast as pixel by pixel.
"""

import base64
import math
from collections.abc import Sequence
from typing import NamedTuple

SIDE = 16  # the longer side in pixels; the hash holds no more detail than that


class Pixels(NamedTuple):
    """A small picture: three bytes a pixel, red first, rows from the top, not padded."""

    width: int
    height: int
    rgb: bytes


class _Channel(NamedTuple):
    """Mean and cosine coefficients, by row and column."""

    mean: float
    rows: Sequence[Sequence[float]]


def decode(thumbhash: str) -> Pixels | None:
    """Return the pixels of a hash in base64; None when it is none. Transparency is left out."""
    try:
        data = base64.b64decode(thumbhash, validate=True)
        return _decoded(data)
    except (ValueError, IndexError):
        return None


def _decoded(data: bytes) -> Pixels:
    colours = data[0] | data[1] << 8 | data[2] << 16
    shape = data[3] | data[4] << 8
    alpha, landscape = colours >> 23, shape >> 15
    long, short = (5 if alpha else 7), shape & 7
    across, down = (long, short) if landscape else (short, long)
    nibbles = [half for byte in data[6 if alpha else 5 :] for half in (byte & 15, byte >> 4)]
    light = _channel(
        (colours & 63) / 63, max(3, across), max(3, down), (colours >> 18 & 31) / 31, nibbles
    )
    yellow = _channel((colours >> 6 & 63) / 31.5 - 1, 3, 3, (shape >> 3 & 63) / 63 * 1.25, nibbles)
    red = _channel((colours >> 12 & 63) / 31.5 - 1, 3, 3, (shape >> 9 & 63) / 63 * 1.25, nibbles)
    ratio = across / max(down, 1)
    width = SIDE if ratio > 1 else max(1, round(SIDE * ratio))
    height = max(1, round(SIDE / ratio)) if ratio > 1 else SIDE
    return Pixels(width, height, _drawn(width, height, (light, yellow, red)))


def _channel(mean: float, across: int, down: int, scale: float, nibbles: list[int]) -> _Channel:
    """Take a channel's coefficients off the front of what is left: a triangle without its tip."""
    rows = []
    for row in range(down):
        first = 0 if row else 1
        count = -(-across * (down - row) // down) - first
        taken = [nibbles.pop(0) for _ in range(count)]
        rows.append([0.0] * first + [(nibble / 7.5 - 1) * scale for nibble in taken])
    return _Channel(mean, rows)


def _drawn(width: int, height: int, channels: Sequence[_Channel]) -> bytes:
    waves = _waves(width)
    drawn = bytearray()
    for turn in zip(*_waves(height), strict=True):
        lines = [_line(channel, turn, waves, width) for channel in channels]
        for light, yellow, red in zip(*lines, strict=True):
            blue = light - 2 / 3 * yellow
            reds = (3 * light - blue + red) / 2
            drawn += bytes(_byte(value) for value in (reds, reds - red, blue))
    return bytes(drawn)


def _waves(size: int) -> list[list[float]]:
    """Return cosines by frequency and place."""
    return [
        [math.cos(math.pi / size * (place + 0.5) * wave) for place in range(size)]
        for wave in range(8)
    ]


def _line(
    channel: _Channel, turn: Sequence[float], waves: Sequence[Sequence[float]], width: int
) -> list[float]:
    """Return one row of one channel; `turn` are the cosines of its height."""
    line = [channel.mean] * width
    for wave in range(len(channel.rows[0])):
        factor = sum(
            row[wave] * turn[number] * 2
            for number, row in enumerate(channel.rows)
            if wave < len(row)
        )
        line = [value + factor * cosine for value, cosine in zip(line, waves[wave], strict=True)]
    return line


def _byte(value: float) -> int:
    return min(max(int(value * 255), 0), 255)
