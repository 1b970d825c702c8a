"""The faults of the stream, done to its lines and then to the bytes that are sent."""

import asyncio
import zlib
from collections.abc import AsyncIterator, Iterator
from itertools import islice

from tray_app.demo.gate import Exchange
from tray_app.demo.stream_faults import (
    CutStream,
    EndlessStream,
    GarbageLine,
    GzipBomb,
    HangingStream,
    HugeLine,
    SplitStream,
)

BLOCK = 1 << 20
GZIP = 16 + zlib.MAX_WBITS


class Hanging(Exception):
    """Nothing comes after these lines, not even an end."""


class Cut(Exception):
    """The lines end here with the connection."""


def disturbed(lines: Iterator[bytes], exchange: Exchange) -> Iterator[bytes]:
    """Return the lines with what is wrong with them; raises Hanging or Cut where they stop."""
    if fault := exchange.strikes(GarbageLine):
        lines = _with(lines, fault.after_lines, [fault.text.encode() + b"\n"])
    if huge := exchange.strikes(HugeLine):
        lines = _with(lines, huge.after_lines, _huge(huge.size))
    if exchange.strikes(EndlessStream):
        lines = _endless(lines)
    if cut := exchange.strikes(CutStream):
        lines = _cut(lines, cut)
    if hang := exchange.strikes(HangingStream):
        lines = _hanging(lines, hang.after_lines)
    return lines


def _with(
    lines: Iterator[bytes], after: int, more: Iterator[bytes] | list[bytes]
) -> Iterator[bytes]:
    yield from islice(lines, after)
    yield from more
    yield from lines


def _huge(size: int) -> Iterator[bytes]:
    yield b'{"type":"'
    for start in range(0, size, BLOCK):
        yield b"x" * min(BLOCK, size - start)
    yield b'"}\n'


def _endless(lines: Iterator[bytes]) -> Iterator[bytes]:
    first = next(lines)
    while True:
        yield first


def _cut(lines: Iterator[bytes], fault: CutStream) -> Iterator[bytes]:
    yield from islice(lines, fault.after_lines)
    yield next(lines, b"")[: fault.after_bytes]
    raise Cut


def _hanging(lines: Iterator[bytes], after: int) -> Iterator[bytes]:
    yield from islice(lines, after)
    raise Hanging


async def split(parts: AsyncIterator[bytes], exchange: Exchange) -> AsyncIterator[bytes]:
    """Pass bytes on in pieces of the size that a fault wants, or as they are."""
    fault = exchange.strikes(SplitStream)
    async for part in parts:
        if fault is None:
            yield part
            continue
        for start in range(0, len(part), fault.size):
            yield part[start : start + fault.size]
            await asyncio.sleep(fault.seconds)


async def bomb(fault: GzipBomb) -> AsyncIterator[bytes]:
    """Send very little that becomes very much."""
    press = zlib.compressobj(9, wbits=GZIP)
    for _ in range(0, fault.size, BLOCK):
        if part := press.compress(b"[" * BLOCK):
            yield part
            await asyncio.sleep(0)
    yield press.flush()
